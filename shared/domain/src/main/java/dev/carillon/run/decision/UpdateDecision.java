package dev.carillon.run.decision;

import dev.carillon.id.ClientId;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSet;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantBranding;
import dev.carillon.recipient.TenantId;
import dev.carillon.time.FieldProblem;
import dev.carillon.workflow.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Steps that change the run's data, a user, an object or a tenant. */
final class UpdateDecision {
  private static final Pattern GID = Pattern.compile("gid://Object/([^/]+)/([^/#]+)");

  private static final String PROPERTIES = "settings.update_properties";

  private UpdateDecision() {}

  static Move of(Step.UpdateData step, StepInput input) {
    return switch (object(step, "settings.data", step.data(), input)) {
      case Patch.Is(var patch) -> new Move.ChangeData(patch);
      case Patch.Unusable(var problem) -> new Move.Fail(problem);
    };
  }

  static Move of(Step.UpdateRecipient step, StepInput input) {
    Optional<RecipientId> whom;
    if (step.target().isPresent()) {
      switch (input.texts().say(step, "settings.recipient_gid", step.target().get())) {
        case Texts.Resolved.Failed(var problem) -> {
          return new Move.Fail(problem);
        }
        case Texts.Resolved.Nothing() -> whom = Optional.empty();
        case Texts.Resolved.Value(var value) -> whom = named(value);
      }
    } else {
      whom = current(step.kind(), input);
    }
    if (whom.filter(id -> isOf(id, step.kind())).isEmpty()) {
      return new Move.Fail("settings.recipient_gid: names no " + step.type().substring(7));
    }
    return switch (object(step, PROPERTIES, step.properties(), input)) {
      case Patch.Is(var patch) ->
          misunderstood(whom.get(), patch)
              .<Move>map(Move.Fail::new)
              .orElseGet(() -> new Move.Identify(whom.get(), patch));
      case Patch.Unusable(var problem) -> new Move.Fail(problem);
    };
  }

  /**
   * The first preference in the patch that makes no sense, as once stored it would be an opt-out,
   * or the first colour of a tenant's branding that is none.
   */
  private static Optional<String> misunderstood(RecipientId whom, Json.Obj patch) {
    var sets = new LinkedHashMap<String, Json>();
    patch.object("preferences").fields().forEach((id, set) -> sets.put("preferences." + id, set));
    if (whom.isTenant()) {
      patch
          .object("settings")
          .get("preference_set")
          .filter(set -> !(set instanceof Json.Null))
          .ifPresent(set -> sets.put("settings.preference_set", set));
    }
    return Stream.concat(
            sets.entrySet().stream()
                .flatMap(
                    set ->
                        PreferenceSet.problems(set.getValue()).stream()
                            .map(it -> new FieldProblem(it.field(), it.reason()))
                            .map(it -> it.below(PROPERTIES + "." + set.getKey()))),
            branding(whom, patch).stream().map(it -> it.below(PROPERTIES + ".settings.branding")))
        .findFirst()
        .map(it -> it.field() + ": " + it.reason());
  }

  private static List<FieldProblem> branding(RecipientId whom, Json.Obj patch) {
    return whom.isTenant()
        ? patch.object("settings").get("branding").map(TenantBranding::problems).orElse(List.of())
        : List.of();
  }

  private static Optional<RecipientId> current(Step.Updated kind, StepInput input) {
    return switch (kind) {
      case USER, OBJECT -> Optional.of(input.recipientId());
      case TENANT -> input.tenantId().map(TenantId::recipient);
    };
  }

  private static boolean isOf(RecipientId id, Step.Updated kind) {
    return switch (kind) {
      case USER -> id.isUser();
      case TENANT -> id.isTenant();
      case OBJECT -> !id.isUser() && !id.isTenant();
    };
  }

  private static Optional<RecipientId> named(Json gid) {
    if (!(gid instanceof Json.Str(var text))) {
      return Optional.empty();
    }
    Matcher matcher = GID.matcher(text.strip());
    return matcher.matches()
            && ClientId.problem(matcher.group(1)).isEmpty()
            && ClientId.problem(matcher.group(2)).isEmpty()
        ? Optional.of(new RecipientId(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  private sealed interface Patch {
    record Is(Json.Obj patch) implements Patch {}

    record Unusable(String problem) implements Patch {}
  }

  private static Patch object(Step step, String field, Step.Text text, StepInput input) {
    return switch (input.texts().json(step, field, text)) {
      case Texts.Resolved.Failed(var problem) -> new Patch.Unusable(problem);
      case Texts.Resolved.Nothing() -> new Patch.Unusable(field + ": came to nothing");
      case Texts.Resolved.Value(Json.Obj patch) -> new Patch.Is(patch);
      case Texts.Resolved.Value _ -> new Patch.Unusable(field + ": not an object in JSON");
    };
  }
}
