package dev.carillon.edge.view;

import dev.carillon.json.Json;
import dev.carillon.source.ActionMapping;

/** What events of a source do, as Knock's management API shows it. */
public final class SourceActionView {
  private SourceActionView() {}

  public static Json.Obj of(ActionMapping mapping) {
    return Json.object()
        .with("event_type", mapping.eventType())
        .with("action_type", mapping.type().wireName())
        .with("action_parameters", mapping.parameters())
        .with("active", Json.of(mapping.active()))
        .with("is_deleted", Json.FALSE)
        .with("created_at", Times.of(mapping.createdAt()))
        .with("updated_at", Times.of(mapping.updatedAt()));
  }
}
