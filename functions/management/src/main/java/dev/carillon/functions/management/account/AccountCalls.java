package dev.carillon.functions.management.account;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.access.ServiceToken;
import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
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
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private final Channels channels;
  private final InstantSource clock;

  AccountCalls(EnvironmentList environments, Channels channels, InstantSource clock) {
    this.environments = environments;
    this.channels = channels;
    this.clock = clock;
  }

  /** A channel of that key, as each environment has it. */
  private record Everywhere(Channel channel, Map<String, Channel> byEnvironment) {}

  HttpResponse whoami(HttpRequest request, Caller caller) {
    ServiceToken token = token(caller);
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

  private static ServiceToken token(Caller caller) {
    if (caller.credential() instanceof Caller.Credential.Service(var token)) {
      return token;
    }
    throw new IllegalStateException("Only service tokens are let in here");
  }

  HttpResponse environments(HttpRequest request, Caller caller) {
    var query = request.query().heeding(EntryPages.PARAMETERS);
    return EntryPages.of(
        reachable(caller),
        query,
        request.cursors(ANY, "environments"),
        it -> "%09d".formatted(it.order()) + it.id().value(),
        this::view);
  }

  /** Cursors of lists that belong to no environment are bound to this in its place. */
  private static final EnvironmentId ANY = new EnvironmentId("-");

  HttpResponse environment(HttpRequest request, Caller caller) {
    String slug = request.pathParameter("slug");
    return reachable(caller).stream()
        .filter(it -> it.slug().equals(slug))
        .findFirst()
        .map(it -> HttpResponse.ok(view(it)))
        .orElseThrow(ErrorCode.ENVIRONMENT_MISSING::refused);
  }

  private List<EnvironmentEntry> reachable(Caller caller) {
    ServiceToken token = token(caller);
    return environments.all().stream()
        .filter(it -> token.reaches(it.id()))
        .sorted(
            Comparator.comparingInt(EnvironmentEntry::order).thenComparing(it -> it.id().value()))
        .toList();
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

  HttpResponse channels(HttpRequest request, Caller caller) {
    var query = request.query().heeding(EntryPages.PARAMETERS);
    return EntryPages.of(
        all(caller),
        query,
        request.cursors(ANY, "channels"),
        it -> it.channel().key(),
        AccountCalls::view);
  }

  HttpResponse channel(HttpRequest request, Caller caller) {
    String key = request.pathParameter("key");
    return all(caller).stream()
        .filter(it -> it.channel().key().equals(key))
        .findFirst()
        .map(it -> HttpResponse.ok(view(it)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  /** Channels of all environments the caller may touch: what bears one key is one channel. */
  private List<Everywhere> all(Caller caller) {
    var byKey = new LinkedHashMap<String, Map<String, Channel>>();
    for (EnvironmentEntry environment : reachable(caller)) {
      for (Channel channel : channels.all(environment.id())) {
        byKey
            .computeIfAbsent(channel.key(), _ -> new LinkedHashMap<>())
            .put(environment.slug(), channel);
      }
    }
    return byKey.values().stream()
        .map(it -> new Everywhere(it.values().iterator().next(), it))
        .sorted(Comparator.comparing(it -> it.channel().key()))
        .toList();
  }

  /** Credentials are none of a channel's settings, so none is shown. */
  private static Json.Obj view(Everywhere everywhere) {
    Channel channel = everywhere.channel();
    var settings =
        everywhere.byEnvironment().entrySet().stream()
            .collect(
                Collectors.<Map.Entry<String, Channel>, String, Json, Map<String, Json>>toMap(
                    Map.Entry::getKey,
                    it -> settings(it.getValue()),
                    (one, _) -> one,
                    LinkedHashMap::new));
    return Json.object()
        .with("id", channel.id().toString())
        .with("key", channel.key())
        .with("name", channel.name())
        .with("type", channel.type().wireName())
        .with("provider", channel.provider())
        .with("description", Json.NULL)
        .with("custom_icon_url", Json.NULL)
        .with("visible_in", Json.texts(Stream.of("workflow", "broadcast").toList()))
        .with("environment_settings", new Json.Obj(settings))
        .with("created_at", Times.of(channel.createdAt()))
        .with("updated_at", Times.of(channel.updatedAt()))
        .with("archived_at", Json.NULL);
  }

  private static Json settings(Channel channel) {
    return Json.object()
        .with("id", channel.id().toString())
        .with("is_valid", Json.TRUE)
        .with("is_sandbox", Json.FALSE)
        .with("channel_settings", channel.settings())
        .with("provider_settings", Json.object());
  }
}
