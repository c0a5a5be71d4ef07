package dev.carillon.functions.api.preferencecenter;

import dev.carillon.channel.Channels;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Environments;
import dev.carillon.json.Json;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.runtime.Ports;
import dev.carillon.variable.Variables;
import java.util.Optional;

/** How the page of an environment is set up, in whose name and in whose colours. */
final class Center {
  /** The variable that names the product. */
  private static final String ACCOUNT_NAME = "app_name";

  private final Environments environments;
  private final Channels channels;
  private final Variables variables;
  private final Recipients recipients;

  Center(Ports ports) {
    this.environments = ports.environments();
    this.channels = ports.channels();
    this.variables = ports.variables();
    this.recipients = ports.recipients();
  }

  CenterConfig config(EnvironmentId environment) {
    return CenterConfig.of(environments.settings(environment), () -> channels.all(environment));
  }

  Optional<Recipient> find(EnvironmentId environment, RecipientId id) {
    return recipients.find(environment, id);
  }

  /**
   * In whose name the page speaks.
   *
   * @param accountName the tenant's, otherwise the product's; empty when neither has one
   */
  record Sender(Optional<String> accountName, Branding branding) {}

  Sender sender(EnvironmentId environment, Optional<TenantId> tenant) {
    Json.Obj variables = this.variables.open(environment);
    Optional<Recipient> known = tenant.flatMap(it -> recipients.find(environment, it.recipient()));
    Json.Obj own =
        known
            .map(it -> it.properties().object("settings").object("branding"))
            .orElse(Json.Obj.EMPTY);
    return new Sender(
        known.flatMap(it -> it.text("name")).or(() -> variables.text(ACCOUNT_NAME)),
        new Branding(variables.object("branding").merged(own)));
  }
}
