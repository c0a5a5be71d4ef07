package dev.carillon.provider.sms;

import dev.carillon.json.Json;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Keyed;
import dev.carillon.provider.format.JsonBody;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A JSON web token (RFC 7519) that a provider signed with a secret it shares with the channel. */
public final class SharedToken {
  /** Nothing unsigned, and nothing asymmetric: the secret would be taken for a public key. */
  private static final Map<String, Keyed> ALGORITHMS =
      Map.of("HS256", Keyed.HMAC_SHA256, "HS512", Keyed.HMAC_SHA512);

  private SharedToken() {}

  /** Its claims; empty when it is malformed or was not signed with that secret. */
  public static Optional<Json.Obj> claims(String token, String secret) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    byte[] content = Signatures.utf8(parts[0] + "." + parts[1]);
    boolean signed =
        object(parts[0])
            .text("alg")
            .map(ALGORITHMS::get)
            .flatMap(
                algorithm ->
                    decoded(parts[2])
                        .map(
                            given ->
                                Signatures.equal(
                                    given,
                                    Signatures.hmac(algorithm, Signatures.utf8(secret), content))))
            .orElse(false);
    return signed ? Optional.of(object(parts[1])) : Optional.empty();
  }

  private static Json.Obj object(String part) {
    return decoded(part).map(JsonBody::object).orElse(Json.Obj.EMPTY);
  }

  private static Optional<byte[]> decoded(String part) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(part));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
