package dev.carillon.provider.sms;

import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Keyed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes what {@link SharedToken} reads. Claims have apostrophes for quotation marks. */
public final class SharedTokens {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private SharedTokens() {}

  public static String hs256(String claims, String secret) {
    String content = part("{'alg':'HS256','typ':'JWT'}") + "." + part(claims);
    byte[] code =
        Signatures.hmac(Keyed.HMAC_SHA256, Signatures.utf8(secret), Signatures.utf8(content));
    return content + "." + BASE64.encodeToString(code);
  }

  public static String unsigned(String claims) {
    return part("{'alg':'none'}") + "." + part(claims) + ".";
  }

  private static String part(String json) {
    return BASE64.encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
