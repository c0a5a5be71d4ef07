package dev.carillon.functions.webhooks;

import dev.carillon.edge.view.AuthoredView;
import dev.carillon.outbound.Bounds;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.Resolve;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.storage.AwsClients;
import dev.carillon.timer.TimerScheduler;
import dev.carillon.webhook.AwsDestination;
import dev.carillon.webhook.WebhookDestinations;
import dev.carillon.webhook.WebhookRetry;
import java.time.Duration;

/** Builds the function's parts from its environment and its ports. */
final class WebhooksWiring {
  /** A message's data may have megabytes; of an answer the log keeps a few lines. */
  private static final Bounds BOUNDS =
      new Bounds(Duration.ofSeconds(5), WebhookRetry.TIMEOUT, 8 * 1024 * 1024, 8 * 1024);

  private final Ports ports;
  private final SendWebhook send;
  private final CallEndpoint call;

  WebhooksWiring(Ports ports, SendWebhook send) {
    this.ports = ports;
    this.send = send;
    this.call =
        new CallEndpoint(
            ports.webhookEndpoints(),
            ports.webhookDeliveries(),
            new MakeCall(
                send, () -> ports.traceCollector().isPresent(), ports.tasks(), ports.clock()),
            new TellOfDisabling(
                ports.webhookEndpoints(),
                ports.webhookDeliveries(),
                ports.tasks(),
                new MailOwner(
                    ports.messages(),
                    ports.channels(),
                    ports.environmentList(),
                    Ports.events(ports),
                    ports.tasks(),
                    ports.clock()),
                ports.clock(),
                ports.log()),
            new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks()),
            ports.tasks(),
            ports.clock());
  }

  /**
   * The way outside: to URLs as fetch steps go, with {@code CARILLON_ALLOWED_HOSTS} and the
   * gateway; to what of AWS {@code WEBHOOK_DESTINATIONS} lists and {@code EVENT_STREAM} names.
   */
  static SendWebhook outside(Environment environment) {
    SendWebhook http = guarded(environment);
    var allowed =
        WebhookDestinations.parse(environment.find("WEBHOOK_DESTINATIONS").orElse(""))
            .and(environment.find("EVENT_STREAM").flatMap(AwsDestination::parse));
    if (allowed.equals(WebhookDestinations.NONE)) {
      return http;
    }
    SendWebhook aws = new AwsDestinations(AwsClients.of(environment), allowed);
    return request ->
        AwsDestination.parse(request.url()).isPresent() ? aws.send(request) : http.send(request);
  }

  private static SendWebhook guarded(Environment environment) {
    var http =
        environment.late(
            () ->
                new GuardedHttp(
                    BOUNDS,
                    GuardedHttp.hosts(environment.find("CARILLON_ALLOWED_HOSTS").orElse("")),
                    environment.find("CARILLON_EGRESS_GATEWAY"),
                    Resolve.SYSTEM));
    return request -> http.get().send(request);
  }

  CallEndpoint callEndpoint() {
    return call;
  }

  OfferEvent offerEvent() {
    return new OfferEvent(
        ports.webhookEndpoints(),
        ports.webhookDeliveries(),
        makeEvent(),
        call,
        again(),
        ports.clock());
  }

  private MakeEvent makeEvent() {
    return new MakeEvent(
        ports.messages(),
        ports.runs(),
        ports.channels(),
        ports.trackingEvents(),
        new MakeAuthoringEvent(
            ports.commits(),
            ports.changes(),
            ports.contents(),
            ports.sources(),
            ports.environmentList(),
            new AuthoredView(ports.workflows())));
  }

  WriteStream writeStream() {
    return new WriteStream(ports::eventStream, makeEvent(), send, again());
  }

  ExportSpan exportSpan() {
    return new ExportSpan(
        new Collector(ports::traceCollector, ports.collectorHeaders(), send),
        new MakeSpans(ports.messages(), ports.runs(), ports.webhookDeliveries()),
        again());
  }

  private LookAgain again() {
    return new LookAgain(ports.tasks(), ports.clock());
  }

  ReplayEvents replayEvents() {
    return new ReplayEvents(ports.webhookDeliveries(), ports.tasks());
  }
}
