package dev.carillon.preference;

import dev.carillon.json.Json;

/** Whether a recipient wants a message, and who said so. */
public sealed interface Choice {

  Reason reason();

  /**
   * What the conditions were found to compare that the choice rests on: lists of findings by the
   * place of the preference that holds them. Empty when no preference holds any.
   */
  Json.Obj conditions();

  record Wanted(Reason reason, Json.Obj conditions) implements Choice {}

  record OptedOut(Reason reason, Json.Obj conditions) implements Choice {}

  /**
   * What decided: the first that speaks against the message, or else the first that speaks for it,
   * the workflow before its categories before the channel.
   *
   * @param place in the preference set: {@code workflows.new-comment.channel_types.email}; empty
   *     when nobody said anything
   */
  record Reason(Layer layer, String place) {}

  /** As a run's log shows it: {@code preference} is the place. */
  default Json.Obj json() {
    Json.Obj reason =
        Json.object()
            .with("preference", reason().place())
            .with("layer", reason().layer().wireName());
    return conditions().fields().isEmpty() ? reason : reason.with("conditions", conditions());
  }
}
