package dev.carillon.functions.operator;

import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Environments;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSets;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.RunVariables;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.variable.SecretValues;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the steps of a run would see that there is not: that of a request to try something. */
final class SampleRun {
  /** Who is told when the request names nobody. */
  private static final RecipientId NOBODY = RecipientId.user("test");

  private final Recipients recipients;
  private final Environments environments;
  private final Variables variables;
  private final Assets assets;

  SampleRun(Recipients recipients, Environments environments, Variables variables, Assets assets) {
    this.recipients = recipients;
    this.environments = environments;
    this.variables = variables;
    this.assets = assets;
  }

  /**
   * @param data as the request gives it
   * @param secrets the values that must not be shown
   */
  record Seen(Json.Obj scope, Json.Obj data, SecretValues secrets, Assets.Library library) {}

  /**
   * @param request may name a {@code recipient}, an {@code actor}, a {@code tenant} and {@code
   *     data}, the first two as {@code "id"} or {@code {"collection", "id"}}
   */
  Seen run(EnvironmentId environment, Workflow workflow, RequestFields request, Instant now) {
    RecipientId recipient =
        request.optional("recipient").map(RecipientReader::reference).orElse(NOBODY);
    Optional<TenantId> tenantId =
        request.optional("tenant").map(RequestValue::id).map(TenantId::new);
    Json.Obj data =
        request.optional("data").map(value -> value.object().json()).orElse(Json.Obj.EMPTY);
    Optional<Recipient> known = recipients.find(environment, recipient);
    Optional<Recipient> tenant =
        tenantId.flatMap(id -> recipients.find(environment, id.recipient()));
    var trigger = TriggerId.of(now, "pretended");
    var values = variables.values(environment);
    var about =
        new RunVariables.About(
            workflow,
            RunId.of(trigger, recipient),
            trigger,
            data,
            recipient,
            known,
            request
                .optional("actor")
                .map(RecipientReader::reference)
                .flatMap(id -> recipients.find(environment, id)),
            tenant,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            PreferenceSets.of(known, tenantId, tenant, environments.settings(environment)),
            Map.of(),
            Optional.empty(),
            values.all());
    return new Seen(
        RunVariables.of(about, now),
        data,
        SecretValues.of(values.secret()),
        assets.library(environment));
  }
}
