package dev.carillon.run;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.workflow.Step.ChannelStep;
import java.time.Instant;

/** What a run does at a step: decided as data, carried out by whoever asked. */
public sealed interface Move {

  /** Make the step's message on this channel and hand it over. */
  record Deliver(ChannelStep step, Channel channel) implements Move {}

  /**
   * Go on to the next step.
   *
   * @param reason a name that stays the same: {@code conditions_not_met}, {@code opted_out}, …
   * @param ok false when the step was skipped because something about it is wrong
   * @param details for the log
   */
  record Skip(String reason, boolean ok, Json.Obj details) implements Move {}

  /** Wait until then, then go on to the next step. */
  record WaitUntil(Instant dueAt) implements Move {}
}
