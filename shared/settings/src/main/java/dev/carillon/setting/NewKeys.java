package dev.carillon.setting;

import dev.carillon.access.ApiKey;
import dev.carillon.edge.access.Authentication;
import dev.carillon.environment.EnvironmentId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32;

/**
 * Makes API keys: {@code sk_<environment>_<22 random characters><6 of a checksum>}. The checksum
 * lets scanners of leaked secrets tell a key from something that looks like one.
 *
 * @param chance a random number from 0 to below its argument; nobody may be able to guess it
 */
public record NewKeys(IntUnaryOperator chance) {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** 62^22 is a little more than 2^130. */
  private static final int RANDOM = 22;

  private static final int CHECKSUM = 6;

  public String next(EnvironmentId environment, ApiKey.Kind kind) {
    return next(prefix(kind) + environment.value() + "_");
  }

  /** A token of the management API: {@code knock_st_<22 random characters><6 of a checksum>}. */
  public String serviceToken() {
    return next(Authentication.SERVICE_TOKEN);
  }

  private String next(String prefix) {
    var key = new StringBuilder(prefix);
    for (int i = 0; i < RANDOM; i++) {
      key.append(DIGITS.charAt(chance.applyAsInt(DIGITS.length())));
    }
    return key.append(checksum(key.toString())).toString();
  }

  /** What keys of that kind begin with. */
  public static String prefix(ApiKey.Kind kind) {
    return switch (kind) {
      case SECRET -> "sk_";
      case PUBLIC -> "pk_";
    };
  }

  public static String name(ApiKey.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  public static String checksum(String key) {
    var crc = new CRC32();
    crc.update(key.getBytes(StandardCharsets.UTF_8));
    var digits = new char[CHECKSUM];
    var rest = crc.getValue();
    for (int i = CHECKSUM - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return new String(digits);
  }
}
