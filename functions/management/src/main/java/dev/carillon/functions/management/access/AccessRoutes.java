package dev.carillon.functions.management.access;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.runtime.Ports;
import dev.carillon.setting.ClientSettings;
import dev.carillon.setting.NewKeys;
import java.security.SecureRandom;

/** Who may do what: members, service tokens, API keys and keys that sign user tokens. */
public final class AccessRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(
              TeamCalls.OPERATIONS,
              ports ->
                  new TeamCalls(
                      ManagementCall.Reader.of(ports), ports.catalogs(), ports.changes())),
          Operations.of(
              TokenCalls.OPERATIONS,
              ports ->
                  new TokenCalls(
                      ManagementCall.Reader.of(ports),
                      ports.serviceTokens(),
                      ports.catalogs(),
                      newKeys(),
                      ports.changes())),
          Operations.of(
              KeyCalls.OPERATIONS,
              ports ->
                  new KeyCalls(
                      ManagementCall.Reader.of(ports),
                      ports.apiKeys(),
                      new ClientSettings(ports.clientAccesses(), ClientSettings::newPair),
                      newKeys(),
                      ports.changes())));

  private AccessRoutes() {}

  private static NewKeys newKeys() {
    return new NewKeys(new SecureRandom()::nextInt);
  }
}
