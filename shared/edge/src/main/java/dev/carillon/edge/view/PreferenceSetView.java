package dev.carillon.edge.view;

import dev.carillon.json.Json;
import java.util.List;

/** A preference set as responses show it. */
public final class PreferenceSetView {
  /** What clients expect in every set, said or not. */
  private static final List<String> ALWAYS =
      List.of("categories", "workflows", "channel_types", "channels", "commercial_subscribed");

  private PreferenceSetView() {}

  public static Json.Obj of(String id, Json.Obj set) {
    Json.Obj shown = Json.object().with("__typename", "PreferenceSet").with("id", id);
    for (String name : ALWAYS) {
      shown = shown.with(name, set.get(name).orElse(Json.NULL));
    }
    return shown;
  }
}
