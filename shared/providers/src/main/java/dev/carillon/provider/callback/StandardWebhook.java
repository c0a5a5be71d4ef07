package dev.carillon.provider.callback;

import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reports signed as Standard Webhooks are, under its own names of headers or those of Svix.
 *
 * <p>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
public final class StandardWebhook {
  /** Before or after; what the specification's own libraries take. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String SECRET_PREFIX = "whsec_";
  private static final String VERSION = "v1,";

  private StandardWebhook() {}

  /**
   * @param secret base64, with or without {@code whsec_} before it
   */
  public static Verdict verify(CallbackRequest request, String secret, Instant now) {
    String bare =
        secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
    Optional<byte[]> key = Signatures.unbase64(bare).filter(bytes -> bytes.length > 0);
    if (key.isEmpty()) {
      return new Verdict.Forged("the webhook secret is not base64");
    }
    Optional<String> id = id(request);
    Optional<String> timestamp = header(request, "timestamp");
    Optional<String> signatures = header(request, "signature");
    Optional<Instant> at =
        timestamp.filter(it -> it.matches("[0-9]{1,12}")).flatMap(EventTimes::seconds);
    if (id.isEmpty() || signatures.isEmpty() || at.isEmpty()) {
      return new Verdict.Forged("no signature");
    }
    byte[] expected =
        Signatures.hmac(
            Signatures.Keyed.HMAC_SHA256,
            key.get(),
            Signatures.utf8(id.get() + "." + timestamp.get() + "."),
            request.body());
    // Several while secrets are exchanged; other versions are other algorithms.
    boolean signed =
        Arrays.stream(signatures.get().split(" "))
            .filter(it -> it.startsWith(VERSION))
            .flatMap(it -> Signatures.unbase64(it.substring(VERSION.length())).stream())
            .anyMatch(it -> Signatures.equal(it, expected));
    if (!signed) {
      return new Verdict.Forged("the signature does not fit");
    }
    return Signatures.timely(at.get(), now, TOLERANCE)
        ? new Verdict.Authentic()
        : new Verdict.Stale();
  }

  /** The report's id, the same when it is sent again. */
  public static Optional<String> id(CallbackRequest request) {
    return header(request, "id");
  }

  private static Optional<String> header(CallbackRequest request, String name) {
    return request.header("webhook-" + name).or(() -> request.header("svix-" + name));
  }
}
