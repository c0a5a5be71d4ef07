package dev.carillon.functions.management.content;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.template.translation.TranslationCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lists what there is to translate: of each workflow, layout and partial, as it was saved last, the
 * texts that it asks for and the languages that lack them. Knock has no such operation.
 */
final class TranslationTextCalls {
  private static final List<ContentType> TYPES =
      List.of(ContentType.EMAIL_LAYOUT, ContentType.PARTIAL, ContentType.WORKFLOW);

  static final List<Operation<TranslationTextCalls>> OPERATIONS =
      List.of(
          byCaller(
              HttpMethod.GET,
              "/v1/translation_texts",
              management(ManagementScope.READ),
              TranslationTextCalls::list));

  private final ManagementCall.Reader calls;
  private final Contents contents;

  TranslationTextCalls(ManagementCall.Reader calls, Contents contents) {
    this.calls = calls;
    this.contents = contents;
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, EntryPages.PARAMETERS);
    List<ContentHead> all = new ArrayList<>();
    for (ContentType type : TYPES) {
      call.of(contents).all(call.id(), type).stream()
          .filter(head -> head.latest().isPresent())
          .forEach(all::add);
    }
    var texts =
        new TranslationTexts(
            all.stream()
                .filter(head -> head.id().type() == ContentType.PARTIAL)
                .map(head -> head.id().key())
                .collect(Collectors.toSet()),
            catalog(call));
    return EntryPages.of(
        all,
        call.query(),
        request.cursors(call.id(), "translation_texts"),
        head -> head.id().toString(),
        head -> view(call, head, texts));
  }

  private TranslationCatalog catalog(ManagementCall call) {
    Map<String, Json> files = new LinkedHashMap<>();
    for (ContentHead head : call.of(contents).all(call.id(), ContentType.TRANSLATION)) {
      content(call, head).ifPresent(file -> files.put(head.id().key(), file));
    }
    return TranslationCatalog.of(new Json.Obj(files));
  }

  private Optional<Json.Obj> content(ManagementCall call, ContentHead head) {
    return head.latest()
        .flatMap(version -> call.of(contents).version(call.id(), head.id(), version));
  }

  private Json view(ManagementCall call, ContentHead head, TranslationTexts texts) {
    return Json.object()
        .with("resource_type", head.id().type().wireName())
        .with("resource_id", head.id().key())
        .with("texts", Json.array(content(call, head).map(texts::of).orElse(List.of())));
  }
}
