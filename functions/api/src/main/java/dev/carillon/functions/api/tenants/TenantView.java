package dev.carillon.functions.api.tenants;

import dev.carillon.edge.view.PreferenceSetView;
import dev.carillon.edge.view.Times;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSets;
import dev.carillon.recipient.Recipient;
import java.util.List;
import java.util.Optional;

/** A tenant as responses show it: its properties stand beside its id. */
final class TenantView {
  private static final String SETTINGS = "settings";
  private static final String BRANDING = "branding";
  private static final String DEFAULT_SET = "preference_set";

  /** What clients expect of every branding. */
  private static final List<String> ALWAYS =
      List.of("logo_url", "icon_url", "primary_color", "primary_color_contrast");

  private TenantView() {}

  static Json.Obj of(Recipient tenant) {
    return of(tenant, PreferenceSets.defaultOf(Optional.of(tenant)));
  }

  /**
   * @param set what is shown as the default set of the tenant's recipients
   */
  static Json.Obj of(Recipient tenant, Optional<Json.Obj> set) {
    Json.Obj given = tenant.properties().object(SETTINGS);
    Json.Obj branding = Json.Obj.EMPTY;
    for (String name : ALWAYS) {
      branding = branding.with(name, Json.NULL);
    }
    Json.Obj settings =
        given
            .with(BRANDING, branding.merged(given.object(BRANDING)))
            .with(
                DEFAULT_SET,
                set.<Json>map(it -> PreferenceSetView.of(PreferenceSets.DEFAULT, it))
                    .orElse(Json.NULL));
    return Json.object()
        .with("__typename", "Tenant")
        .with("id", tenant.id().id())
        .with("name", Json.NULL)
        .merged(tenant.properties())
        .with(SETTINGS, settings)
        .with("created_at", Times.of(tenant.createdAt()))
        .with("updated_at", Times.of(tenant.updatedAt()));
  }
}
