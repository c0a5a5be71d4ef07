package dev.carillon.functions.operator.push;

import dev.carillon.channel.ChannelType;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.functions.operator.OperatorNames;
import dev.carillon.json.Json;
import java.util.Optional;
import java.util.Set;

/** Checks a channel group of {@code environment.json}; it is kept as the file has it. */
final class ChannelGroups {
  private static final int MOST_RULES = 100;

  private ChannelGroups() {}

  /**
   * @throws Refused naming what is wrong with it
   */
  static Json.Obj read(RequestValue value) {
    var group =
        value.object().only(Set.of("key", "name", "channel_type", "operator", "channel_rules"));
    OperatorNames.key(group.required("key"));
    group.optional("name").ifPresent(RequestValue::text);
    var type = group.required("channel_type");
    if (ChannelType.named(type.text()).isEmpty()) {
      throw type.refused("is not a type of channel");
    }
    group.optional("operator").ifPresent(it -> it.oneOf(Set.of("any", "all")));
    group.required("channel_rules").list(1, MOST_RULES).forEach(ChannelGroups::check);
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
              .forEach(name -> rule.optional(name).ifPresent(ChannelGroups::refuseCondition));
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
