package dev.carillon.functions.management.account;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about who calls, environments and channels. */
public final class AccountRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          AccountCalls.OPERATIONS,
          ports -> new AccountCalls(ports.environmentList(), ports.channels(), ports.clock()));

  private AccountRoutes() {}
}
