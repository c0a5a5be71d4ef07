package dev.carillon.functions.api.webhooks;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Ids;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.webhook.EndpointHealth;
import dev.carillon.webhook.WebhookDestinations;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.signature.WebhookSecret;
import dev.carillon.webhook.signature.WebhookSecrets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Calls that manage the endpoints to which an environment's events go. A secret is shown by the
 * call that makes it and by no other.
 */
final class WebhookCalls {
  static final List<Operation<WebhookCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/webhooks", SECRET_KEY, WebhookCalls::list),
          Operation.post("/v1/webhooks", SECRET_KEY, WebhookCalls::create),
          Operation.get("/v1/webhooks/{id}", SECRET_KEY, WebhookCalls::show),
          Operation.put("/v1/webhooks/{id}", SECRET_KEY, WebhookCalls::change),
          Operation.delete("/v1/webhooks/{id}", SECRET_KEY, WebhookCalls::delete),
          Operation.post(
              "/v1/webhooks/{id}/rotate_secret", SECRET_KEY, WebhookCalls::rotateSecret));

  /** Each round somebody else's change wins; calls of the API are few. */
  private static final int TRIES = 8;

  private final WebhookEndpoints endpoints;
  private final WebhookDestinations destinations;
  private final Channels channels;
  private final InstantSource clock;

  WebhookCalls(
      WebhookEndpoints endpoints,
      WebhookDestinations destinations,
      Channels channels,
      InstantSource clock) {
    this.endpoints = endpoints;
    this.destinations = destinations;
    this.channels = channels;
    this.clock = clock;
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(Set.of("after", "before", "page_size"));
    var cursors = request.cursors(environment, "webhooks");
    var paging = cursors.paging(query);
    var page = Pages.sliced(endpoints.all(environment).reversed(), paging, WebhookView::position);
    return Pages.answer(cursors, paging, page, WebhookView::position, WebhookView::of);
  }

  HttpResponse create(HttpRequest request, EnvironmentId environment) {
    var body = request.fields().only(WebhookFields.CREATING);
    var contact =
        new WebhookEndpoint.Contact(
            WebhookFields.url(body.required("url"), destinations),
            WebhookFields.owner(body, Optional.empty(), channels, environment));
    var filter = WebhookFields.filter(body, Optional.empty(), channels, environment);
    WebhookSecret secret =
        body.optional("secret").map(WebhookFields::secret).orElseGet(endpoints::freshSecret);
    if (endpoints.hearing(environment).size() >= Limits.WEBHOOKS) {
      throw ErrorCode.INVALID_PARAMS.at(
          "url", "An environment has at most " + Limits.WEBHOOKS + " webhooks.");
    }
    var endpoint =
        new WebhookEndpoint(
            environment,
            new WebhookEndpointId(
                Digest.of("webhook endpoint", environment.value(), request.id()).uuid()),
            contact,
            filter,
            WebhookSecrets.of(secret),
            EndpointHealth.GOOD,
            0,
            clock.instant());
    if (!endpoints.save(endpoint)) {
      // The store made the same request twice; what it stored is what was asked for.
      endpoint = find(environment, endpoint.id());
    }
    return HttpResponse.ok(WebhookView.of(endpoint, endpoint.secrets().current()));
  }

  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    return HttpResponse.ok(WebhookView.of(find(environment, id(request))));
  }

  HttpResponse change(HttpRequest request, EnvironmentId environment) {
    var body = request.fields().only(WebhookFields.CHANGING);
    Optional<Boolean> enabled = body.optional("enabled").map(RequestValue::bool);
    Optional<String> url = body.optional("url").map(it -> WebhookFields.url(it, destinations));
    WebhookEndpoint changed =
        change(
            environment,
            id(request),
            before -> {
              WebhookEndpoint told =
                  before.with(
                      new WebhookEndpoint.Contact(
                          url.orElse(before.url()),
                          WebhookFields.owner(
                              body, before.contact().owner(), channels, environment)),
                      WebhookFields.filter(
                          body, Optional.of(before.filter()), channels, environment));
              return enabled
                  .map(it -> it ? told.enabled() : told.disabled(clock.instant()))
                  .orElse(told);
            });
    return HttpResponse.ok(WebhookView.of(changed));
  }

  HttpResponse delete(HttpRequest request, EnvironmentId environment) {
    endpoints.delete(environment, id(request));
    return HttpResponse.noContent();
  }

  HttpResponse rotateSecret(HttpRequest request, EnvironmentId environment) {
    var body = request.fields().only(Set.of("overlap_hours", "secret"));
    Duration overlap =
        body.optional("overlap_hours")
            .map(it -> Duration.ofHours(it.integer(0, Limits.WEBHOOK_OVERLAP_HOURS)))
            .orElse(WebhookSecrets.OVERLAP);
    WebhookSecret next =
        body.optional("secret").map(WebhookFields::secret).orElseGet(endpoints::freshSecret);
    WebhookEndpoint rotated =
        change(
            environment,
            id(request),
            before -> before.with(before.secrets().rotated(next, clock.instant(), overlap)));
    return HttpResponse.ok(WebhookView.of(rotated, next));
  }

  private WebhookEndpoint change(
      EnvironmentId environment, WebhookEndpointId id, UnaryOperator<WebhookEndpoint> change) {
    for (int i = 0; i < TRIES; i++) {
      WebhookEndpoint changed = change.apply(find(environment, id));
      if (endpoints.save(changed)) {
        return changed.stored();
      }
    }
    throw ErrorCode.RATE_LIMITED.refused();
  }

  private WebhookEndpoint find(EnvironmentId environment, WebhookEndpointId id) {
    return endpoints.find(environment, id).orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  static WebhookEndpointId id(HttpRequest request) {
    return Ids.uuid(request.pathId("id"))
        .map(WebhookEndpointId::new)
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }
}
