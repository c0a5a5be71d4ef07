package dev.carillon.run.decision;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Device;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.condition.Verdict;
import dev.carillon.json.Json;
import dev.carillon.preference.Choice;
import dev.carillon.preference.Layer;
import dev.carillon.preference.Preferences;
import dev.carillon.preference.Sending;
import dev.carillon.recipient.Recipient;
import dev.carillon.run.LogEntry;
import dev.carillon.run.SkipReason;
import dev.carillon.window.SendWindowMode;
import dev.carillon.window.SendWindows.Opening;
import dev.carillon.workflow.Step.ChannelStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A channel step, in Knock's order: the channel's conditions, what the recipient must have,
 * preferences, send window. Of a group each channel is asked for itself; the step is skipped when
 * none is left.
 */
final class ChannelDecision {
  private ChannelDecision() {}

  static Move of(ChannelStep step, StepInput input) {
    ChannelChoice.Meant meant =
        ChannelChoice.meant(step, input.channels(), input.environment(), input.facts());
    var offers = new ArrayList<Move.Offer>();
    var refusals = new ArrayList<Move.Skip>();
    for (Channel channel : meant.passedOver()) {
      refusals.add(notConfigured(channel.key(), Optional.of(input.channels().lackedBy(channel))));
    }
    if (meant.sending().isEmpty()) {
      return refusals.isEmpty()
          ? notConfigured(step.destination().name(), Optional.empty())
          : refusals.getFirst();
    }
    for (Channel channel : meant.sending()) {
      switch (answer(step, channel, input)) {
        case Answer.Yes(var why) -> offers.add(new Move.Offer(channel, why));
        case Answer.No(var skip) -> refusals.add(skip);
      }
    }
    return offers.isEmpty()
        ? refusals.get(meant.passedOver().size())
        : inWindow(step, offers, left(refusals), input);
  }

  /**
   * @param lacks empty when the environment has no such channel
   */
  private static Move.Skip notConfigured(String channel, Optional<List<String>> lacks) {
    Json.Obj details = Json.object().with("channel", channel);
    return new Move.Skip(
        SkipReason.CHANNEL_NOT_CONFIGURED,
        true,
        lacks.map(names -> details.with("lacks", Json.texts(names))).orElse(details));
  }

  private sealed interface Answer {
    record Yes(Json.Obj why) implements Answer {}

    record No(Move.Skip skip) implements Answer {}
  }

  private static Answer answer(ChannelStep step, Channel channel, StepInput input) {
    Verdict verdict = Verdict.of(conditions(channel), input.facts());
    Json.Obj conditions =
        verdict.findings().isEmpty()
            ? Json.object()
            : Json.object().with("channel_conditions", verdict.json());
    if (!verdict.holds()) {
      return new Answer.No(new Move.Skip(SkipReason.CHANNEL_CONDITIONS_NOT_MET, true, conditions));
    }
    if (lacksAddress(step, input.recipient())) {
      return new Answer.No(new Move.Skip(SkipReason.RECIPIENT_HAS_NO_EMAIL, true, conditions));
    }
    Choice choice =
        Preferences.choose(
            input.context().preferenceSets(),
            Sending.of(input.workflow(), channel),
            input.opening());
    return switch (choice) {
      case Choice.OptedOut out ->
          new Answer.No(
              new Move.Skip(SkipReason.OPTED_OUT, true, conditions.merged(preference(out))));
      // That nobody said anything is not worth a line in every run's log.
      case Choice.Wanted wanted when wanted.reason().layer() == Layer.DEFAULT ->
          new Answer.Yes(conditions);
      case Choice.Wanted wanted -> new Answer.Yes(conditions.merged(preference(wanted)));
    };
  }

  /** Set apart from the conditions of the step, which stand beside it in the log. */
  private static Json.Obj preference(Choice choice) {
    Json.Obj json = choice.json();
    Json.Obj plain = json.without("conditions");
    return json.get("conditions").isPresent()
        ? plain.with("preference_conditions", json.object("conditions"))
        : plain;
  }

  /** A channel may have conditions of its own, beside those of every step that sends on it. */
  private static Conditions conditions(Channel channel) {
    return ConditionsReader.read(
            ConditionsReader.Place.CHANNEL, "conditions", channel.settings().get("conditions"))
        .conditions();
  }

  /** An address of the step's own is rendered later; whether it comes to something is seen then. */
  private static boolean lacksAddress(ChannelStep step, Optional<Recipient> recipient) {
    return step.channelType() == ChannelType.EMAIL
        && step.overrides().text("to_address").filter(text -> !text.isBlank()).isEmpty()
        && recipient.flatMap(known -> known.text("email")).isEmpty();
  }

  private static Json.Obj left(List<Move.Skip> refusals) {
    return refusals.isEmpty()
        ? Json.object()
        : Json.object()
            .with(
                "left_out",
                Json.array(
                    refusals.stream()
                        .map(skip -> LogEntry.because(skip.reason()).merged(skip.why()))
                        .toList()));
  }

  private static Move inWindow(
      ChannelStep step, List<Move.Offer> offers, Json.Obj why, StepInput input) {
    Instant now = input.facts().now();
    return switch (step.sendWindows().opensAt(now, input.zone().zone())) {
      case Opening.OpenNow() ->
          new Move.Deliver(step, scheduled(step, offers, Optional.empty(), input), why);
      case Opening.OpensAt(var at) when step.outside() == SendWindowMode.HOLD_RUN ->
          new Move.Hold(at, window(at, why, input));
      case Opening.OpensAt(var at) ->
          new Move.Deliver(
              step, scheduled(step, offers, Optional.of(at), input), window(at, why, input));
      case Opening.Never() -> new Move.Skip(SkipReason.SEND_WINDOW_NEVER_OPENS, false, why);
    };
  }

  private static List<Move.Offer> scheduled(
      ChannelStep step, List<Move.Offer> offers, Optional<Instant> at, StepInput input) {
    return offers.stream()
        .map(
            offer ->
                new Move.Offer(
                    offer.channel(), at, byDevice(step, offer.channel(), input), offer.why()))
        .toList();
  }

  /** A device that has a zone goes by its clocks, wherever its owner lives. */
  private static Map<String, Optional<Instant>> byDevice(
      ChannelStep step, Channel channel, StepInput input) {
    if (channel.type() != ChannelType.PUSH) {
      return Map.of();
    }
    var opens = new HashMap<String, Optional<Instant>>();
    for (Device device : devices(channel, input)) {
      if (device.zone().isPresent()) {
        opens.put(
            device.token(),
            switch (step.sendWindows().opensAt(input.facts().now(), device.zone().get())) {
              case Opening.OpensAt(var at) -> Optional.of(at);
              // Windows that never open do so by no clock, and were found to before.
              case Opening.OpenNow() -> Optional.empty();
              case Opening.Never() -> Optional.empty();
            });
      }
    }
    return opens;
  }

  private static List<Device> devices(Channel channel, StepInput input) {
    return input
        .recipient()
        .map(known -> known.channelData().get(channel.id().toString()))
        .map(Device::of)
        .orElse(List.of());
  }

  private static Json.Obj window(Instant at, Json.Obj why, StepInput input) {
    return why.with(
        "send_window", Json.object().with("opens_at", at.toString()).merged(input.zone().json()));
  }

  /** The audiences that the decision may ask about. */
  static Set<String> audiences(ChannelStep step, StepInput input) {
    var audiences = new TreeSet<String>();
    ChannelChoice.candidates(step, input.channels().all(), input.environment())
        .forEach(
            candidate -> {
              audiences.addAll(candidate.rule().audiences());
              audiences.addAll(conditions(candidate.channel()).audiences());
              audiences.addAll(
                  Preferences.audiences(
                      input.context().preferenceSets(),
                      Sending.of(input.workflow(), candidate.channel())));
            });
    return audiences;
  }
}
