package dev.carillon.local.sqs;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A message in a queue, with what changes about it. Guarded by the lock of {@link SqsQueues}. */
final class SqsMessage {
  static final Comparator<SqsMessage> BY_TIME =
      Comparator.comparing((SqsMessage message) -> message.visibleAt)
          .thenComparingLong(message -> message.sequence);

  final String id;
  final String body;
  final Instant sentAt;
  final Optional<String> groupId;
  final Map<String, MessageAttribute> attributes;

  /** The trace that it was sent in. */
  final Optional<String> trace;

  /** When it can be received: moved by each receiving. Part of its place in the queue. */
  Instant visibleAt;

  /** Breaks ties; as unique as the message. */
  final long sequence;

  /** Received, and neither deleted nor visible again. */
  boolean inFlight;

  int receiveCount;
  Optional<Instant> firstReceivedAt = Optional.empty();

  /** Of the latest receiving in this process. */
  Optional<String> receiptHandle = Optional.empty();

  SqsMessage(
      String id,
      String body,
      Instant sentAt,
      Instant visibleAt,
      Optional<String> groupId,
      Map<String, MessageAttribute> attributes,
      Optional<String> trace,
      long sequence) {
    this.id = id;
    this.body = body;
    this.sentAt = sentAt;
    this.visibleAt = visibleAt;
    this.groupId = groupId;
    this.attributes = Map.copyOf(attributes);
    this.trace = trace;
    this.sequence = sequence;
  }

  /** The same as if nobody had ever received it, as a message is that was moved back. */
  SqsMessage unread() {
    receiveCount = 0;
    firstReceivedAt = Optional.empty();
    return this;
  }

  /**
   * The journal's entry that puts this message into the queue as it is, save that it is in nobody's
   * hands.
   */
  Json.Obj sent(String queue) {
    var due = receiptHandle.isPresent() ? sentAt : visibleAt;
    var entry =
        Json.object()
            .with("op", "send")
            .with("queue", queue)
            .with("id", id)
            .with("body", body)
            .with("sent", Json.of(sentAt.toEpochMilli()))
            .with("due", Json.of(due.toEpochMilli()));
    if (groupId.isPresent()) {
      entry = entry.with("group", groupId.get());
    }
    if (!attributes.isEmpty()) {
      var named = new LinkedHashMap<String, Json>();
      attributes.forEach(
          (name, value) ->
              named.put(name, Json.array(List.of(Json.of(value.type()), Json.of(value.value())))));
      entry = entry.with("attributes", new Json.Obj(named));
    }
    if (trace.isPresent()) {
      entry = entry.with("trace", trace.get());
    }
    if (receiveCount > 0) {
      entry = entry.with("received", Json.of(receiveCount));
    }
    if (firstReceivedAt.isPresent()) {
      entry = entry.with("first", Json.of(firstReceivedAt.get().toEpochMilli()));
    }
    return entry;
  }

  static SqsMessage of(Json.Obj entry, long sequence) {
    var attributes = new LinkedHashMap<String, MessageAttribute>();
    entry
        .object("attributes")
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Arr(var parts)
                  && parts.getFirst() instanceof Json.Str(var type)
                  && parts.getLast() instanceof Json.Str(var text)) {
                attributes.put(name, new MessageAttribute(type, text));
              }
            });
    var message =
        new SqsMessage(
            entry.text("id").orElseThrow(),
            entry.text("body").orElseThrow(),
            instant(entry, "sent").orElseThrow(),
            instant(entry, "due").orElseThrow(),
            entry.text("group"),
            attributes,
            entry.text("trace"),
            sequence);
    message.receiveCount =
        entry.get("received").orElse(Json.NULL) instanceof Json.Num(var number)
            ? number.intValueExact()
            : 0;
    message.firstReceivedAt = instant(entry, "first");
    return message;
  }

  static Optional<Instant> instant(Json.Obj entry, String key) {
    return entry.get(key).orElse(Json.NULL) instanceof Json.Num(var number)
        ? Optional.of(Instant.ofEpochMilli(number.longValueExact()))
        : Optional.empty();
  }

  ReceivedMessage received() {
    var system = new LinkedHashMap<String, String>();
    system.put("SenderId", "AIDALOCAL");
    system.put("SentTimestamp", Long.toString(sentAt.toEpochMilli()));
    system.put("ApproximateReceiveCount", Integer.toString(receiveCount));
    firstReceivedAt.ifPresent(
        first ->
            system.put("ApproximateFirstReceiveTimestamp", Long.toString(first.toEpochMilli())));
    groupId.ifPresent(group -> system.put("MessageGroupId", group));
    trace.ifPresent(header -> system.put("AWSTraceHeader", header));
    return new ReceivedMessage(
        id, receiptHandle.orElseThrow(), body, Md5.of(body), system, attributes, receiveCount);
  }
}
