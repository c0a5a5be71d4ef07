package dev.carillon.functions.management.content;

import dev.carillon.authoring.Committing;
import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.runtime.Ports;

/** What is answered about workflows, layouts, partials, message types and audiences. */
public final class ContentRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(ContentCalls.operations(), ContentRoutes::calls);

  private ContentRoutes() {}

  private static ContentCalls calls(Ports ports) {
    return new ContentCalls(
        new ManagementCall.Reader(ports.environmentList(), ports.clock()),
        ports.contents(),
        new ContentLibrary(ports.contents(), ports.assets()),
        new AuthoredView(ports.workflows()),
        new Committing(ports.commits()));
  }
}
