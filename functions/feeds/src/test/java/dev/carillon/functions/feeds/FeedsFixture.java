package dev.carillon.functions.feeds;

import dev.carillon.access.ApiKey;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.message.InMemoryFeeds;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A park whose one user has a feed, and the handler over it. */
final class FeedsFixture {
  static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  static final EnvironmentId DEVELOPMENT = new EnvironmentId("development");
  static final RecipientId HAMMOND = RecipientId.user("jhammond");
  static final Channel FEED =
      channel("8f14e45f-ceea-467f-a0e6-000000000002", "feed", ChannelType.IN_APP_FEED);
  static final Channel EMAIL =
      channel("8f14e45f-ceea-467f-a0e6-000000000001", "email", ChannelType.EMAIL);

  final MutableClock clock = new MutableClock(START);
  private final InMemoryPorts ports;
  private final FeedsHandler handler;
  private int made;

  FeedsFixture() {
    this(Duration.ZERO);
  }

  /**
   * @param lag how long the feed's index lags behind the messages
   */
  FeedsFixture(Duration lag) {
    ports = lagging(InMemoryPorts.at(clock), lag);
    ports.apiKeys().put(Digest.hex("sk_local"), new ApiKey(DEVELOPMENT, ApiKey.Kind.SECRET, false));
    ports.apiKeys().put(Digest.hex("pk_local"), new ApiKey(DEVELOPMENT, ApiKey.Kind.PUBLIC, false));
    ports.channels().put(DEVELOPMENT, FEED);
    ports.channels().put(DEVELOPMENT, EMAIL);
    ports
        .variables()
        .put(
            DEVELOPMENT,
            new Variables.Values(
                Json.object().with("app_name", "The park"), Json.object().with("token", "secret")));
    identify("jhammond", "John Hammond");
    identify("dnedry", "Dennis Nedry");
    handler = new FeedsHandler(ports);
  }

  /** What an item is about. */
  record About(String workflow, List<String> categories, Optional<String> tenant, Json.Obj data) {
    static final About COMMENT =
        new About(
            "new-comment",
            List.of("collaboration"),
            Optional.empty(),
            Json.object().with("page_name", "Fences"));

    About of(String tenant) {
      return new About(workflow, categories, Optional.of(tenant), data);
    }

    About with(Json.Obj other) {
      return new About(workflow, categories, tenant, other);
    }
  }

  /** A new item at the head of the feed, one second after the one before. */
  String given(About about) {
    var at = START.plusSeconds(++made);
    clock.set(at);
    var trigger = TriggerId.of(at, "trigger " + made);
    var run = RunId.of(trigger, HAMMOND);
    var step = new StepRef("feed_1");
    var id = MessageId.of(at, run, step, FEED.id());
    ports
        .messages()
        .create(
            new Message(
                new MessageOrigin(
                    DEVELOPMENT,
                    id,
                    FEED.id(),
                    ChannelType.IN_APP_FEED,
                    HAMMOND,
                    List.of(RecipientId.user("dnedry"), new RecipientId("parks", "nublar")),
                    about.tenant().map(TenantId::new),
                    new Message.Source(
                        new WorkflowKey(about.workflow()),
                        VersionId.parse("7251cd3f-0028-4d1a-9466-ee79522ba3de"),
                        about.categories(),
                        step,
                        trigger,
                        run),
                    Json.Obj.EMPTY,
                    about.data(),
                    at),
                DeliveryStatus.DELIVERED),
            new MessageContent(
                new Content.InAppFeed(
                    new Json.Arr(
                        List.of(
                            Json.object()
                                .with("type", "markdown")
                                .with("name", "body")
                                .with("content", "{{page_name}}")
                                .with("rendered", "<p>Fences</p>")))),
                about.data().with("nested", Json.object().with("id", Json.of(7)))));
    return id.value();
  }

  void marked(String id, Engagement what) {
    var message = ports.messages().find(DEVELOPMENT, new MessageId(id)).orElseThrow();
    ports.messages().save(message.engaged(what, Json.Obj.EMPTY, clock.instant()));
  }

  Reply read(String query) {
    return read("sk_local", "jhammond", "feed", query);
  }

  Reply read(String key, String user, String channel, String query) {
    return play(
        JsonText.bytes(
            Json.object()
                .with("version", "2.0")
                .with("routeKey", "GET /v1/users/{id}/feeds/{channel}")
                .with("rawPath", "/v1/users/" + user + "/feeds/" + channel)
                .with("rawQueryString", query)
                .with("headers", Json.object().with("authorization", "Bearer " + key))
                .with("pathParameters", Json.object().with("id", user).with("channel", channel))
                .with(
                    "requestContext",
                    Json.object()
                        .with("requestId", "r-1")
                        .with("http", Json.object().with("method", "GET")))
                .with("isBase64Encoded", Json.FALSE)));
  }

  Reply play(byte[] event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var response = (Json.Obj) JsonText.parse(out.toByteArray());
    return new Reply(
        ((Json.Num) response.fields().get("statusCode")).value().intValueExact(),
        (Json.Obj) JsonText.parse(response.text("body").orElseThrow()));
  }

  /** The answer to a call. */
  record Reply(int status, Json.Obj body) {

    /** The value at a path of keys and indexes: {@code entries.0.id}; JSON null when absent. */
    Json at(String path) {
      Json json = body;
      for (var part : path.split("\\.")) {
        json =
            switch (json) {
              case Json.Obj object -> object.get(part).orElse(Json.NULL);
              case Json.Arr(var items) when Integer.parseInt(part) < items.size() ->
                  items.get(Integer.parseInt(part));
              case Json.Arr _, Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Json.NULL;
            };
      }
      return json;
    }

    String text(String path) {
      return at(path) instanceof Json.Str(var value) ? value : at(path).toString();
    }

    List<String> ids() {
      return body.list("entries").stream()
          .map(item -> ((Json.Obj) item).text("id").orElse("?"))
          .toList();
    }

    /** Total, unread and unseen. */
    List<Json> counts() {
      return List.of(at("meta.total_count"), at("meta.unread_count"), at("meta.unseen_count"));
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void identify(String id, String name) {
    ports
        .recipients()
        .identify(
            DEVELOPMENT,
            RecipientId.user(id),
            new Identification(
                Json.object().with("name", name), Optional.empty(), Map.of(), Map.of()),
            "seed",
            START);
  }

  private static InMemoryPorts lagging(InMemoryPorts all, Duration lag) {
    return all.withFeeds(new InMemoryFeeds(all.messages(), all.clock(), lag));
  }

  private static Channel channel(String id, String key, ChannelType type) {
    return new Channel(
        new ChannelId(UUID.fromString(id)), key, key, type, "any", Json.Obj.EMPTY, START, START);
  }
}
