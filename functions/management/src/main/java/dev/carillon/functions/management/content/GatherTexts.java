package dev.carillon.functions.management.content;

import dev.carillon.authoring.Committing.Wanted;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.content.TranslationFile;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.template.translation.TranslationCatalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gathers the texts that templates hold between tags in the file {@code en/system}, with the commit
 * that lets the templates serve: what there is to translate is then a file that translators know.
 * Texts are added and never taken out; nobody else's file is touched.
 */
public final class GatherTexts {
  private static final ContentId FILE =
      new ContentId(ContentType.TRANSLATION, TranslationFile.key("en", TranslationFile.SYSTEM, ""));

  private static final Json.Obj NONE =
      Json.object()
          .with("locale_code", "en")
          .with("namespace", TranslationFile.SYSTEM)
          .with("format", "json")
          .with("content", "{}");

  private final Contents contents;

  public GatherTexts(Contents contents) {
    this.contents = contents;
  }

  /**
   * What is to be committed, the file among it if there are texts that it lacks.
   *
   * @param partials the keys of those that there are
   */
  public List<Wanted> among(ManagementCall call, List<Wanted> wanted, Set<String> partials) {
    var texts = new LinkedHashSet<String>();
    var users = new TreeSet<String>();
    for (Wanted one : wanted) {
      if (one.head().id().type().hasTemplates() && mayTranslate(one.content())) {
        Set<String> its = TranslationTexts.ofTags(one.content(), partials);
        if (texts.addAll(its)) {
          users.add(one.head().id().toString());
        }
      }
    }
    if (texts.isEmpty()) {
      return wanted;
    }
    Optional<Wanted> own = wanted.stream().filter(one -> one.head().id().equals(FILE)).findFirst();
    ContentHead head =
        own.map(Wanted::head)
            .or(() -> call.of(contents).find(call.id(), FILE))
            .orElseGet(() -> ContentHead.none(FILE, call.origin().at()));
    Json.Obj before =
        own.map(Wanted::content)
            .or(
                () ->
                    head.committed().flatMap(it -> call.of(contents).version(call.id(), FILE, it)))
            .orElse(NONE);
    return with(before, texts)
        .map(
            after -> {
              var all = new ArrayList<>(wanted);
              own.ifPresent(all::remove);
              all.add(
                  new Wanted(
                      head,
                      after,
                      Optional.empty(),
                      own.flatMap(Wanted::message)
                          .or(() -> Optional.of("Texts of " + String.join(", ", users)))));
              return List.copyOf(all);
            })
        .orElse(wanted);
  }

  private static boolean mayTranslate(Json.Obj content) {
    return content.toString().contains("endt");
  }

  /**
   * The file with the texts that it lacks at its end, all else to the byte as it was; empty when it
   * lacks none, or is kept in another format by hand.
   */
  private static Optional<Json.Obj> with(Json.Obj file, Set<String> texts) {
    String content = file.text("content").orElse("").stripTrailing();
    Optional<Json.Obj> known =
        file.text("format").filter("json"::equals).flatMap(_ -> TranslationCatalog.texts(file));
    if (known.isEmpty() || !content.endsWith("}")) {
      return Optional.empty();
    }
    var added = new ArrayList<String>();
    for (String text : texts) {
      if (known.get().get(text).isEmpty()) {
        String quoted = JsonText.write(Json.of(text));
        added.add("\n  " + quoted + ": " + quoted);
      }
    }
    String begin = content.substring(0, content.length() - 1).stripTrailing();
    return added.isEmpty()
        ? Optional.empty()
        : Optional.of(
            file.with(
                "content",
                begin
                    + (known.get().fields().isEmpty() ? "" : ",")
                    + String.join(",", added)
                    + "\n}\n"));
  }
}
