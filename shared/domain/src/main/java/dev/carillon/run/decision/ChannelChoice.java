package dev.carillon.run.decision;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelSet;
import dev.carillon.channel.ChannelType;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Step.Destination;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which channels a step means: the one it names, or those of a group whose rules hold. Of a group
 * whose operator is {@code any}, Knock's default, it is the first such channel; of one with {@code
 * all}, every one.
 */
final class ChannelChoice {
  private ChannelChoice() {}

  /**
   * A channel that may be meant.
   *
   * @param rule when it is
   * @param unless whether it is when the rule does not hold
   */
  record Candidate(Channel channel, Conditions rule, boolean unless) {
    boolean isMeant(Facts facts) {
      return Verdict.of(rule, facts).holds() != unless;
    }
  }

  /** All channels that the step may come to mean, in their order. */
  static List<Candidate> candidates(
      ChannelStep step, List<Channel> channels, EnvironmentSettings environment) {
    return switch (step.destination()) {
      case Destination.One(var keyOrId) ->
          named(keyOrId, step.channelType(), channels)
              .map(channel -> new Candidate(channel, Conditions.ALWAYS, false))
              .stream()
              .toList();
      case Destination.Group(var key) ->
          group(key, environment)
              .map(group -> members(group, step.channelType(), channels))
              .orElse(List.of());
    };
  }

  /**
   * What the step means now.
   *
   * @param sending channels on which something can be sent
   * @param passedOver those that it would mean if they did not lack what their provider needs
   */
  record Meant(List<Channel> sending, List<Channel> passedOver) {}

  static Meant meant(
      ChannelStep step, ChannelSet channels, EnvironmentSettings environment, Facts facts) {
    var sending = new ArrayList<Channel>();
    var passedOver = new ArrayList<Channel>();
    candidates(step, channels.all(), environment).stream()
        .filter(candidate -> candidate.isMeant(facts))
        .map(Candidate::channel)
        .distinct()
        .takeWhile(_ -> sending.isEmpty() || !takesFirst(step, environment))
        .forEach(channel -> (channels.sends(channel) ? sending : passedOver).add(channel));
    return new Meant(sending, passedOver);
  }

  /** The channel with that key or UUID, if it is configured and of that type. */
  private static Optional<Channel> named(String keyOrId, ChannelType type, List<Channel> channels) {
    return channels.stream()
        .filter(
            candidate ->
                candidate.key().equals(keyOrId)
                    || candidate.id().toString().equalsIgnoreCase(keyOrId))
        .filter(candidate -> candidate.type() == type)
        .findFirst();
  }

  private static Optional<Json.Obj> group(String key, EnvironmentSettings environment) {
    return environment.channelGroups().stream()
        .filter(group -> group.text("key").filter(key::equals).isPresent())
        .findFirst();
  }

  private static boolean takesFirst(ChannelStep step, EnvironmentSettings environment) {
    return step.destination() instanceof Destination.Group(var key)
        && group(key, environment)
            .flatMap(group -> group.text("operator"))
            .filter("all"::equals)
            .isEmpty();
  }

  private static List<Candidate> members(Json.Obj group, ChannelType type, List<Channel> channels) {
    List<Json.Obj> rules = new ArrayList<>();
    group
        .list("channel_rules")
        .forEach(
            rule -> {
              if (rule instanceof Json.Obj object) {
                rules.add(object);
              }
            });
    rules.sort(Comparator.comparing(ChannelChoice::index));
    var members = new ArrayList<Candidate>();
    for (Json.Obj rule : rules) {
      rule.text("channel_key")
          .flatMap(key -> named(key, type, channels))
          .ifPresent(
              channel -> members.add(new Candidate(channel, condition(rule), isUnless(rule))));
    }
    return members;
  }

  private static BigDecimal index(Json.Obj rule) {
    return rule.fields().get("index") instanceof Json.Num(var index) ? index : BigDecimal.ZERO;
  }

  private static Conditions condition(Json.Obj rule) {
    if (rule.text("rule_type").filter("always"::equals).isPresent()) {
      return Conditions.ALWAYS;
    }
    return ConditionsReader.read(
            ConditionsReader.Place.GROUP_RULE, "channel_rules", Optional.of(rule))
        .conditions();
  }

  private static boolean isUnless(Json.Obj rule) {
    return rule.text("rule_type").filter("unless"::equals).isPresent();
  }
}
