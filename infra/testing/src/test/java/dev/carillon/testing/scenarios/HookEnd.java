package dev.carillon.testing.scenarios;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.testing.engine.FakeEndpoints.Heard;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What endpoints heard in the end: each event at least once under one id, and nothing that did not
 * happen.
 */
final class HookEnd {
  private static final String MESSAGE = "message.";

  private final InProcessEngine engine;
  private final Consumer<String> lines;
  private final Consumer<String> wrong;

  HookEnd(InProcessEngine engine, Consumer<String> lines, Consumer<String> wrong) {
    this.engine = engine;
    this.lines = lines;
    this.wrong = wrong;
  }

  void read() {
    streamed();
    traced();
    engine.ports().webhookEndpoints().all(InProcessEngine.ENVIRONMENT).forEach(this::read);
  }

  private static final Pattern SPAN =
      Pattern.compile("\"spanId\":\"([0-9a-f]{16})\",\"name\":\"([^\"]*)\"");

  /** What tells of tries, of which a fault makes more. */
  private static final Set<String> OF_TRIES =
      Set.of("message.queued", "message.delivery_attempted");

  /** Each once, however often it came: what differs by its id is another event. */
  private void streamed() {
    engine.endpoints().heard(HookScenarios.BUS).stream()
        .filter(Heard::taken)
        .filter(it -> !OF_TRIES.contains(it.type()))
        .map(it -> it.event() + " " + it.type())
        .distinct()
        .forEach(it -> lines.accept("streamed " + it.substring(it.indexOf(' ') + 1)));
  }

  /** Each as the same span, however often it came. Those of attempts are as many as faults made. */
  private void traced() {
    engine.endpoints().heard(HookScenarios.COLLECTOR).stream()
        .filter(Heard::taken)
        .map(it -> SPAN.matcher(new String(it.request().body(), StandardCharsets.UTF_8)))
        .flatMap(it -> it.results().map(found -> found.group(1) + " " + found.group(2)))
        .distinct()
        .map(it -> it.substring(it.indexOf(' ') + 1))
        .collect(Collectors.groupingBy(it -> it, Collectors.counting()))
        .forEach(
            (name, times) -> lines.accept("span of " + name + (ofTry(name) ? "" : ": " + times)));
  }

  private static boolean ofTry(String span) {
    return span.equals("deliver email") || span.startsWith("webhook ");
  }

  private void read(WebhookEndpoint endpoint) {
    if (!endpoint.health().enabled()) {
      lines.accept("webhook " + endpoint.url() + ": given up");
      return;
    }
    List<WebhookDelivery> log =
        engine
            .ports()
            .webhookDeliveries()
            .newestFirst(
                InProcessEngine.ENVIRONMENT,
                endpoint.id(),
                TimeRange.ALL,
                _ -> true,
                PageRequest.first(10_000))
            .items();
    List<Heard> heard = engine.endpoints().heard(endpoint.url());
    Set<String> taken =
        heard.stream().filter(Heard::taken).map(Heard::event).collect(Collectors.toSet());
    for (WebhookDelivery delivery : log) {
      String what = endpoint.url() + " " + delivery.event().type().wireName();
      lines.accept("webhook " + what + ": " + delivery.state().getClass().getSimpleName());
      if (delivery.due().isPresent()) {
        wrong.accept(what + " is still to be told");
      }
      if (!taken.contains(delivery.event().id())) {
        wrong.accept(what + " was never taken");
      }
    }
    everyIdIsOfOneThing(endpoint, heard);
    everythingIsTold(endpoint, log);
  }

  private void everyIdIsOfOneThing(WebhookEndpoint endpoint, List<Heard> heard) {
    Map<String, String> ids = new HashMap<>();
    for (Heard one : heard) {
      String thing = one.type() + " " + body(one).object("data").text("id").orElse("");
      String id = ids.putIfAbsent(thing, one.event());
      if (id != null && !id.equals(one.event())) {
        wrong.accept(endpoint.url() + " heard of " + thing + " under two ids");
      }
    }
  }

  /** What the timelines of messages say is told, and what is told stands there. */
  private void everythingIsTold(WebhookEndpoint endpoint, List<WebhookDelivery> log) {
    Map<String, Long> told =
        log.stream()
            .filter(it -> it.event().type().wireName().startsWith(MESSAGE))
            .collect(
                Collectors.groupingBy(
                    it ->
                        it.event().data().text("id").orElse("")
                            + " "
                            + it.event().type().wireName(),
                    Collectors.counting()));
    for (Message message : Scenarios.messages(engine, _ -> true)) {
      Map<String, Long> happened =
          message.events().stream()
              .map(it -> MESSAGE + it.type())
              .filter(
                  type ->
                      endpoint.filter().types().stream().anyMatch(it -> it.wireName().equals(type)))
              .collect(Collectors.groupingBy(type -> type, Collectors.counting()));
      happened.forEach(
          (type, times) -> {
            if (!times.equals(told.remove(message.id() + " " + type))) {
              wrong.accept(endpoint.url() + " was not told of each " + type + " of " + id(message));
            }
          });
    }
    told.keySet().forEach(it -> wrong.accept(endpoint.url() + " heard what did not happen: " + it));
  }

  private static MessageId id(Message message) {
    return message.id();
  }

  private static Json.Obj body(Heard heard) {
    return (Json.Obj) JsonText.parse(heard.request().body());
  }
}
