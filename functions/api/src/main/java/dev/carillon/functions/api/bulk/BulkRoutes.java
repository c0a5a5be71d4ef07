package dev.carillon.functions.api.bulk;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about many users, objects or tenants at once. */
public final class BulkRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          BulkCalls.OPERATIONS,
          ports ->
              new BulkCalls(
                  ports.bulkOperations(), ports.channels(), ports.tasks(), ports.clock()));

  private BulkRoutes() {}
}
