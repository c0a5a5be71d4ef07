package dev.carillon.functions.api.preferences;

import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.view.PreferenceSetView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Environments;
import dev.carillon.functions.api.recipients.IdentifyRecipient;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSets;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.runtime.Ports;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads and writes the preference sets of recipients. */
public final class KeepPreferences {
  private final Recipients recipients;
  private final Environments environments;
  private final IdentifyRecipient identifying;

  private KeepPreferences(
      Recipients recipients, Environments environments, IdentifyRecipient identifying) {
    this.recipients = recipients;
    this.environments = environments;
    this.identifying = identifying;
  }

  public static KeepPreferences on(Ports ports) {
    return new KeepPreferences(
        ports.recipients(), ports.environments(), IdentifyRecipient.on(ports));
  }

  public Optional<Recipient> find(EnvironmentId environment, RecipientId id) {
    return recipients.find(environment, id);
  }

  /**
   * The set as it counts for a run: laid over what holds for the tenant's recipients and for
   * everybody. The set of somebody who said nothing is what others say.
   *
   * @param set {@code default}, or a tenant's id
   * @param tenant of which a default set is asked for
   */
  public Json.Obj shown(
      EnvironmentId environment,
      Optional<Recipient> recipient,
      String set,
      Optional<TenantId> tenant) {
    Optional<TenantId> within =
        set.equals(PreferenceSets.DEFAULT) ? tenant : Optional.of(new TenantId(set));
    var sets =
        PreferenceSets.of(
            recipient,
            within,
            within.flatMap(it -> recipients.find(environment, it.recipient())),
            environments.settings(environment));
    return PreferenceSetView.of(set, sets.resolved());
  }

  /**
   * Lays what is said over the set, or puts it in the set's place; the recipient comes to be.
   *
   * @param said checked before anything is written
   * @return the recipient as it is known now
   */
  public Recipient write(
      HttpRequest request,
      EnvironmentId environment,
      RecipientId id,
      String set,
      Json.Obj said,
      boolean replacing) {
    IdentificationReader.checkPreferences(RequestFields.of(said, ""));
    UnaryOperator<Recipient> change =
        replacing
            ? it -> it.withPreferences(set, said)
            : it ->
                it.withPreferences(
                    set, it.preferences().getOrDefault(set, Json.Obj.EMPTY).mergedDeeply(said));
    return identifying.change(request, environment, id, told(set, said), change);
  }

  void remove(HttpRequest request, EnvironmentId environment, RecipientId id, String set) {
    identifying.change(
        request, environment, id, Identification.NOTHING, it -> it.withoutPreferences(set));
  }

  private static Identification told(String set, Json.Obj said) {
    return new Identification(Json.Obj.EMPTY, Optional.empty(), Map.of(set, said), Map.of());
  }
}
