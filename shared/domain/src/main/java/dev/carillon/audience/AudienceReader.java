package dev.carillon.audience;

import dev.carillon.audience.Audience.Segment;
import dev.carillon.condition.ConditionProblem;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.condition.Path;
import dev.carillon.condition.Subject;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an audience from Knock's file form: {@code {"type": "static"}}, or {@code {"type":
 * "dynamic", "segments": [{"conditions": [{"property", "operator", "argument"}]}]}}. A property is
 * one of the user's, with or without {@code recipient.} before it.
 */
public final class AudienceReader {
  static final String STATIC = "static";
  static final String DYNAMIC = "dynamic";
  static final String RECIPIENT = "recipient";

  /** What Knock knows of a user, but lets no segment ask about. */
  private static final Set<String> TIMES = Set.of("created_at", "updated_at");

  private final List<ConditionProblem> problems = new ArrayList<>();

  private AudienceReader() {}

  public sealed interface Read {
    record Ok(Audience audience) implements Read {}

    /** At least one problem; all that were found. */
    record Refused(List<ConditionProblem> problems) implements Read {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  public static Read read(Json source) {
    var reader = new AudienceReader();
    Audience audience = reader.audience(source);
    return reader.problems.isEmpty() ? new Read.Ok(audience) : new Read.Refused(reader.problems);
  }

  private Audience audience(Json source) {
    if (source instanceof Json.Obj object) {
      switch (object.text("type").orElse("")) {
        case STATIC -> {
          return new Audience.Static();
        }
        case DYNAMIC -> {
          return new Audience.Dynamic(segments(object));
        }
        default -> problem("type", "An audience is static or dynamic.");
      }
    } else {
      problem("", "An audience is an object.");
    }
    return new Audience.Static();
  }

  private List<Segment> segments(Json.Obj source) {
    return switch (source.get("segments").orElse(Json.NULL)) {
      case Json.Null() -> List.of();
      case Json.Arr(var items) -> {
        var segments = new ArrayList<Segment>();
        for (int i = 0; i < items.size(); i++) {
          segments.add(segment("segments[" + i + "]", items.get(i)));
        }
        yield segments;
      }
      case Json.Obj _, Json.Str _, Json.Num _, Json.Bool _ -> {
        problem("segments", "Segments are a list.");
        yield List.of();
      }
    };
  }

  private Segment segment(String field, Json source) {
    var conditions = new ArrayList<Condition>();
    if (source instanceof Json.Obj object
        && object.fields().get("conditions") instanceof Json.Arr(var items)) {
      for (int i = 0; i < items.size(); i++) {
        condition(field + ".conditions[" + i + "]", items.get(i)).ifPresent(conditions::add);
      }
    } else {
      problem(field + ".conditions", "A segment has a list of conditions.");
    }
    return new Segment(conditions);
  }

  private Optional<Condition> condition(String field, Json source) {
    Optional<String> property =
        source instanceof Json.Obj object
            ? object.text("property").filter(it -> !it.isBlank())
            : Optional.empty();
    if (property.isEmpty()) {
      problem(field + ".property", "A condition of a segment names a property.");
      return Optional.empty();
    }
    Json.Obj plain =
        ((Json.Obj) source).without("property").with("variable", variable(property.get()));
    var read = ConditionsReader.read(Place.AUDIENCE, field, Optional.of(plain));
    problems.addAll(read.problems());
    if (!(read.conditions() instanceof Condition condition)) {
      return Optional.empty();
    }
    if (condition.subject() instanceof Subject.Value(_, var path)) {
      user(field, path);
    }
    condition.argument().paths().forEach(path -> user(field, path));
    return Optional.of(condition);
  }

  private static String variable(String property) {
    boolean full = property.equals(RECIPIENT) || property.startsWith(RECIPIENT + ".");
    return full ? property : RECIPIENT + "." + property;
  }

  private void user(String field, Path path) {
    List<String> names = path.names();
    if (!names.getFirst().equals(RECIPIENT)) {
      problem(field, "Who is in an audience can depend on nothing but the user.");
    } else if (names.size() == 2 && TIMES.contains(names.get(1))) {
      problem(field, "Who is in an audience cannot depend on " + names.get(1) + ".");
    }
  }

  private void problem(String field, String reason) {
    problems.add(new ConditionProblem(field, reason));
  }
}
