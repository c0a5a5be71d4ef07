package dev.carillon.functions.management.previews;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.functions.management.content.ContentLibrary;
import dev.carillon.runtime.Ports;

/** What is answered about how templates would come out. */
public final class PreviewRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          PreviewCalls.OPERATIONS,
          ports ->
              new PreviewCalls(
                  ManagementCall.Reader.of(ports),
                  ports.contents(),
                  new ContentLibrary(ports.contents(), ports.assets(), ports.variables()),
                  new PreviewScope(ports.recipients(), ports.environments(), ports.variables())));

  private PreviewRoutes() {}
}
