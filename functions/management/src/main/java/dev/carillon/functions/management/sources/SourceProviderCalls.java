package dev.carillon.functions.management.sources;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.json.Json;
import dev.carillon.source.SourceProvider;
import dev.carillon.source.SourceSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The systems whose events are known, by which sources can be set up. */
final class SourceProviderCalls {
  private static final String VERSION = "1.0.0";
  private static final String MAPPINGS = "default_action_mappings";
  private static final String SCRIPT = "preprocessing_script";
  private static final Set<String> INCLUDED =
      Set.of("branding", MAPPINGS, "example_payloads", SCRIPT, "static_fields");

  static final List<Operation<SourceProviderCalls>> OPERATIONS =
      List.of(
          byCaller(
              HttpMethod.GET,
              "/v1/source_providers",
              management(ManagementScope.READ),
              SourceProviderCalls::list),
          byCaller(
              HttpMethod.GET,
              "/v1/source_providers/{key}",
              management(ManagementScope.READ),
              SourceProviderCalls::show));

  HttpResponse list(HttpRequest request, Caller caller) {
    return HttpResponse.ok(
        Json.object()
            .with(
                "entries",
                Json.array(
                    Arrays.stream(SourceProvider.values())
                        .map(
                            it ->
                                Json.object()
                                    .with("key", it.key())
                                    .with("version", VERSION)
                                    .with(
                                        "provider",
                                        Json.object()
                                            .with("name", it.label())
                                            .with("description", it.description())))
                        .toList())));
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    List<String> included = request.query().heeding(Set.of("include")).someOf("include", INCLUDED);
    SourceProvider provider =
        SourceProvider.named(request.pathParameter("key"))
            .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    Json.Obj view =
        Json.object()
            .with("key", provider.key())
            .with("version", VERSION)
            .with(
                "provider",
                Json.object()
                    .with("name", provider.label())
                    .with("description", provider.description())
                    .with("categories", Json.texts(List.of(provider.category())))
                    .with("website_url", Json.NULL)
                    .with("webhook_docs_url", provider.documents()))
            .with("default_settings", settings(provider));
    return HttpResponse.ok(
        included.contains(MAPPINGS) ? view.with(MAPPINGS, mappings(provider)) : view);
  }

  private static Json settings(SourceProvider provider) {
    SourceSettings settings = provider.settings();
    return Json.object()
        .with("event_type_path", settings.eventType().text())
        .with("timestamp_path", Json.ofNullable(settings.timestamp().map(it -> it.text())))
        .with(
            "idempotency_key_path", Json.ofNullable(settings.idempotencyKey().map(it -> it.text())))
        .with("enforce_verification", Json.of(settings.enforceVerification()))
        .with("verification_scheme", Json.ofNullable(provider.scheme().map(it -> it.wireName())));
  }

  private static Json mappings(SourceProvider provider) {
    return Json.array(
        provider.mappings().stream()
            .map(
                it ->
                    Json.object()
                        .with("event_type", it.eventType())
                        .with("action_type", it.type().wireName())
                        .with("action_parameters", it.parameters()))
            .toList());
  }
}
