package dev.carillon.provider.vonage;

import dev.carillon.message.Content.Field;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Keyed;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.sms.HexDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The signature of an account that has chosen signed webhooks.
 *
 * <p>https://developer.vonage.com/en/getting-started/concepts/signing-messages
 */
final class VonageSignature {
  static final String FIELD = "sig";

  /** Chosen for the account, beside the secret. */
  enum Method {
    MD5_HASH,
    MD5,
    SHA1,
    SHA256,
    SHA512;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static String[] wireNames() {
      return Arrays.stream(values()).map(Method::wireName).toArray(String[]::new);
    }

    /** The first one for what is none. */
    static Method of(String wireName) {
      return Arrays.stream(values())
          .filter(method -> method.wireName().equals(wireName))
          .findFirst()
          .orElse(MD5_HASH);
    }

    private byte[] code(byte[] secret, byte[] text) {
      return switch (this) {
        case MD5_HASH -> HexDigest.digest("MD5", text, secret);
        case MD5 -> Signatures.hmac(Keyed.HMAC_MD5, secret, text);
        case SHA1 -> Signatures.hmac(Keyed.HMAC_SHA1, secret, text);
        case SHA256 -> Signatures.hmac(Keyed.HMAC_SHA256, secret, text);
        case SHA512 -> Signatures.hmac(Keyed.HMAC_SHA512, secret, text);
      };
    }
  }

  private VonageSignature() {}

  /** What {@code sig} is to be for these fields. */
  static byte[] of(List<Field> fields, String secret, Method method) {
    var text = new StringBuilder();
    fields.stream()
        .filter(field -> !field.name().equals(FIELD))
        .sorted(Comparator.comparing(Field::name))
        .forEach(
            field ->
                text.append('&')
                    .append(plain(field.name()))
                    .append('=')
                    .append(plain(field.value())));
    return method.code(Signatures.utf8(secret), Signatures.utf8(text.toString()));
  }

  /** Whether exactly one {@code sig} is among the fields, and the right one. */
  static boolean signs(FormBody form, String secret, Method method) {
    List<String> given =
        form.fields().stream()
            .filter(field -> field.name().equals(FIELD))
            .map(Field::value)
            .toList();
    return given.size() == 1
        && Signatures.unhex(given.getFirst())
            .map(code -> Signatures.equal(code, of(form.fields(), secret, method)))
            .orElse(false);
  }

  private static String plain(String text) {
    return text.replace('&', '_').replace('=', '_');
  }
}
