package dev.carillon.functions.management;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ManagementScope;
import dev.carillon.access.ServiceToken;
import dev.carillon.change.ChangeId;
import dev.carillon.content.CommitId;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.runtime.Ports;
import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.Committable;
import dev.carillon.webhook.EndpointHealth;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookFilter;
import dev.carillon.webhook.signature.WebhookSecrets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The function on twins: environments development (whose id is local) and production. */
final class ManagementFixture {
  static final EnvironmentId LOCAL = new EnvironmentId("local");
  static final EnvironmentId PRODUCTION = new EnvironmentId("production");

  final MutableClock clock = new MutableClock(Instant.parse("2026-01-05T09:01:00Z"));
  final InMemoryPorts ports = InMemoryPorts.at(clock);
  private ManagementHandler handler = new ManagementHandler(ports);
  private String token = "knock_st_local";
  private int calls;

  ManagementFixture() {
    environment(LOCAL, "development", 0);
    environment(PRODUCTION, "production", 9);
    token("knock_st_local", EnumSet.allOf(ManagementScope.class), Set.of());
    token("knock_st_reader", Set.of(ManagementScope.READ), Set.of());
    token("knock_st_writer", Set.of(ManagementScope.READ, ManagementScope.WRITE), Set.of());
    token("knock_st_production", EnumSet.allOf(ManagementScope.class), Set.of(PRODUCTION));
    ports.apiKeys().put(Digest.hex("sk_local"), new ApiKey(LOCAL, ApiKey.Kind.SECRET, false));
    ports.apiKeys().put(Digest.hex("pk_local"), new ApiKey(LOCAL, ApiKey.Kind.PUBLIC, false));
  }

  private void environment(EnvironmentId id, String slug, int order) {
    ports
        .environmentList()
        .put(new EnvironmentEntry(id, slug, slug, order, clock.instant(), clock.instant()));
  }

  private void token(String token, Set<ManagementScope> scopes, Set<EnvironmentId> environments) {
    ports
        .serviceTokens()
        .put(
            Digest.hex(token),
            new ServiceToken("laptop", "laptop@example.com", scopes, environments, false));
  }

  /** From now on an endpoint asks for every save and commit there. */
  void hears(EnvironmentId environment) {
    hears(
        environment,
        WebhookFilter.of(
            Arrays.stream(Committable.values())
                .flatMap(it -> Stream.of(it.updated(), it.committed()))
                .collect(Collectors.toSet())));
  }

  void hears(EnvironmentId environment, WebhookFilter filter) {
    ports
        .webhookEndpoints()
        .save(
            new WebhookEndpoint(
                environment,
                new WebhookEndpointId(new UUID(7, 1)),
                "https://hooks.example/",
                filter,
                WebhookSecrets.of(ports.webhookEndpoints().freshSecret()),
                EndpointHealth.GOOD,
                0,
                clock.instant()));
  }

  /** Of which commits tasks tell the endpoints of the environment. */
  List<CommitId> told(EnvironmentId environment) {
    return ports.tasks().queued().stream()
        .flatMap(
            it ->
                it instanceof WebhooksTask.Offer offer
                        && offer.environment().equals(environment)
                        && offer.of() instanceof WebhooksTask.Subject.OfCommit(var commit)
                    ? Stream.of(commit)
                    : Stream.empty())
        .toList();
  }

  /** Of which saves tasks tell the endpoints of the environment. */
  List<ChangeId> toldOfSaves(EnvironmentId environment) {
    return ports.tasks().queued().stream()
        .flatMap(
            it ->
                it instanceof WebhooksTask.Offer offer
                        && offer.environment().equals(environment)
                        && offer.of() instanceof WebhooksTask.Subject.OfSave(_, _, var change)
                    ? Stream.of(change)
                    : Stream.empty())
        .toList();
  }

  /** The next calls are answered on these ports, which stand before the twins. */
  ManagementFixture on(UnaryOperator<Ports> between) {
    handler = new ManagementHandler(between.apply(ports));
    return this;
  }

  /** The next calls are made with that token or key. */
  ManagementFixture as(String credential) {
    token = credential;
    return this;
  }

  record Reply(int status, Json json) {
    Json.Obj body() {
      return json instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }

    /** The value at a path of names and numbers, as a text. */
    String text(String path) {
      Json at = json;
      for (String name : path.split("\\.")) {
        at =
            switch (at) {
              case Json.Obj object -> object.get(name).orElse(Json.NULL);
              case Json.Arr(var items) ->
                  Integer.parseInt(name) < items.size()
                      ? items.get(Integer.parseInt(name))
                      : Json.NULL;
              case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Json.NULL;
            };
      }
      return at instanceof Json.Str(var value) ? value : JsonText.write(at);
    }
  }

  Reply get(String path) {
    return call("GET", path, Optional.empty());
  }

  Reply put(String path, Json.Obj body) {
    return call("PUT", path, Optional.of(JsonText.write(body)));
  }

  Reply put(String path) {
    return put(path, Json.Obj.EMPTY);
  }

  Reply put(String path, String body) {
    return call("PUT", path, Optional.of(body.replace('\'', '"')));
  }

  Reply post(String path) {
    return post(path, "{}");
  }

  Reply post(String path, String body) {
    return call("POST", path, Optional.of(body.replace('\'', '"')));
  }

  Reply delete(String path) {
    return call("DELETE", path, Optional.empty());
  }

  private Reply call(String method, String path, Optional<String> body) {
    clock.advance(Duration.ofMillis(10));
    String[] parts = Arrays.copyOf(path.split("\\?", 2), 2);
    return play(
        JsonText.bytes(
            Json.object()
                .with("version", "2.0")
                .with("rawPath", parts[0])
                .with("rawQueryString", Optional.ofNullable(parts[1]).orElse(""))
                .with(
                    "headers",
                    Json.object()
                        .with("authorization", "Bearer " + token)
                        .with("x-forwarded-for", "10.0.0.1, 203.0.113.7"))
                .with(
                    "requestContext",
                    Json.object()
                        .with("requestId", "request-" + ++calls)
                        .with("http", Json.object().with("method", method)))
                .with("body", body.map(Json::of).orElse(Json.of("")))
                .with("isBase64Encoded", Json.FALSE)));
  }

  Reply play(byte[] event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var answer = (Json.Obj) JsonText.parse(out.toByteArray());
    int status =
        answer.fields().get("statusCode") instanceof Json.Num(var value)
            ? value.intValueExact()
            : 0;
    String body = answer.text("body").orElse("");
    return new Reply(status, body.isEmpty() ? Json.NULL : JsonText.parse(body));
  }

  /** A workflow that mails a text, in the language of who writes it. */
  static String workflow(String text) {
    return """
    {'workflow': {'name': 'Welcome', 'steps': [
      {'type': 'channel', 'ref': 'email_1', 'channel_type': 'email', 'channel_key': 'email',
       'template': {'subject': 'Hi', 'html_body': '%s'}}]}}
    """
        .formatted(text);
  }

  static String partial(String text) {
    return "{'partial': {'name': 'Card', 'type': 'html', 'content': '%s'}}".formatted(text);
  }
}
