package dev.carillon.provider.apns;

import dev.carillon.json.Json;
import dev.carillon.provider.ProviderCall.Authentication;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.push.PemKey;
import dev.carillon.provider.push.SignedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How Apple knows the sender.
 *
 * <p>Source:
 * https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns
 */
sealed interface ApnsIdentity {
  /**
   * Apple refuses tokens older than an hour, and senders who renew theirs more often than every 20
   * minutes. Whoever signs in the same 40 minutes says the same instant, and so has the same token.
   */
  Duration PERIOD = Duration.ofMinutes(40);

  /** A token in a header. */
  record Token(String token) implements ApnsIdentity {
    @Override
    public String toString() {
      return "Token[]";
    }
  }

  /** A certificate shown as the connection is made. */
  record Certified(Authentication.Certificate certificate) implements ApnsIdentity {
    @Override
    public String toString() {
      return "Certified[]";
    }
  }

  /** What the settings come to. */
  sealed interface Read {}

  record Known(ApnsIdentity identity) implements Read {}

  /** The settings are at fault. */
  record Unknown(String reason) implements Read {}

  static Read of(ProviderSettings settings, Instant now) {
    return settings.required(ApnsSettings.SCHEME).equals(ApnsSettings.CERTIFICATE_SCHEME)
        ? certificate(settings)
        : token(settings, now);
  }

  private static Read certificate(ProviderSettings settings) {
    Optional<String> certificate = settings.text(ApnsSettings.CERTIFICATE);
    Optional<String> key = settings.text(ApnsSettings.PRIVATE_KEY);
    if (certificate.isEmpty() || key.isEmpty()) {
      return new Unknown("missing certificate or private_key");
    }
    return new Known(new Certified(new Authentication.Certificate(certificate.get(), key.get())));
  }

  private static Read token(ProviderSettings settings, Instant now) {
    Optional<String> key = settings.text(ApnsSettings.SIGNING_KEY);
    Optional<String> keyId = settings.text(ApnsSettings.KEY_ID);
    Optional<String> team = settings.text(ApnsSettings.TEAM_ID);
    if (key.isEmpty() || keyId.isEmpty() || team.isEmpty()) {
      return new Unknown("missing signing_key, key_id or team_id");
    }
    long period = PERIOD.toSeconds();
    long issued = Math.floorDiv(now.getEpochSecond(), period) * period;
    Json.Obj header = Json.object().with("alg", "ES256").with("kid", keyId.get());
    Json.Obj claims = Json.object().with("iss", team.get()).with("iat", Json.of(issued));
    return PemKey.ec(key.get())
        .flatMap(signing -> SignedToken.es256(header, claims, signing))
        .<Read>map(token -> new Known(new Token(token)))
        .orElseGet(() -> new Unknown("signing_key is no key of Apple's"));
  }
}
