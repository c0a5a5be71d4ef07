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
import dev.carillon.time.Zones;
import dev.carillon.trigger.Trigger;
import dev.carillon.window.Closing;
import dev.carillon.window.Limit;
import dev.carillon.window.Windows;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Step.Delay;
import dev.carillon.workflow.Step.Destination;
import dev.carillon.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what a run does at a step. No clock, no I/O: the same arguments give the same move. */
public final class Decide {
  private Decide() {}

  /**
   * What a decision rests on.
   *
   * @param recipient empty when nobody identified it
   * @param zone whose clocks count
   */
  public record Situation(
      Workflow workflow,
      Optional<Recipient> recipient,
      Optional<String> tenant,
      List<Channel> channels,
      Trigger.Settings settings,
      Facts facts,
      Zones.Chosen zone) {}

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
          case Delay delay -> delay(delay, situation);
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

  private static Move delay(Delay delay, Situation situation) {
    Facts facts = situation.facts();
    return switch (Windows.close(
        delay.window(), facts, situation.zone(), facts.now(), Limit.DELAY)) {
      case Closing.At(var at, _) -> new Move.WaitUntil(at);
      case Closing.Skipped(var reason, var ok, var details) -> new Move.Skip(reason, ok, details);
    };
  }

  private static Move skip(String reason) {
    return new Move.Skip(reason, true, Json.object());
  }
}
