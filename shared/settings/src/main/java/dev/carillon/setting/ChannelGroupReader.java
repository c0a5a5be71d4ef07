package dev.carillon.setting;

import dev.carillon.channel.ChannelType;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import java.util.Optional;
import java.util.Set;

/** Checks a channel group; it is kept as it was given. */
public final class ChannelGroupReader {
  private static final int MOST_RULES = 100;
  private static final Set<String> PLACES = Set.of("workflow", "broadcast");

  private ChannelGroupReader() {}

  /**
   * @throws ApiException naming what is wrong with it
   */
  public static Json.Obj read(RequestValue value) {
    var group =
        value
            .object()
            .only(Set.of("key", "name", "channel_type", "operator", "channel_rules", "visible_in"));
    GivenNames.key(group.required("key"));
    group.optional("name").ifPresent(RequestValue::text);
    var type = group.required("channel_type");
    if (ChannelType.named(type.text()).isEmpty()) {
      throw type.refused("is not a type of channel");
    }
    group.optional("operator").ifPresent(it -> it.oneOf(Set.of("any", "all")));
    group
        .optional("visible_in")
        .ifPresent(it -> it.list(0, PLACES.size()).forEach(place -> place.oneOf(PLACES)));
    group.required("channel_rules").list(1, MOST_RULES).forEach(ChannelGroupReader::check);
    return group.json();
  }

  /** Whether there is such a channel is not asked: it may be configured later. */
  private static void check(RequestValue value) {
    var rule =
        value
            .object()
            .only(Set.of("index", "rule_type", "variable", "operator", "argument", "channel_key"));
    rule.optional("index").ifPresent(it -> it.integer(0, Integer.MAX_VALUE));
    rule.required("channel_key").text();
    switch (rule.required("rule_type").oneOf(Set.of("always", "if", "unless"))) {
      case "always" ->
          Set.of("variable", "operator", "argument")
              .forEach(name -> rule.optional(name).ifPresent(ChannelGroupReader::refuseCondition));
      default -> checkCondition(rule);
    }
  }

  private static void refuseCondition(RequestValue value) {
    throw value.refused("has no place in a rule that always holds");
  }

  private static void checkCondition(RequestFields rule) {
    rule.required("variable").text();
    rule.required("operator").text();
    var condition = rule.json().without("index").without("rule_type").without("channel_key");
    var read = ConditionsReader.read(Place.GROUP_RULE, rule.path(), Optional.of(condition));
    if (!read.problems().isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMS,
          read.problems().stream()
              .map(it -> new ApiException.Field(it.field(), it.reason()))
              .toList());
    }
  }
}
