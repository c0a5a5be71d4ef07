package dev.carillon.authoring;

import dev.carillon.audience.AudienceReader;
import dev.carillon.content.Assets;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.LibraryShelf;
import dev.carillon.content.ServedParts;
import dev.carillon.json.Json;
import dev.carillon.template.translation.TranslationCatalog;
import dev.carillon.workflow.WorkflowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds all that is wrong with contents of any type. Of layouts and partials it reads those that
 * the contents use, and compiles what several use once.
 */
public final class ContentChecks {
  private static final int NAME_CHARACTERS = 255;

  private final LibraryShelf shelf;
  private final Set<String> secrets;
  private final Map<Assets.Library, TemplateChecks> compiled = new HashMap<>();

  /**
   * @param shelf the layouts and partials that they are checked against
   * @param secrets the names of variables that may stand in no text which people read
   */
  public ContentChecks(LibraryShelf shelf, Set<String> secrets) {
    this.shelf = shelf;
    this.secrets = Set.copyOf(secrets);
  }

  /** All that is wrong with it, by itself and with what it uses. */
  public List<ContentProblem> problems(ContentId id, Json.Obj content) {
    Assets.Library used = shelf.usedBy(List.of(content));
    List<ContentProblem> problems = problems(id, content, used);
    // What is misspelled is told with what may have been meant.
    return problems.isEmpty()
        ? problems
        : problems(
            id, content, MissingParts.standingIn(used, content, shelf.keys(ContentType.PARTIAL)));
  }

  /** As {@link #problems}, but layouts and partials that are not there yet may still come. */
  public List<ContentProblem> ownProblems(ContentId id, Json.Obj content) {
    return problems(id, content, MissingParts.standingIn(shelf.usedBy(List.of(content)), content));
  }

  /** The keys of the partials that there are. */
  public Set<String> partials() {
    return shelf.keys(ContentType.PARTIAL);
  }

  private List<ContentProblem> problems(ContentId id, Json.Obj content, Assets.Library parts) {
    return Stream.concat(
            said(id, content, parts).stream(), unknownFields(id.type(), content).stream())
        .toList();
  }

  /** What is wrong with what it says. */
  private List<ContentProblem> said(ContentId id, Json.Obj content, Assets.Library parts) {
    return switch (id.type()) {
      case WORKFLOW ->
          WorkflowChecks.check(
                  new WorkflowKey(id.key()),
                  content,
                  compiled.computeIfAbsent(parts, it -> TemplateChecks.against(it, secrets)),
                  Set.of())
              .problems()
              .stream()
              .map(it -> new ContentProblem(it.place(), it.problem().reason()))
              .toList();
      case PARTIAL, EMAIL_LAYOUT -> part(id, content, parts);
      case AUDIENCE -> audience(content);
      case MESSAGE_TYPE -> named(content);
      case TRANSLATION -> translation(content, parts);
    };
  }

  /** The fields that nobody reads; those of a workflow are told with what else is wrong with it. */
  public static List<ContentProblem> unknownFields(ContentType type, Json.Obj content) {
    return switch (type) {
      case PARTIAL -> UnknownFields.of(Shapes.PARTIAL, content);
      case EMAIL_LAYOUT -> UnknownFields.of(Shapes.LAYOUT, content);
      case MESSAGE_TYPE -> UnknownFields.of(Shapes.MESSAGE_TYPE, content);
      case AUDIENCE -> UnknownFields.of(Shapes.AUDIENCE, content);
      case WORKFLOW, TRANSLATION -> List.of();
    };
  }

  private List<ContentProblem> part(ContentId id, Json.Obj content, Assets.Library parts) {
    var problems = new ArrayList<>(named(content));
    var with = ServedParts.over(parts, Map.of(id, content));
    String path =
        switch (id.type()) {
          case PARTIAL -> "partials/" + id.key();
          case EMAIL_LAYOUT -> "layouts/" + id.key();
          case TRANSLATION, MESSAGE_TYPE, AUDIENCE, WORKFLOW ->
              throw new IllegalArgumentException(id + " is no part of a library");
        };
    TemplateChecks.against(with, secrets).partProblems().stream()
        .filter(it -> it.part().equals(path))
        .forEach(it -> problems.add(new ContentProblem(it.field(), it.reason())));
    return problems;
  }

  private List<ContentProblem> translation(Json.Obj content, Assets.Library parts) {
    return TranslationCatalog.texts(content)
        .map(
            texts ->
                new SecretUses(secrets, parts)
                    .inTexts(texts)
                    .map(it -> new ContentProblem(it.field(), it.reason()))
                    .toList())
        .orElseGet(
            () ->
                List.of(
                    new ContentProblem(
                        "content",
                        "This must be the text of a JSON object, or of a gettext file where the"
                            + " format is po, of at most 1,000,000 characters.")));
  }

  private static List<ContentProblem> audience(Json.Obj content) {
    return switch (AudienceReader.read(ServedParts.audience(content))) {
      case AudienceReader.Read.Ok _ -> List.of();
      case AudienceReader.Read.Refused(var problems) ->
          problems.stream().map(it -> new ContentProblem(it.field(), it.reason())).toList();
    };
  }

  private static List<ContentProblem> named(Json.Obj content) {
    return content
            .text("name")
            .filter(it -> !it.isBlank() && it.length() <= NAME_CHARACTERS)
            .isPresent()
        ? List.of()
        : List.of(
            new ContentProblem(
                "name", "This must be 1 to %d characters.".formatted(NAME_CHARACTERS)));
  }
}
