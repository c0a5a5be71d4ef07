package dev.carillon.audience;

import dev.carillon.condition.Conditions;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.json.Json;
import dev.carillon.recipient.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Users who have something in common. */
public sealed interface Audience {

  /** Those who were put in, see {@link Audiences#add}. */
  record Static() implements Audience {}

  /**
   * Anybody who is in one of the segments at the moment of asking. Without segments, nobody is.
   *
   * @param segments at least one of which must hold
   */
  record Dynamic(List<Segment> segments) implements Audience {
    public Dynamic {
      segments = List.copyOf(segments);
    }

    /**
     * Whether the user is in it, in whatever tenant: what a segment asks of a user has no tenant.
     *
     * @param others whether the user is in the audiences that the segments ask about, by key
     */
    public boolean has(Recipient user, Map<String, Boolean> others, Instant now) {
      var scope =
          Json.object()
              .with(AudienceReader.RECIPIENT, user.properties().with("id", user.id().id()));
      var facts = Facts.of(scope, now).withAudiences(others);
      return user.id().isUser()
          && segments.stream()
              .anyMatch(
                  it ->
                      Verdict.of(new Conditions.All(List.copyOf(it.conditions())), facts).holds());
    }

    /** The keys of the audiences that the segments ask about. */
    public Set<String> audiences() {
      var keys = new TreeSet<String>();
      segments.forEach(it -> it.conditions().forEach(each -> keys.addAll(each.audiences())));
      return keys;
    }
  }

  /**
   * @param conditions all of which must hold of the user; their variables begin with {@code
   *     recipient}
   */
  record Segment(List<Condition> conditions) {
    public Segment {
      conditions = List.copyOf(conditions);
    }
  }

  /** As files write it; {@link AudienceReader} reads the same audience from it. */
  default Json.Obj json() {
    return switch (this) {
      case Static() -> Json.object().with("type", AudienceReader.STATIC);
      case Dynamic(var segments) ->
          Json.object()
              .with("type", AudienceReader.DYNAMIC)
              .with(
                  "segments",
                  Json.array(
                      segments.stream()
                          .map(
                              it ->
                                  Json.object()
                                      .with(
                                          "conditions",
                                          Json.array(
                                              it.conditions().stream()
                                                  .map(Audience::json)
                                                  .toList())))
                          .toList()));
    };
  }

  private static Json.Obj json(Condition condition) {
    return Json.object()
        .with("property", condition.variable())
        .with("operator", condition.operator().wireName())
        .with("argument", condition.argument().given());
  }
}
