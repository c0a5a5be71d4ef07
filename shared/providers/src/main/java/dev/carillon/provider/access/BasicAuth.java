package dev.carillon.provider.access;

import dev.carillon.provider.callback.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** HTTP's Basic authentication (RFC 7617), in both directions. */
public final class BasicAuth {
  private BasicAuth() {}

  /** The value of {@code Authorization}. */
  public static String header(String user, String password) {
    return "Basic " + Signatures.base64(Signatures.utf8(user + ":" + password));
  }

  /**
   * Whether a report came with this password, whatever its user: the only proof there is where a
   * provider signs nothing and is told a URL such as {@code https://carillon:secret@host/path}.
   */
  public static boolean proves(CallbackRequest request, String password) {
    return password(request).map(given -> Signatures.equal(given, password)).orElse(false);
  }

  private static Optional<String> password(CallbackRequest request) {
    return request
        .header("authorization")
        .filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6))
        .flatMap(value -> Signatures.unbase64(value.substring(6).strip()))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .filter(pair -> pair.contains(":"))
        .map(pair -> pair.substring(pair.indexOf(':') + 1));
  }
}
