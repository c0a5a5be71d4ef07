package dev.carillon.run;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.json.Json;
import dev.carillon.preference.Choice;
import dev.carillon.preference.PreferenceSets;
import dev.carillon.preference.Preferences;
import dev.carillon.preference.Sending;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.TenantId;
import dev.carillon.time.IsoTimestamp;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Step.Delay;
import dev.carillon.workflow.Step.Destination;
import dev.carillon.workflow.Step.Period;
import dev.carillon.workflow.Step.Until;
import dev.carillon.workflow.TimeUnit;
import dev.carillon.workflow.Workflow;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what a run does at a step. No clock, no I/O: the same arguments give the same move. */
public final class Decide {
  /** Knock's limit on a delay is 365 days; twelve months that hold a 29 February count as well. */
  private static final int MAX_DELAY_MONTHS = 12;

  private Decide() {}

  /**
   * What a decision rests on.
   *
   * @param recipient empty when nobody identified it
   */
  public record Situation(
      Workflow workflow,
      Optional<Recipient> recipient,
      Optional<String> tenant,
      List<Channel> channels,
      Trigger.Settings settings,
      Facts facts) {}

  /** A move and what the step's conditions were found to compare. */
  public record Decision(Move move, Verdict verdict) {}

  /** What the run does at this step now. */
  public static Decision at(Step step, Situation situation) {
    Verdict verdict = Verdict.of(step.conditions(), situation.facts());
    if (!verdict.holds()) {
      return new Decision(skip("conditions_not_met"), verdict);
    }
    Move move =
        switch (step) { // no default: a new kind of step must not compile until it is decided here
          case ChannelStep channel -> channel(channel, situation);
          case Delay _ when situation.settings().skipDelay() -> skip("skip_delay");
          case Delay delay -> delay(delay, situation.facts());
          case Step.Batch _,
              Step.Throttle _,
              Step.Branch _,
              Step.RandomCohort _,
              Step.Fetch _,
              Step.TriggerWorkflow _,
              Step.WaitForEvent _,
              Step.UpdateData _,
              Step.UpdateRecipient _ ->
              skip("not_there_yet");
        };
    return new Decision(move, verdict);
  }

  /** Knock's order: conditions, what the recipient must have, preferences, send window. */
  private static Move channel(ChannelStep step, Situation situation) {
    Optional<Channel> channel = channelOf(step, situation.channels());
    if (channel.isEmpty()) {
      return new Move.Skip(
          "channel_not_configured", true, Json.object().with("channel", step.destination().name()));
    }
    if (lacksAddress(step, situation.recipient())) {
      return new Move.Skip("recipient_has_no_email", true, Json.object());
    }
    // Defaults of the tenant and of the environment come with the settings that hold them.
    var sets =
        new PreferenceSets(
            situation.recipient().map(Recipient::preferences).orElse(Map.of()),
            situation.tenant().map(TenantId::new),
            Optional.empty(),
            Json.Obj.EMPTY);
    return switch (Preferences.choose(
        sets, Sending.of(situation.workflow(), channel.get()), situation.facts())) {
      case Choice.OptedOut out -> new Move.Skip("opted_out", true, out.json());
      case Choice.Wanted _ -> new Move.Deliver(step, channel.get());
    };
  }

  /**
   * The channel that the step names, by key or UUID, if it is configured and of the step's type; of
   * a group none yet.
   */
  public static Optional<Channel> channelOf(ChannelStep step, List<Channel> channels) {
    return switch (step.destination()) {
      case Destination.Group _ -> Optional.empty();
      case Destination.One(var keyOrId) ->
          channels.stream()
              .filter(
                  candidate ->
                      candidate.key().equals(keyOrId)
                          || candidate.id().toString().equalsIgnoreCase(keyOrId))
              .filter(candidate -> candidate.type() == step.channelType())
              .findFirst();
    };
  }

  /** An address of the step's own is rendered later; whether it comes to something is seen then. */
  private static boolean lacksAddress(ChannelStep step, Optional<Recipient> recipient) {
    return step.channelType() == ChannelType.EMAIL
        && step.overrides().text("to_address").filter(text -> !text.isBlank()).isEmpty()
        && recipient.flatMap(known -> known.text("email")).isEmpty();
  }

  private static Move delay(Delay delay, Facts facts) {
    Instant now = facts.now();
    return switch (delay.until()) {
      case Until.For(var period) -> until(after(now, period), now);
      case Until.Relative(var offset, var path) ->
          timestamp(path, facts)
              .map(base -> until(after(base, offset), now))
              .orElseGet(() -> invalid(path, "no ISO timestamp"));
      case Until.Field(var path) -> {
        Optional<Json> value = facts.at(path);
        yield value
            .flatMap(Period::of)
            .map(period -> after(now, period))
            .or(() -> timestamp(path, facts).map(Optional::of))
            .map(due -> until(due, now))
            .orElseGet(
                () ->
                    invalid(
                        path, value.isEmpty() ? "nothing there" : "no timestamp and no period"));
      }
    };
  }

  private static Optional<Instant> timestamp(String path, Facts facts) {
    return facts
        .at(path)
        .flatMap(
            value ->
                value instanceof Json.Str(var text) ? IsoTimestamp.parse(text) : Optional.empty());
  }

  private static Optional<Instant> after(Instant start, Period period) {
    try {
      return Optional.of(period.unit().after(start, period.value()));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Move until(Optional<Instant> due, Instant now) {
    if (due.isEmpty() || due.get().isAfter(latest(now))) {
      return new Move.Skip(
          "delay_too_long", false, Json.object().with("limit", MAX_DELAY_MONTHS + " months"));
    }
    if (due.get().isAfter(now)) {
      return new Move.WaitUntil(due.get());
    }
    boolean empty = due.get().equals(now);
    return new Move.Skip(
        empty ? "delay_is_empty" : "delay_in_the_past",
        empty,
        Json.object().with("until", due.get().toString()));
  }

  private static Instant latest(Instant now) {
    return TimeUnit.MONTHS.after(now, MAX_DELAY_MONTHS);
  }

  private static Move invalid(String path, String why) {
    return new Move.Skip(
        "delay_invalid", false, Json.object().with("path", path).with("problem", why));
  }

  private static Move skip(String reason) {
    return new Move.Skip(reason, true, Json.object());
  }
}
