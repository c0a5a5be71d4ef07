package dev.carillon.preference;

import dev.carillon.channel.Channel;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.Facts;
import dev.carillon.condition.Operator;
import dev.carillon.condition.Verdict;
import dev.carillon.json.Json;
import dev.carillon.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a recipient wants a message of this workflow on this channel. What a set does not mention
 * is wanted; of all that it mentions, every part must agree.
 */
public final class Preferences {
  private static final String DEFAULT_SET = "default";

  private Preferences() {}

  /**
   * @param sets the recipient's preference sets by id
   * @param tenant the tenant of the run: its set of the recipient's counts if there is one, and the
   *     recipient's default set otherwise
   * @return why the message is not wanted; empty when it is
   */
  public static Optional<String> objection(
      Map<String, Json.Obj> sets,
      Optional<String> tenant,
      Workflow workflow,
      Channel channel,
      Facts facts) {
    Json.Obj settings = workflow.source().object("settings");
    if (Json.TRUE.equals(settings.fields().get("override_preferences"))) {
      return Optional.empty();
    }
    Json.Obj byDefault = sets.getOrDefault(DEFAULT_SET, Json.Obj.EMPTY);
    if (Json.TRUE.equals(settings.fields().get("is_commercial"))
        && !agrees(byDefault.fields().get("commercial_subscribed"), facts)) {
      return Optional.of("commercial_subscribed");
    }
    Json.Obj set = tenant.map(sets::get).orElse(byDefault);
    if (!scopeAgrees(set.without("conditions"), channel, facts)) {
      return Optional.of("channel_types");
    }
    if (!scopeAgrees(
        set.object("workflows").fields().get(workflow.key().value()), channel, facts)) {
      return Optional.of("workflows." + workflow.key().value());
    }
    for (String category : workflow.categories()) {
      if (!scopeAgrees(set.object("categories").fields().get(category), channel, facts)) {
        return Optional.of("categories." + category);
      }
    }
    return Optional.empty();
  }

  /**
   * A channel named in a scope, by id or by key, decides there; its type does only when the channel
   * is not named.
   */
  private static boolean scopeAgrees(Json scope, Channel channel, Facts facts) {
    if (!(scope instanceof Json.Obj object)) {
      return agrees(scope, facts);
    }
    if (!conditionsHold(object.list("conditions"), facts)) {
      return false;
    }
    Map<String, Json> channels = object.object("channels").fields();
    Json ofChannel = channels.getOrDefault(channel.id().toString(), channels.get(channel.key()));
    return ofChannel != null
        ? agrees(ofChannel, facts)
        : agrees(object.object("channel_types").fields().get(channel.type().wireName()), facts);
  }

  private static boolean agrees(Json leaf, Facts facts) {
    return switch (leaf) {
      case null -> true;
      case Json.Bool(var wanted) -> wanted;
      case Json.Obj object -> conditionsHold(object.list("conditions"), facts);
      case Json.Arr _, Json.Str _, Json.Num _, Json.Null _ -> true;
    };
  }

  private static boolean conditionsHold(List<Json> items, Facts facts) {
    var conditions = new ArrayList<Conditions>();
    for (Json item : items) {
      if (item instanceof Json.Obj object) {
        object
            .text("operator")
            .flatMap(Operator::named)
            .ifPresent(
                operator ->
                    conditions.add(
                        new Conditions.Condition(
                            object.text("variable").orElse(""),
                            operator,
                            object.fields().getOrDefault("argument", Json.NULL))));
      }
    }
    return Verdict.of(new Conditions.All(conditions), facts).holds();
  }
}
