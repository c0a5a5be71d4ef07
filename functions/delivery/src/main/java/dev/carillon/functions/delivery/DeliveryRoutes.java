package dev.carillon.functions.delivery;

import dev.carillon.edge.route.Operation;
import dev.carillon.edge.route.Operations;
import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.functions.delivery.workspaces.WorkspaceCalls;
import dev.carillon.functions.delivery.workspaces.Workspaces;
import dev.carillon.runtime.Ports;
import java.util.List;
import java.util.stream.Stream;

/** What this function answers over HTTP, beside its queue. */
public final class DeliveryRoutes {
  private DeliveryRoutes() {}

  /** The routes without what answers them; reading them makes nothing. */
  public static List<RouteDeclaration> declared() {
    return Stream.concat(
            TestSendCalls.OPERATIONS.stream().map(Operation::route),
            WorkspaceCalls.OPERATIONS.stream().map(Operation::route))
        .toList();
  }

  /**
   * @param send the provider itself, without what is done about dead addresses
   */
  static Operations<Ports> on(SendMessage send, Workspaces workspaces) {
    return Operations.all(
        Operations.of(
            TestSendCalls.OPERATIONS,
            ports -> new TestSendCalls(ports.channels(), send, ports.clock(), ports.log())),
        Operations.of(WorkspaceCalls.OPERATIONS, workspaces::calls));
  }
}
