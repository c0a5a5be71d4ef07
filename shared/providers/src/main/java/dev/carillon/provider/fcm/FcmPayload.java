package dev.carillon.provider.fcm;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.MessageId;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.push.FlattenedData;
import dev.carillon.provider.push.PayloadBytes;
import dev.carillon.provider.push.PushOverrides;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code message} of a request.
 *
 * <p>Source: https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages
 */
final class FcmPayload {
  /** Bytes of notification and data together. */
  static final int MOST_BYTES = 4_096;

  private FcmPayload() {}

  static Json.Obj of(Content.Push content, MessageId id) {
    Json.Obj message = Json.object();
    if (content.silent()) {
      message = message.with("apns", background());
    } else {
      message =
          message.with(
              "notification",
              Json.object().with("title", content.title()).with("body", content.body()));
    }
    message =
        PushOverrides.over(
            message.with("data", FlattenedData.of(content.data())), content.overrides());
    return message
        // A message has one target, and that is the recipient's.
        .without("topic")
        .without("condition")
        .with("token", content.token())
        .with("data", data(message.object("data"), id));
  }

  /** What of the payload counts against the limit, as little as it may be. */
  static int bytes(Json.Obj message) {
    return PayloadBytes.named(message.object("notification"))
        + PayloadBytes.named(message.object("data"));
  }

  private static Json.Obj data(Json.Obj data, MessageId id) {
    Map<String, Json> allowed = new LinkedHashMap<>();
    FlattenedData.of(data)
        .fields()
        .forEach((name, value) -> allowed.put(reserved(name) ? "data." + name : name, value));
    return new Json.Obj(allowed).with(Correlation.MESSAGE, id.value());
  }

  /** Names for which Firebase refuses the whole message. */
  private static boolean reserved(String name) {
    return name.equals("from")
        || name.equals("message_type")
        || name.startsWith("google")
        || name.startsWith("gcm");
  }

  /** What wakes an app on iOS without showing anything. */
  private static Json.Obj background() {
    return Json.object()
        .with(
            "headers",
            Json.object().with("apns-priority", "5").with("apns-push-type", "background"))
        .with(
            "payload",
            Json.object().with("aps", Json.object().with("content-available", Json.of(1))));
  }
}
