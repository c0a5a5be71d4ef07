package dev.carillon.provider.fcm;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.push.PemKey;
import dev.carillon.provider.push.SignedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The account in whose name messages are sent, as Google Cloud's console gives it for download, and
 * the question for an access token.
 *
 * <p>Source: https://developers.google.com/identity/protocols/oauth2/service-account
 *
 * @param email {@code client_email}
 * @param keyId {@code private_key_id}
 * @param key {@code private_key}, in PEM
 */
record ServiceAccount(String email, String keyId, String key) {
  private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  /**
   * The account's {@code token_uri} comes from the one who configures the channel, so only this one
   * is asked.
   */
  private static final String TOKEN_URL = "https://oauth2.googleapis.com/token";

  private static final Duration ASSERTION = Duration.ofHours(1);

  /** Tokens live for an hour; the last five minutes are left for clocks and calls. */
  static final Duration KEEP = Duration.ofMinutes(55);

  @Override
  public String toString() {
    return "ServiceAccount[" + email + "]";
  }

  /** Empty when the text is no such account, or one whose tokens another host is to give. */
  static Optional<ServiceAccount> read(String json) {
    Json.Obj account = JsonBody.object(json);
    boolean google = account.text("token_uri").map(TOKEN_URL::equals).orElse(true);
    return account
        .text("client_email")
        .filter(_ -> google)
        .flatMap(
            email ->
                account
                    .text("private_key")
                    .map(
                        key ->
                            new ServiceAccount(
                                email, account.text("private_key_id").orElse(""), key)));
  }

  /** Names the token within the channel; another key, another name. */
  String tokenKey() {
    return "fcm_token:" + Digest.of("fcm_token", email, keyId, key).hex().substring(0, 32);
  }

  /** The question for a token; empty when the account's key is none that can sign. */
  Optional<Lookup> askToken(Instant now) {
    Json.Obj header = Json.object().with("alg", "RS256").with("typ", "JWT").with("kid", keyId);
    Json.Obj claims =
        Json.object()
            .with("iss", email)
            .with("scope", SCOPE)
            .with("aud", TOKEN_URL)
            .with("iat", Json.of(now.getEpochSecond()))
            .with("exp", Json.of(now.plus(ASSERTION).getEpochSecond()));
    return PemKey.rsa(key)
        .flatMap(signing -> SignedToken.rs256(header, claims, signing))
        .map(assertion -> new Lookup(tokenKey(), call(assertion), KEEP));
  }

  private static ProviderCall.Http call(String assertion) {
    byte[] form = FormBody.EMPTY.with("grant_type", GRANT).with("assertion", assertion).bytes();
    return new ProviderCall.Http(
            "POST", TOKEN_URL, Map.of("Content-Type", FormBody.CONTENT_TYPE), form)
        .hiding(assertion);
  }
}
