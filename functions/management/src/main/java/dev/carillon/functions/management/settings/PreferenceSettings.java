package dev.carillon.functions.management.settings;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.change.Changes;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.environment.Environments;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.setting.PreferenceCenterReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What an environment says of preferences: the defaults, and the page that shows them. */
final class PreferenceSettings {
  private static final Access READ = management(ManagementScope.READ);
  private static final Access SETTINGS = management(ManagementScope.SETTINGS);
  private static final String DEFAULTS = "/v1/preference_defaults";
  private static final String CENTER = "/v1/preference_center";
  private static final String PREFERENCES = "preferences";
  private static final String ENABLED = "enabled";
  private static final String CONFIG = "config";

  static final List<Operation<PreferenceSettings>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, DEFAULTS, READ, PreferenceSettings::defaults),
          byCaller(HttpMethod.PUT, DEFAULTS, SETTINGS, PreferenceSettings::putDefaults),
          byCaller(HttpMethod.GET, CENTER, READ, PreferenceSettings::center),
          byCaller(HttpMethod.PUT, CENTER, SETTINGS, PreferenceSettings::putCenter),
          byCaller(HttpMethod.PUT, CENTER + "/reset", SETTINGS, PreferenceSettings::resetCenter));

  private final ManagementCall.Reader calls;
  private final Environments environments;
  private final Changes changes;

  PreferenceSettings(ManagementCall.Reader calls, Environments environments, Changes changes) {
    this.calls = calls;
    this.environments = environments;
    this.changes = changes;
  }

  HttpResponse defaults(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    return preferences(environments.settings(call.id()));
  }

  /** Replaces the set that comes below those of tenants and recipients. */
  HttpResponse putDefaults(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    RequestFields set = request.fields().only(Set.of(PREFERENCES)).required(PREFERENCES).object();
    IdentificationReader.checkPreferences(set);
    return preferences(
        change(
            call,
            "preference_defaults",
            EnvironmentSettings::preferences,
            it -> it.withPreferences(set.json())));
  }

  private static HttpResponse preferences(EnvironmentSettings settings) {
    return HttpResponse.ok(Json.object().with(PREFERENCES, settings.preferences()));
  }

  HttpResponse center(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    return page(environments.settings(call.id()));
  }

  /** Replaces what the page shows; whether it is served stays, unless the body says it. */
  HttpResponse putCenter(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    RequestFields body = request.fields().only(Set.of(CONFIG, ENABLED));
    RequestValue config = body.required(CONFIG);
    config.object().optional(ENABLED).ifPresent(PreferenceSettings::refuseInside);
    Json.Obj read = PreferenceCenterReader.read(config);
    Optional<Boolean> enabled = body.optional(ENABLED).map(RequestValue::bool);
    return page(
        change(
            call,
            "preference_center",
            EnvironmentSettings::preferenceCenter,
            it ->
                it.withPreferenceCenter(
                    enabled
                        .<Json>map(Json::of)
                        .or(() -> it.preferenceCenter().get(ENABLED))
                        .map(value -> read.with(ENABLED, value))
                        .orElse(read))));
  }

  private static void refuseInside(RequestValue value) {
    throw value.refused("stands beside config, not in it");
  }

  /** Lets the page show what it would if nothing had ever been said. */
  HttpResponse resetCenter(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    return page(
        change(
            call,
            "preference_center",
            EnvironmentSettings::preferenceCenter,
            it ->
                it.withPreferenceCenter(
                    it.preferenceCenter()
                        .get(ENABLED)
                        .map(enabled -> Json.object().with(ENABLED, enabled))
                        .orElse(Json.Obj.EMPTY))));
  }

  private static HttpResponse page(EnvironmentSettings settings) {
    Json.Obj page = settings.preferenceCenter();
    return HttpResponse.ok(
        Json.object()
            .with(CONFIG, page.without(ENABLED))
            .with(ENABLED, page.get(ENABLED).orElse(Json.TRUE)));
  }

  private EnvironmentSettings change(
      ManagementCall call,
      String subject,
      Function<EnvironmentSettings, Json.Obj> part,
      UnaryOperator<EnvironmentSettings> change) {
    EnvironmentSettings before = environments.settings(call.id());
    EnvironmentSettings after = change.apply(before);
    changes.record(
        call.id(),
        call.origin()
            .change(
                "changed",
                subject,
                JsonText.write(part.apply(before)),
                JsonText.write(part.apply(after))));
    environments.change(call.id(), change);
    return after;
  }
}
