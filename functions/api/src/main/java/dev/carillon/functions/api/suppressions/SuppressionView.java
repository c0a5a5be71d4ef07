package dev.carillon.functions.api.suppressions;

import dev.carillon.json.Json;
import dev.carillon.suppression.Suppression;

/** A suppressed address as it is shown. */
public final class SuppressionView {
  private SuppressionView() {}

  public static Json.Obj of(Suppression suppression) {
    return Json.object()
        .with("__typename", "Suppression")
        .with("address", suppression.address())
        .with("reason", suppression.reason().wireName())
        .with("details", Json.ofNullable(suppression.details()))
        .with("channel_id", suppression.channel().toString())
        .with("message_id", suppression.message().value())
        .with("inserted_at", suppression.at().toString());
  }
}
