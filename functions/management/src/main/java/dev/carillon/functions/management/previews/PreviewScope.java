package dev.carillon.functions.management.previews;

import dev.carillon.channel.ChannelSet;
import dev.carillon.content.Assets;
import dev.carillon.content.LibraryShelf;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Environments;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.EnvironmentContext;
import dev.carillon.run.LookUpRecipients;
import dev.carillon.run.Participants;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunVariables;
import dev.carillon.template.Templates;
import dev.carillon.template.render.TemplateScope;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a template would see in a run that there is not. Of the variables only the public ones: what
 * is shown goes to a browser, so that a secret one is empty there.
 */
final class PreviewScope {
  private final Recipients recipients;
  private final Environments environments;
  private final Variables variables;

  PreviewScope(Recipients recipients, Environments environments, Variables variables) {
    this.recipients = recipients;
    this.environments = environments;
    this.variables = variables;
  }

  /**
   * What is shown.
   *
   * @param source that of its templates
   * @param shelf what they may use
   */
  record Shown(Json.Obj source, LibraryShelf shelf) {}

  /** What templates share in that run. */
  record Seen(Templates templates, TemplateScope scope) {}

  /** What a partial sees: what it is given, and the variables. */
  Seen ofData(ManagementCall call, Shown shown, RequestFields request) {
    Json.Obj data = data(request);
    Json.Obj seen = data.with("data", data).with("vars", variables.open(call.environment().id()));
    return seen(call, shown, seen, TemplateScope.of(Json.Obj.EMPTY).zone());
  }

  private Seen seen(ManagementCall call, Shown shown, Json.Obj seen, ZoneId zone) {
    Assets.Library library =
        shown
            .shelf()
            .usedBy(
                List.of(shown.source()),
                List.of(seen.object("recipient").text("locale").orElse("")),
                seen.object("tenant").text("id").orElse(""));
    Templates templates = Templates.of(library);
    var lookups = new LookUpRecipients(call.environment().id(), recipients);
    return new Seen(templates, TemplateScope.of(seen, zone, templates.translations(), lookups));
  }

  /**
   * What a template of the workflow sees.
   *
   * @param request names a {@code recipient}, perhaps an {@code actor}, a {@code tenant}, {@code
   *     data} and a {@code locale} other than that of the recipient
   */
  Seen ofRun(ManagementCall call, Shown shown, Workflow workflow, RequestFields request) {
    EnvironmentId environment = call.environment().id();
    Instant now = call.origin().at();
    RecipientId recipient = RecipientReader.reference(request.required("recipient"));
    Optional<RecipientId> actor = request.optional("actor").map(RecipientReader::reference);
    Optional<TenantId> tenant = request.optional("tenant").map(RequestValue::id).map(TenantId::new);
    var trigger =
        new Trigger(
            environment,
            TriggerId.of(now, "preview"),
            workflow.key(),
            workflow.version(),
            List.of(named(recipient)),
            actor.map(PreviewScope::named),
            tenant.map(id -> new Trigger.Tenant(id, Identification.NOTHING)),
            data(request),
            Optional.empty(),
            Trigger.Settings.NONE,
            new Trigger.Source.Api());
    var people =
        new Participants(
            recipients.find(environment, recipient),
            actor.flatMap(id -> recipients.find(environment, id)),
            tenant.map(TenantId::recipient).flatMap(id -> recipients.find(environment, id)),
            Map.of(),
            Optional.empty());
    var open = new Variables.Values(variables.open(environment), Json.Obj.EMPTY);
    var context =
        new RunContext(
            trigger,
            workflow,
            people,
            Optional.empty(),
            new EnvironmentContext(
                environments.settings(environment), ChannelSet.of(List.of()), open, shown.shelf()));
    Run run = Run.start(trigger, recipient, Optional.empty(), now);
    Json.Obj seen = RunVariables.withMessage(context.variables(run, now), "preview", now);
    return seen(call, shown, inLocale(seen, request), context.zone().zone());
  }

  private static Json.Obj inLocale(Json.Obj seen, RequestFields request) {
    return request
        .optional("locale")
        .map(RequestValue::text)
        .map(locale -> seen.with("recipient", seen.object("recipient").with("locale", locale)))
        .orElse(seen);
  }

  private static Json.Obj data(RequestFields request) {
    return request.optional("data").map(value -> value.object().json()).orElse(Json.Obj.EMPTY);
  }

  private static Trigger.Named named(RecipientId id) {
    return new Trigger.Named(id, Optional.empty(), Json.Obj.EMPTY);
  }
}
