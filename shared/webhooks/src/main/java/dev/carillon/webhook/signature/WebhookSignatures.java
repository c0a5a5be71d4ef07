package dev.carillon.webhook.signature;

import dev.carillon.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers of a call to an endpoint. Each call is signed twice over: as Knock does, for
 * receivers that know Knock, and as Standard Webhooks 1.0.0 says.
 *
 * <pre>
 * x-knock-event           type
 * x-knock-environment-id  environment
 * x-knock-signature       t=milliseconds,s=base64 of HMAC-SHA256(secret's text, "t.body")
 * webhook-id              the event's id
 * webhook-timestamp       seconds
 * webhook-signature       v1,base64 of HMAC-SHA256(secret's bytes, "id.seconds.body"), one for each
 *                         live secret, a blank between
 * traceparent             of the trace that the event is part of, if it is of one
 * </pre>
 *
 * <p>Knock's header has room for one signature: that of the secret that retires as long as one
 * does, so that a receiver that knows nothing of rotation is right until it changes over, and only
 * then must it know the new one. Receivers of the standard's header can change over at any time.
 */
public final class WebhookSignatures {
  private static final String ALGORITHM = "HmacSHA256";

  private WebhookSignatures() {}

  /**
   * @param now of this try
   * @param body as it is sent
   */
  public static Map<String, String> headers(
      WebhookEvent event, WebhookSecrets secrets, Instant now, byte[] body) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json; charset=utf-8");
    headers.put("x-knock-event", event.type().wireName());
    headers.put("x-knock-environment-id", event.environment().value());
    headers.put(
        "x-knock-signature", knock(secrets.live(now).getLast().reveal(), now.toEpochMilli(), body));
    headers.put("webhook-id", event.id());
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    headers.put(
        "webhook-signature",
        secrets.live(now).stream()
            .map(secret -> standard(secret, event.id(), now.getEpochSecond(), body))
            .collect(Collectors.joining(" ")));
    return headers;
  }

  /** Knock's: milliseconds, and the whole text of the secret as the key. */
  public static String knock(String secret, long millis, byte[] body) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    return "t=" + millis + ",s=" + base64(key, millis + ".", body);
  }

  /** Standard Webhooks': seconds, and what the secret encodes as the key. */
  public static String standard(WebhookSecret secret, String id, long seconds, byte[] body) {
    return "v1," + base64(secret.key(), id + "." + seconds + ".", body);
  }

  private static String base64(byte[] key, String before, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(before.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
    }
  }
}
