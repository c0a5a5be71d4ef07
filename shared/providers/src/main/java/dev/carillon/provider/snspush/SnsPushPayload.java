package dev.carillon.provider.snspush;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Content;
import dev.carillon.message.MessageId;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.push.FlattenedData;
import dev.carillon.provider.push.PushOverrides;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The {@code Message} of a publication, for every platform: an object per platform, and each
 * written as a text once the overrides are in.
 *
 * <p>Source:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
 */
final class SnsPushPayload {
  private static final String FIREBASE = "GCM";
  private static final List<String> APPLE = List.of("APNS", "APNS_SANDBOX");

  private SnsPushPayload() {}

  /** Each platform's payload as an object, {@code default} as a text. */
  static Json.Obj of(Content.Push content, MessageId id) {
    Json.Obj apple = apple(content);
    Json.Obj message =
        Json.object()
            .with("default", content.body())
            .with(FIREBASE, firebase(content))
            .with(APPLE.get(0), apple)
            .with(APPLE.get(1), apple);
    // Knock's form of an override names the parameter too.
    Json.Obj overrides = content.overrides();
    message =
        PushOverrides.over(
            message,
            overrides.fields().get("Message") instanceof Json.Obj named ? named : overrides);
    return identified(message.with("default", defaultText(message, content)), id);
  }

  /** The payloads as texts, as they are sent. */
  static Json.Obj written(Json.Obj message) {
    Map<String, Json> texts = new LinkedHashMap<>();
    message
        .fields()
        .forEach(
            (platform, payload) ->
                texts.put(
                    platform,
                    payload instanceof Json.Str ? payload : Json.of(JsonText.write(payload))));
    return new Json.Obj(texts);
  }

  /** For platforms without a payload of their own; SNS takes no message without it. */
  private static String defaultText(Json.Obj message, Content.Push content) {
    return Stream.of(message.text("default").orElse(""), content.body(), content.title())
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElse("-");
  }

  private static Json.Obj firebase(Content.Push content) {
    Json.Obj message = Json.object();
    if (!content.silent()) {
      message =
          message.with(
              "notification",
              Json.object().with("title", content.title()).with("body", content.body()));
    }
    return Json.object()
        .with(
            "fcmV1Message",
            Json.object().with("message", message.with("data", FlattenedData.of(content.data()))));
  }

  private static Json.Obj apple(Content.Push content) {
    Json.Obj aps =
        content.silent()
            ? Json.object().with("content-available", Json.of(1))
            : Json.object()
                .with(
                    "alert",
                    Json.object().with("title", content.title()).with("body", content.body()));
    return content.data().with("aps", aps);
  }

  private static Json.Obj identified(Json.Obj message, MessageId id) {
    Json.Obj firebase = message.object(FIREBASE).object("fcmV1Message").object("message");
    Json.Obj whole =
        message.with(
            FIREBASE,
            message
                .object(FIREBASE)
                .with(
                    "fcmV1Message",
                    message
                        .object(FIREBASE)
                        .object("fcmV1Message")
                        .with(
                            "message",
                            firebase.with(
                                "data",
                                FlattenedData.of(firebase.object("data"))
                                    .with(Correlation.MESSAGE, id.value())))));
    for (String platform : APPLE) {
      whole = whole.with(platform, whole.object(platform).with(Correlation.MESSAGE, id.value()));
    }
    return whole;
  }
}
