package dev.carillon.provider.apns;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.push.PushOverrides;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Headers and payload of a notification.
 *
 * <p>Source:
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 *
 * @param headers those that say what is sent, not who sends it
 */
record ApnsRequest(Map<String, String> headers, Json.Obj payload) {
  private static final String ID = "apns-id";
  private static final String PUSH_TYPE = "apns-push-type";
  private static final Pattern NAME = Pattern.compile("apns-[a-z0-9-]{1,60}");
  private static final Pattern VALUE = Pattern.compile("[ -~]{1,256}");
  private static final int MOST_BYTES = 4_096;
  private static final int MOST_BYTES_OF_VOIP = 5_120;

  ApnsRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The id by which Apple answers: of the same message and resend, the same. */
  static UUID id(DeliveryRequest.Subject message) {
    return Digest.of("apns", message.idempotencyKey()).uuid();
  }

  /** Bytes that the payload may have, which are more for calls. */
  int mostBytes() {
    return "voip".equals(headers.get(PUSH_TYPE)) ? MOST_BYTES_OF_VOIP : MOST_BYTES;
  }

  /**
   * @param bundle the topic, unless the overrides name another
   * @return empty when the overrides have a header that cannot be sent
   */
  static Optional<ApnsRequest> of(DeliveryRequest<Content.Push> request, String bundle) {
    Content.Push content = request.content();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("apns-topic", bundle);
    headers.put(PUSH_TYPE, content.silent() ? "background" : "alert");
    headers.put("apns-priority", content.silent() ? "5" : "10");
    for (var header : content.overrides().object("headers").fields().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      String value = FormBody.text(header.getValue());
      if (!NAME.matcher(name).matches() || header.getValue() instanceof Json.Null) {
        continue;
      }
      if (!VALUE.matcher(value).matches()) {
        return Optional.empty();
      }
      headers.put(name, value);
    }
    headers.put(ID, id(request.message()).toString());
    Json.Obj payload =
        PushOverrides.over(payload(content), content.overrides().without("headers"))
            .with(Correlation.MESSAGE, request.message().id().value());
    return Optional.of(new ApnsRequest(headers, payload));
  }

  private static Json.Obj payload(Content.Push content) {
    Json.Obj aps =
        content.silent()
            ? Json.object().with("content-available", Json.of(1))
            : Json.object()
                .with(
                    "alert",
                    Json.object().with("title", content.title()).with("body", content.body()));
    return content.data().with("aps", aps);
  }
}
