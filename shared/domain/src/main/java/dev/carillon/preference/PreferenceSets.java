package dev.carillon.preference;

import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import dev.carillon.preference.Layered.Part;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All the sets that may speak for a recipient.
 *
 * @param recipient the recipient's own by id: {@code default} or a tenant's id
 * @param tenant the tenant of the run
 * @param tenantDefault what holds for the tenant's recipients unless they say otherwise; empty when
 *     the tenant has no such set
 * @param environment what holds for everybody unless they say otherwise
 */
public record PreferenceSets(
    Map<String, Json.Obj> recipient,
    Optional<TenantId> tenant,
    Optional<Json.Obj> tenantDefault,
    Json.Obj environment) {

  /** The id of the set that is for no tenant. */
  public static final String DEFAULT = "default";

  /** What a default set says of commercial messages. */
  public static final String COMMERCIAL = "commercial_subscribed";

  /** What a set says, beside the subscription to commercial messages. */
  static final List<String> SUBJECTS =
      List.of("workflows", "categories", "channel_types", "channels");

  public PreferenceSets {
    recipient = Map.copyOf(recipient);
  }

  /** The sets of a recipient, of the tenant of its run and of the environment. */
  public static PreferenceSets of(
      Optional<Recipient> recipient,
      Optional<TenantId> tenantId,
      Optional<Recipient> tenant,
      EnvironmentSettings environment) {
    return new PreferenceSets(
        recipient.map(Recipient::preferences).orElse(Map.of()),
        tenantId,
        defaultOf(tenant),
        environment.preferences());
  }

  /** The default set that a tenant carries below {@code settings.preference_set}, if it does. */
  public static Optional<Json.Obj> defaultOf(Optional<Recipient> tenant) {
    return tenant
        .flatMap(it -> it.properties().object("settings").get("preference_set"))
        .flatMap(it -> it instanceof Json.Obj set ? Optional.of(set) : Optional.empty());
  }

  /**
   * The chain that counts, from the environment up. With a tenant, a set of the recipient's for it
   * lies over the tenant's; the recipient's default set counts only when there is neither.
   */
  Layered layered() {
    var parts = new ArrayList<Part>();
    parts.add(new Part(Layer.ENVIRONMENT, environment));
    Optional<Json.Obj> within = tenant.flatMap(it -> own(it.value()));
    if (tenant.isPresent() && (within.isPresent() || tenantDefault.isPresent())) {
      tenantDefault.ifPresent(set -> parts.add(new Part(Layer.TENANT, set)));
      within.ifPresent(set -> parts.add(new Part(Layer.RECIPIENT_TENANT, set)));
    } else {
      own(DEFAULT).ifPresent(set -> parts.add(new Part(Layer.RECIPIENT, set)));
    }
    return new Layered(parts);
  }

  /** Always that of the recipient's default set, where unsubscribe links write it. */
  Layered commercial() {
    return new Layered(own(DEFAULT).map(set -> new Part(Layer.COMMERCIAL, set)).stream().toList())
        .at(COMMERCIAL);
  }

  private Optional<Json.Obj> own(String id) {
    return Optional.ofNullable(recipient.get(id));
  }

  /** What they come to together, as logs and templates show it. */
  public Json.Obj resolved() {
    Layered set = layered();
    var resolved = new LinkedHashMap<String, Json>();
    SUBJECTS.forEach(name -> set.at(name).merged().ifPresent(it -> resolved.put(name, it)));
    commercial().merged().ifPresent(it -> resolved.put(COMMERCIAL, it));
    return new Json.Obj(resolved);
  }
}
