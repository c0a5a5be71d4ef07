package dev.carillon.storage;

import dev.carillon.json.Json;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.webhook.stream.CollectorHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The headers in the secret {@code <prefix>collector}, an object of texts. A change by anybody is
 * noticed within a minute.
 */
final class CollectorSecret implements CollectorHeaders {
  private static final String NAME = "collector";
  private static final Duration AGE = Duration.ofMinutes(1);

  private final SecretStore secrets;
  private final TtlCache<String, Map<String, String>> known;

  CollectorSecret(SecretStore secrets, InstantSource clock) {
    this.secrets = secrets;
    this.known = new TtlCache<>(clock, AGE, name -> headers(secrets.read(name)));
  }

  @Override
  public Map<String, String> find() {
    return known.get(NAME);
  }

  @Override
  public void put(Map<String, String> headers) {
    var values = new LinkedHashMap<String, Json>();
    headers.forEach((name, value) -> values.put(name, Json.of(value)));
    secrets.write(NAME, new Json.Obj(values));
    known.forget(NAME);
  }

  private static Map<String, String> headers(Json.Obj stored) {
    var headers = new LinkedHashMap<String, String>();
    for (String name : stored.fields().keySet()) {
      stored.text(name).ifPresent(value -> headers.put(name, value));
    }
    return headers;
  }

  /**
   * Those of OpenTelemetry's own variable, for a machine that has no secrets of a deployment.
   *
   * @param text {@code name=value}, several with commas between, values percent-encoded; one that
   *     is not, and has a percent sign, stands for itself
   */
  static Map<String, String> parse(String text) {
    var headers = new LinkedHashMap<String, String>();
    for (String pair : text.split(",")) {
      int end = pair.indexOf('=');
      if (end > 0) {
        headers.put(
            pair.substring(0, end).strip().toLowerCase(Locale.ROOT),
            decoded(pair.substring(end + 1).strip()));
      }
    }
    return headers;
  }

  private static String decoded(String value) {
    try {
      // A plus sign stands for itself there.
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return value;
    }
  }

  /** What a variable said, which nobody changes. */
  record Fixed(Map<String, String> find) implements CollectorHeaders {
    @Override
    public void put(Map<String, String> headers) {
      throw new IllegalStateException("OTEL_EXPORTER_OTLP_HEADERS says which headers there are");
    }
  }
}
