package dev.carillon.provider.chat;

import dev.carillon.json.Json;

/** What a workspace said. */
public sealed interface Answer {
  /**
   * What was asked for, as it is shown; of {@link Question.Connect} the channel data to be kept.
   */
  record Known(Json.Obj body) implements Answer {}

  /**
   * The app may not do that there.
   *
   * @param reason the provider's own word for it; holds no secret
   */
  record Refused(String reason) implements Answer {}

  /** The provider could not say. */
  record Failed(String reason) implements Answer {}
}
