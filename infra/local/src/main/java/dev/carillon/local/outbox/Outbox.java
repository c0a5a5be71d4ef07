package dev.carillon.local.outbox;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.local.egress.EgressCall;
import dev.carillon.local.journal.Journal;
import dev.carillon.local.ses.SentEmail;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that was delivered, as far as the stack can see it. What an add returned from survives
 * {@code kill -9} when there is a data folder. Safe for many threads.
 */
public final class Outbox implements AutoCloseable {
  /** How many deliveries are kept: what is older makes room, or a long run would fill the heap. */
  static final int KEPT = 10_000;

  // Where the delivery function puts Carillon's own id of the message.
  private static final String EMAIL_TAG = "carillon_message_id";
  private static final String WEBHOOK_HEADER = "x-carillon-message-id";

  private final List<OutboxEntry> deliveries = new ArrayList<>();
  // A feed item is written again with every change of its status; only the first is a delivery.
  private final Set<String> feedItems = new HashSet<>();
  private final Journal journal;

  private Outbox(Optional<Path> file) {
    this.journal = Journal.open(file, this::replay, this::snapshot);
  }

  /**
   * @param folder where it is kept; empty: in memory
   */
  public static Outbox open(Optional<Path> folder) {
    return new Outbox(folder.map(data -> data.resolve("outbox.jsonl")));
  }

  public void email(SentEmail email) {
    var headers = Json.object();
    for (var header : email.headers()) {
      headers = headers.with(header.name(), header.value());
    }
    if (!email.cc().isEmpty()) {
      headers = headers.with("Cc", String.join(", ", email.cc()));
    }
    if (!email.bcc().isEmpty()) {
      headers = headers.with("Bcc", String.join(", ", email.bcc()));
    }
    if (!email.replyTo().isEmpty()) {
      headers = headers.with("Reply-To", String.join(", ", email.replyTo()));
    }
    for (var attachment : email.attachments()) {
      headers =
          headers.with(
              "Attachment " + attachment.fileName(),
              attachment.contentType() + ", " + attachment.size() + " bytes");
    }
    add(
        new OutboxEntry(
            email.at(),
            "email",
            "email_aws_ses",
            Optional.ofNullable(email.tags().get(EMAIL_TAG)).orElse(email.messageId()),
            Optional.of(String.join(", ", email.to())),
            Optional.of(email.from()),
            Optional.of(email.subject()),
            email.html(),
            email.text(),
            headers,
            Optional.empty(),
            true));
  }

  /** A call to the outside is a delivery when its receiver took it. */
  public void egressed(EgressCall exchange) {
    var status =
        switch (exchange.outcome()) {
          case EgressCall.Outcome.Answered answer
              when !answer.faulted() && answer.status() >= 200 && answer.status() < 300 ->
              Optional.<Json>of(Json.of(answer.status()));
          case EgressCall.Outcome.AnswerLost _ -> Optional.<Json>of(Json.NULL);
          case EgressCall.Outcome.Answered _, EgressCall.Outcome.Failed _ -> Optional.<Json>empty();
        };
    if (status.isEmpty()) {
      return;
    }
    Optional<EgressCall.Purpose> purpose = exchange.purpose();
    Optional<Provider<?>> provider =
        purpose
            .flatMap(it -> Providers.named(it.provider()))
            .filter(it -> it.type() != ChannelType.HTTP);
    if (provider.isPresent()) {
      purpose
          .get()
          .message()
          .ifPresent(id -> add(sent(exchange, provider.get(), id, status.get())));
      return;
    }
    var headers = headers(exchange.headers());
    Optional<String> message = headers.text(WEBHOOK_HEADER);
    if (message.isEmpty()) {
      // What a fetch step asked is no delivery; its run's log shows it.
      return;
    }
    var body = new String(exchange.body(), StandardCharsets.UTF_8);
    add(
        new OutboxEntry(
            exchange.at(),
            "http",
            "http_carillon_webhook",
            message.get(),
            Optional.of(exchange.url().toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(body),
            headers,
            Optional.of(
                Json.object()
                    .with("method", exchange.method())
                    .with("url", exchange.url().toString())
                    .with("headers", headers)
                    .with("body", body)
                    .with("status", status.get())),
            true));
  }

  /** A message that a provider took; what it says is read when somebody looks. */
  private static OutboxEntry sent(
      EgressCall exchange, Provider<?> provider, String message, Json status) {
    return new OutboxEntry(
        exchange.at(),
        provider.type().wireName(),
        provider.key(),
        message,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Json.object(),
        Optional.of(
            Json.object()
                .with("method", exchange.method())
                .with("url", exchange.url().toString())
                .with("body", new String(exchange.body(), StandardCharsets.UTF_8))
                .with("status", status)),
        false);
  }

  private static Json.Obj headers(Map<String, List<String>> headers) {
    var all = Json.object();
    for (var name : headers.keySet().stream().sorted().toList()) {
      all = all.with(name.toLowerCase(Locale.ROOT), String.join(", ", headers.get(name)));
    }
    return all;
  }

  /** A feed item was written: a delivery when it is the first time. */
  public synchronized void feedItem(String messageId, Instant now) {
    if (feedItems.contains(messageId)) {
      return;
    }
    add(
        new OutboxEntry(
            now,
            "in_app_feed",
            "in_app_feed_carillon",
            messageId,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Json.object(),
            Optional.empty(),
            false));
  }

  private synchronized void add(OutboxEntry delivered) {
    journal.append(entry(delivered));
    put(delivered);
  }

  private void put(OutboxEntry delivered) {
    if (deliveries.size() >= KEPT) {
      deliveries.removeFirst();
    }
    deliveries.add(delivered);
    if (delivered.channelType().equals("in_app_feed")) {
      feedItems.add(delivered.messageId());
    }
  }

  /** Forgets what was delivered so far. */
  public synchronized void clear() {
    journal.append(Json.object().with("cleared", Json.TRUE));
    deliveries.clear();
  }

  /** The deliveries, newest first; what they say is read from {@code contents} where needed. */
  List<OutboxEntry> newestFirst(MessageContents contents) {
    List<OutboxEntry> incomplete;
    synchronized (this) {
      incomplete = deliveries.stream().filter(delivered -> !delivered.complete()).toList();
    }
    // Reading goes through functions that write here themselves: not under the lock.
    for (var item : incomplete) {
      contents.read(item.messageId()).ifPresent(content -> complete(item, content));
    }
    synchronized (this) {
      return List.copyOf(deliveries).reversed();
    }
  }

  private synchronized void complete(OutboxEntry item, MessageContents.Said content) {
    var at = deliveries.indexOf(item);
    if (at >= 0) {
      var full =
          new OutboxEntry(
              item.at(),
              item.channelType(),
              item.provider(),
              item.messageId(),
              Optional.of(content.to()),
              content.from(),
              content.subject(),
              content.html(),
              Optional.of(content.text()),
              item.headers(),
              item.request(),
              true);
      deliveries.set(at, full);
    }
  }

  /** {@code [{"at","channel_type","provider","message_id","to",…}]}, newest first. */
  public Json.Arr json(MessageContents contents) {
    return Json.array(newestFirst(contents).stream().map(OutboxEntry::json).toList());
  }

  private static Json.Obj entry(OutboxEntry delivered) {
    return Json.object()
        .with("delivered", delivered.json())
        .with("complete", Json.of(delivered.complete()));
  }

  private void replay(Json.Obj entry) {
    if (entry.get("cleared").isPresent()) {
      deliveries.clear();
    } else if (entry.get("known_feed_items").isPresent()) {
      for (var id : entry.list("known_feed_items")) {
        if (id instanceof Json.Str(var value)) {
          feedItems.add(value);
        }
      }
    } else {
      put(
          OutboxEntry.of(
              entry.object("delivered"), entry.get("complete").equals(Optional.of(Json.TRUE))));
    }
  }

  private List<Json.Obj> snapshot() {
    var entries = new ArrayList<Json.Obj>();
    entries.add(
        Json.object().with("known_feed_items", Json.texts(feedItems.stream().sorted().toList())));
    deliveries.forEach(delivered -> entries.add(entry(delivered)));
    return entries;
  }

  /** Closes the file. Calling it twice is safe. */
  @Override
  public synchronized void close() {
    journal.close();
  }
}
