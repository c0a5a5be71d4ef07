package dev.carillon.functions.management.account;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.access.ServiceToken;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who calls, which environments there are, and which channels. */
final class AccountCalls {
  private static final Access READ = management(ManagementScope.READ);

  static final List<Operation<AccountCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/whoami", READ, AccountCalls::whoami),
          byCaller(HttpMethod.GET, "/v1/environments", READ, AccountCalls::environments),
          byCaller(HttpMethod.GET, "/v1/environments/{slug}", READ, AccountCalls::environment),
          byCaller(HttpMethod.GET, "/v1/channels", READ, AccountCalls::channels),
          byCaller(HttpMethod.GET, "/v1/channels/{key}", READ, AccountCalls::channel));

  private final EnvironmentList environments;
  private final ChannelsEverywhere everywhere;

  AccountCalls(EnvironmentList environments, ChannelsEverywhere everywhere) {
    this.environments = environments;
    this.everywhere = everywhere;
  }

  HttpResponse whoami(HttpRequest request, Caller caller) {
    ServiceToken token = ChannelsEverywhere.token(caller);
    return HttpResponse.ok(
        Json.object()
            .with("account_name", "Carillon")
            .with("account_slug", "carillon")
            .with("type", "service_token")
            .with("service_token_name", token.name())
            .with("user_id", Json.NULL)
            .with("user_email", Json.NULL)
            .with("user_name", Json.NULL)
            .with(
                "account_features",
                Json.object()
                    .with("data_retention_days", Json.NULL)
                    .with("guides_monthly_notified_recipients_limit", Json.NULL)
                    .with("message_sent_limit", Json.NULL)
                    .with("batch_items_render_limit_allowed", Json.TRUE)
                    .with("custom_branding_allowed", Json.TRUE)
                    .with("data_warehouse_extension_allowed", Json.FALSE)
                    .with("datadog_extension_allowed", Json.FALSE)
                    .with("dsync_allowed", Json.FALSE)
                    .with("guides_per_tenant_scope_allowed", Json.FALSE)
                    .with("heap_extension_allowed", Json.FALSE)
                    .with("knock_branding_required", Json.FALSE)
                    .with("litmus_email_preview_allowed", Json.FALSE)
                    .with("new_relic_extension_allowed", Json.FALSE)
                    .with("permission_groups_allowed", Json.FALSE)
                    .with("segment_extension_allowed", Json.FALSE)
                    .with("self_serve_allowed", Json.TRUE)
                    .with("sso_allowed", Json.FALSE)
                    .with("tenant_preferences_allowed", Json.TRUE)
                    .with("translations_allowed", Json.TRUE)));
  }

  HttpResponse environments(HttpRequest request, Caller caller) {
    var query = request.query().heeding(EntryPages.PARAMETERS);
    return EntryPages.of(
        everywhere.reachable(caller),
        query,
        request.cursors(ANY, "environments"),
        it -> "%09d".formatted(it.order()) + it.id().value(),
        this::view);
  }

  /** Cursors of lists that belong to no environment are bound to this in its place. */
  static final EnvironmentId ANY = new EnvironmentId("-");

  HttpResponse environment(HttpRequest request, Caller caller) {
    String slug = request.pathParameter("slug");
    return everywhere.reachable(caller).stream()
        .filter(it -> it.slug().equals(slug))
        .findFirst()
        .map(it -> HttpResponse.ok(view(it)))
        .orElseThrow(ErrorCode.ENVIRONMENT_MISSING::refused);
  }

  private Json.Obj view(EnvironmentEntry environment) {
    return Json.object()
        .with("slug", environment.slug())
        .with("name", environment.name())
        .with("order", Json.of(environment.order()))
        .with("owner", environments.before(environment).isEmpty() ? "system" : "user")
        .with("hide_pii_data", Json.FALSE)
        .with("label_color", Json.NULL)
        .with("last_commit_at", Json.NULL)
        .with("created_at", Times.of(environment.createdAt()))
        .with("updated_at", Times.of(environment.updatedAt()))
        .with("deleted_at", Json.NULL);
  }

  /** The settings of each environment are always in them. */
  HttpResponse channels(HttpRequest request, Caller caller) {
    var heeded = new HashSet<>(EntryPages.PARAMETERS);
    heeded.addAll(Set.of("id", "include"));
    var query = request.query().heeding(heeded);
    query.someOf("include", Set.of("environment_settings"));
    Optional<String> id = query.one("id");
    return EntryPages.of(
        everywhere.channels(caller).stream()
            .filter(it -> id.isEmpty() || id.get().equals(it.channel().id().toString()))
            .toList(),
        query,
        request.cursors(ANY, "channels"),
        it -> it.channel().key(),
        everywhere::view);
  }

  HttpResponse channel(HttpRequest request, Caller caller) {
    String key = request.pathParameter("key");
    return everywhere.channels(caller).stream()
        .filter(it -> it.channel().key().equals(key))
        .findFirst()
        .map(it -> HttpResponse.ok(everywhere.view(it)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }
}
