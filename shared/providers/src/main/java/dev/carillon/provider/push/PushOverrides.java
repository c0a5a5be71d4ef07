package dev.carillon.provider.push;

import dev.carillon.json.Json;

/** A push template's overrides, laid over the payload that the provider made. */
public final class PushOverrides {
  private static final String STRATEGY = "__strategy__";
  private static final Json REPLACE = Json.of("replace");

  private PushOverrides() {}

  /**
   * The payload with the overrides merged into it at every depth, or the overrides alone when they
   * say {@code "__strategy__": "replace"} (Knock's word for it). What correlates the message is the
   * provider's to write again afterwards.
   */
  public static Json.Obj over(Json.Obj payload, Json.Obj overrides) {
    Json.Obj said = overrides.without(STRATEGY);
    return REPLACE.equals(overrides.fields().get(STRATEGY)) ? said : payload.mergedDeeply(said);
  }
}
