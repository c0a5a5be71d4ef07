package dev.carillon.project.pinpoint;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The audience that a segment of Pinpoint describes. A segment is taken whole or not at all: one
 * with a condition less would reach people it was not meant for.
 */
final class PinpointSegments {
  /** Alternatives of one audience; more are no list that anybody keeps by hand. */
  private static final int MOST_ALTERNATIVES = 100;

  /** What became of one. */
  sealed interface Made {
    record Audience(Json.Obj audience) implements Made {}

    record Nothing(String why) implements Made {}
  }

  /** Why the whole segment is left out. */
  private static final class LeftOut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeftOut(String why) {
      super(why);
    }
  }

  private final Set<String> lists;

  /**
   * @param lists the attributes of users that have several values
   */
  PinpointSegments(Set<String> lists) {
    this.lists = Set.copyOf(lists);
  }

  Made audience(Json.Obj segment) {
    try {
      return new Made.Audience(read(segment));
    } catch (LeftOut e) {
      return new Made.Nothing(e.getMessage());
    }
  }

  private Json.Obj read(Json.Obj segment) {
    if (segment.text("SegmentType").orElse("").equals("IMPORT")) {
      throw new LeftOut("its members are those of a file; add them with /v1/audiences");
    }
    List<List<Json>> alternatives = List.of(List.of());
    if (segment.fields().get("Dimensions") instanceof Json.Obj dimensions) {
      alternatives = and(alternatives, dimensions(dimensions));
    }
    if (segment.fields().get("SegmentGroups") instanceof Json.Obj groups) {
      alternatives = and(alternatives, groups(groups));
    }
    if (alternatives.equals(List.of(List.of()))) {
      throw new LeftOut("it has no conditions: it is everybody");
    }
    return Json.object()
        .with("name", segment.text("Name").orElse("Segment"))
        .with("type", "dynamic")
        .with(
            "segments",
            Json.array(
                alternatives.stream()
                    .<Json>map(it -> Json.object().with("conditions", Json.array(it)))
                    .toList()));
  }

  private List<List<Json>> groups(Json.Obj groups) {
    String include = groups.text("Include").orElse("ALL");
    if (include.equals("NONE")) {
      throw new LeftOut("it is all who are in none of its groups");
    }
    List<List<Json>> all = List.of(List.of());
    var any = new ArrayList<List<Json>>();
    for (Json item : groups.list("Groups")) {
      List<List<Json>> one = group((Json.Obj) item);
      all = and(all, one);
      any.addAll(one);
    }
    return include.equals("ANY") ? bounded(any) : all;
  }

  private List<List<Json>> group(Json.Obj group) {
    if (!group.list("SourceSegments").isEmpty()) {
      throw new LeftOut("it is built on another segment");
    }
    String type = group.text("Type").orElse("ALL");
    if (type.equals("NONE")) {
      throw new LeftOut("it is all who meet none of some conditions");
    }
    List<List<Json>> all = List.of(List.of());
    var any = new ArrayList<List<Json>>();
    for (Json item : group.list("Dimensions")) {
      List<List<Json>> one = dimensions((Json.Obj) item);
      all = and(all, one);
      any.addAll(one);
    }
    return type.equals("ANY") ? bounded(any) : all;
  }

  private List<List<Json>> dimensions(Json.Obj dimensions) {
    List<List<Json>> all = List.of(List.of());
    for (Map.Entry<String, Json> entry : dimensions.fields().entrySet()) {
      if (!(entry.getValue() instanceof Json.Obj named) || named.fields().isEmpty()) {
        continue;
      }
      String prefix =
          switch (entry.getKey()) {
            case "UserAttributes" -> "";
            case "Attributes" -> "attributes.";
            default ->
                throw new LeftOut(
                    "it asks about " + entry.getKey() + ", which is not known of users here");
          };
      for (Map.Entry<String, Json> attribute : named.fields().entrySet()) {
        all = and(all, attribute(prefix + attribute.getKey(), (Json.Obj) attribute.getValue()));
      }
    }
    return all;
  }

  private List<List<Json>> attribute(String property, Json.Obj dimension) {
    String type = dimension.text("AttributeType").orElse("INCLUSIVE");
    boolean isList = lists.contains(property);
    String operator =
        switch (type) {
          case "INCLUSIVE" -> isList ? "contains" : "equal_to";
          case "EXCLUSIVE" -> isList ? "not_contains" : "not_equal_to";
          case "CONTAINS" -> "contains";
          default ->
              throw new LeftOut(
                  "it compares " + property + " by " + type + ", which no segment here does");
        };
    List<Json> conditions =
        dimension.list("Values").stream()
            .<Json>map(
                value ->
                    Json.object()
                        .with("property", property)
                        .with("operator", operator)
                        // A text in quotes stays a text, whatever JSON it would be.
                        .with("argument", JsonText.write(value)))
            .toList();
    return type.equals("EXCLUSIVE")
        ? List.of(conditions)
        : conditions.stream().map(List::of).toList();
  }

  private static List<List<Json>> and(List<List<Json>> one, List<List<Json>> other) {
    var both = new ArrayList<List<Json>>();
    for (List<Json> first : one) {
      for (List<Json> second : other) {
        var together = new ArrayList<>(first);
        together.addAll(second);
        both.add(together);
        bounded(both);
      }
    }
    return both;
  }

  private static List<List<Json>> bounded(List<List<Json>> alternatives) {
    if (alternatives.size() > MOST_ALTERNATIVES) {
      throw new LeftOut("it has more than " + MOST_ALTERNATIVES + " alternatives");
    }
    return alternatives;
  }
}
