package dev.carillon.functions.management.content;

import dev.carillon.authoring.Committing;
import dev.carillon.edge.route.Operations;
import dev.carillon.edge.view.AuthoredView;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.runtime.Ports;

/**
 * What is answered about workflows, layouts, partials, message types, audiences and translations.
 */
public final class ContentRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(ContentCalls.operations(), ContentRoutes::calls),
          Operations.of(
              AudienceCalls.OPERATIONS,
              ports ->
                  new AudienceCalls(
                      reader(ports),
                      ports.contents(),
                      ports.commits(),
                      Ports.reconsidering(ports))),
          Operations.of(TranslationCalls.OPERATIONS, ContentRoutes::translations),
          Operations.of(
              TranslationTextCalls.OPERATIONS,
              ports -> new TranslationTextCalls(reader(ports), ports.contents())));

  private ContentRoutes() {}

  private static ContentCalls calls(Ports ports) {
    return new ContentCalls(
        reader(ports),
        ports.contents(),
        library(ports),
        ports.channels(),
        new AuthoredView(ports.workflows()),
        saving(ports));
  }

  private static TranslationCalls translations(Ports ports) {
    return new TranslationCalls(reader(ports), ports.contents(), library(ports), saving(ports));
  }

  private static ManagementCall.Reader reader(Ports ports) {
    return ManagementCall.Reader.of(ports);
  }

  private static ContentLibrary library(Ports ports) {
    return new ContentLibrary(ports.contents(), ports.assets(), ports.variables());
  }

  private static SaveContent saving(Ports ports) {
    return new SaveContent(
        reader(ports),
        ports.contents(),
        library(ports),
        Ports.announced(ports),
        new Committing(ports.commits(), Ports.committing(ports)));
  }
}
