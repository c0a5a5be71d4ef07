package dev.carillon.functions.api.tenants;

import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.route.Operation.at;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Query;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Environments;
import dev.carillon.functions.api.recipients.DeleteRecipient;
import dev.carillon.functions.api.recipients.IdentifyRecipient;
import dev.carillon.functions.api.recipients.ListRecipients;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSets;
import dev.carillon.rate.RateTier;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What concerns tenants, which are objects of a collection of the system's. */
final class TenantCalls {
  private static final String RESOLVE = "resolve_full_preference_settings";

  static final List<Operation<TenantCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/tenants", SECRET_KEY, TenantCalls::list),
          Operation.get("/v1/tenants/{id}", SECRET_KEY, TenantCalls::show),
          Operation.put("/v1/tenants/{id}", SECRET_KEY, TenantCalls::set),
          at(
              RateTier.TIER_2,
              Operation.delete("/v1/tenants/{id}", SECRET_KEY, TenantCalls::delete)));

  private final Recipients recipients;
  private final Environments environments;
  private final IdentifyRecipient identifying;
  private final DeleteRecipient deleting;

  TenantCalls(
      Recipients recipients,
      Environments environments,
      IdentifyRecipient identifying,
      DeleteRecipient deleting) {
    this.recipients = recipients;
    this.environments = environments;
    this.identifying = identifying;
    this.deleting = deleting;
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    Query query =
        request.query().heeding(Set.of("after", "before", "page_size", "tenant_id", "name"));
    Optional<String> id = query.one("tenant_id");
    Optional<String> name = query.one("name");
    var cursors = request.cursors(environment, "tenants");
    return new ListRecipients(recipients)
        .answer(
            environment,
            RecipientId.TENANTS,
            cursors,
            cursors.paging(query),
            it ->
                id.map(it.id().id()::equals).orElse(true)
                    && (name.isEmpty() || it.text("name").equals(name)),
            TenantView::of);
  }

  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    boolean resolving = resolving(request);
    return recipients
        .find(environment, tenant(request))
        .map(it -> answer(environment, it, resolving))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  HttpResponse set(HttpRequest request, EnvironmentId environment) {
    boolean resolving = resolving(request);
    return answer(
        environment, identifying.identify(request, environment, tenant(request)), resolving);
  }

  HttpResponse delete(HttpRequest request, EnvironmentId environment) {
    deleting.delete(environment, tenant(request));
    return HttpResponse.noContent();
  }

  private static boolean resolving(HttpRequest request) {
    return request.query().heeding(Set.of(RESOLVE)).bool(RESOLVE).orElse(false);
  }

  private static RecipientId tenant(HttpRequest request) {
    return new TenantId(request.pathId("id")).recipient();
  }

  private HttpResponse answer(EnvironmentId environment, Recipient tenant, boolean resolving) {
    return HttpResponse.ok(
        resolving
            ? TenantView.of(tenant, Optional.of(resolved(environment, tenant)))
            : TenantView.of(tenant));
  }

  /** What holds for a recipient of the tenant's that says nothing. */
  private Json.Obj resolved(EnvironmentId environment, Recipient tenant) {
    return new PreferenceSets(
            Map.of(),
            Optional.of(new TenantId(tenant.id().id())),
            PreferenceSets.defaultOf(Optional.of(tenant)),
            environments.settings(environment).preferences())
        .resolved();
  }
}
