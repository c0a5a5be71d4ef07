package dev.carillon.functions.api.webhooks;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.ListFilters;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.TimeRange;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookDelivery.State;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Calls about what was told to an endpoint: its log, and what is to be told once more. */
final class WebhookLogCalls {
  static final List<Operation<WebhookLogCalls>> OPERATIONS =
      List.of(
          Operation.post("/v1/webhooks/{id}/test", SECRET_KEY, WebhookLogCalls::test),
          Operation.get("/v1/webhooks/{id}/deliveries", SECRET_KEY, WebhookLogCalls::list),
          Operation.get("/v1/webhooks/{id}/deliveries/{event}", SECRET_KEY, WebhookLogCalls::show),
          Operation.post(
              "/v1/webhooks/{id}/deliveries/{event}/replay", SECRET_KEY, WebhookLogCalls::replay),
          Operation.post("/v1/webhooks/{id}/replay", SECRET_KEY, WebhookLogCalls::replaySince));

  private static final Set<String> STATUSES = Set.of("pending", "delivered", "failed");

  /** Each round somebody else's change wins, and one delivery has few writers. */
  private static final int TRIES = 8;

  private final WebhookEndpoints endpoints;
  private final WebhookDeliveries deliveries;
  private final Tasks tasks;
  private final InstantSource clock;

  WebhookLogCalls(
      WebhookEndpoints endpoints, WebhookDeliveries deliveries, Tasks tasks, InstantSource clock) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** Tells the endpoint of something that did not happen, whatever it asked for. */
  HttpResponse test(HttpRequest request, EnvironmentId environment) {
    WebhookEndpoint endpoint = endpoint(request, environment);
    if (!endpoint.health().enabled()) {
      throw ErrorCode.INVALID_PARAMS.at("id", "This webhook is disabled; enable it first.");
    }
    Instant now = clock.instant();
    var delivery =
        WebhookDelivery.of(WebhookEvents.test(endpoint, request.id(), now), endpoint.id(), now);
    deliveries.create(delivery);
    owe(delivery, 0);
    return HttpResponse.ok(WebhookView.detailed(delivery));
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query =
        request
            .query()
            .heeding(
                Set.of(
                    "after",
                    "before",
                    "page_size",
                    "status",
                    "event_type",
                    "starting_at",
                    "ending_at"));
    Set<String> status = Set.copyOf(query.someOf("status", STATUSES));
    Optional<String> type = query.one("event_type");
    TimeRange range = ListFilters.range(query.instant("starting_at"), query.instant("ending_at"));
    WebhookEndpointId id = endpoint(request, environment).id();
    var cursors = request.cursors(environment, "webhook deliveries", id.toString());
    var paging = cursors.paging(query);
    var page =
        Pages.filled(
            paging,
            part ->
                deliveries.newestFirst(
                    environment,
                    id,
                    range,
                    it ->
                        (status.isEmpty() || status.contains(status(it)))
                            && type.map(it.event().type().wireName()::equals).orElse(true),
                    part));
    return Pages.answer(cursors, paging, page, WebhookDelivery::position, WebhookView::of);
  }

  private static String status(WebhookDelivery delivery) {
    return switch (delivery.state()) {
      case State.Pending _ -> "pending";
      case State.Taken _ -> "delivered";
      case State.Dropped _ -> "failed";
    };
  }

  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    return HttpResponse.ok(WebhookView.detailed(delivery(request, endpoint(request, environment))));
  }

  /** Safe to repeat: what is to be offered anyway is not offered twice for it. */
  HttpResponse replay(HttpRequest request, EnvironmentId environment) {
    WebhookEndpoint endpoint = endpoint(request, environment);
    for (int i = 0; i < TRIES; i++) {
      WebhookDelivery before = delivery(request, endpoint);
      WebhookDelivery again = before.replayed(clock.instant());
      if (again.equals(before) || deliveries.save(again)) {
        if (again.state() instanceof State.Pending(var made, var _)) {
          // Owed also when it was to be tried anyway: the call before this may have died here.
          owe(again, made);
        }
        return HttpResponse.ok(WebhookView.detailed(again));
      }
    }
    throw ErrorCode.RATE_LIMITED.refused();
  }

  /** Everything from a time on, or what of it the endpoint did not take; by a task. */
  HttpResponse replaySince(HttpRequest request, EnvironmentId environment) {
    var body = request.fields().only(Set.of("since", "failed_only"));
    Instant since = body.required("since").instant();
    boolean failedOnly = body.optional("failed_only").map(RequestValue::bool).orElse(false);
    WebhookEndpointId id = endpoint(request, environment).id();
    tasks.send(
        new WebhooksTask.Replay(
            environment, id, since, failedOnly, clock.instant(), Optional.empty()));
    return HttpResponse.of(202, Json.object().with("status", "queued"));
  }

  private void owe(WebhookDelivery delivery, int made) {
    tasks.send(
        new WebhooksTask.Call(
            delivery.event().environment(),
            delivery.endpoint(),
            delivery.event().id(),
            made,
            OptionalLong.empty()));
  }

  private WebhookEndpoint endpoint(HttpRequest request, EnvironmentId environment) {
    return endpoints
        .find(environment, WebhookCalls.id(request))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  private WebhookDelivery delivery(HttpRequest request, WebhookEndpoint endpoint) {
    return deliveries
        .find(endpoint.environment(), endpoint.id(), request.pathId("event"))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }
}
