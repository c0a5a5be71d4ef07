package dev.carillon.functions.management.account;

import dev.carillon.edge.CallbackPath;
import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.runtime.Ports;

/** What is answered about who calls, environments, channels, their groups and variables. */
public final class AccountRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(
              AccountCalls.OPERATIONS,
              ports -> new AccountCalls(ports.environmentList(), everywhere(ports))),
          Operations.of(
              ChannelGroupCalls.OPERATIONS,
              ports ->
                  new ChannelGroupCalls(
                      ManagementCall.Reader.of(ports),
                      ports.environments(),
                      everywhere(ports),
                      ports.changes())),
          Operations.of(
              VariableCalls.OPERATIONS,
              ports ->
                  new VariableCalls(
                      ManagementCall.Reader.of(ports),
                      ports.variables(),
                      everywhere(ports),
                      ports.changes())));

  private AccountRoutes() {}

  private static ChannelsEverywhere everywhere(Ports ports) {
    return new ChannelsEverywhere(
        ports.environmentList(), ports.channels(), new CallbackPath(ports.deploymentKeys()));
  }
}
