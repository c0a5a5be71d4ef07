package dev.carillon.functions.intake;

import dev.carillon.source.Verification;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether an event is its sender's, by the signature that it bears. */
final class VerifySender {
  /** How old a signature with a time may be: what both Standard Webhooks and Stripe use. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String SHA256 = "HmacSHA256";

  private VerifySender() {}

  /**
   * Whether it is from somebody who knows the secret.
   *
   * @param headers by their names in lower case
   * @param body as it came
   */
  static boolean holds(
      Verification verification,
      String secret,
      Map<String, String> headers,
      byte[] body,
      Instant now) {
    String header = verification.header();
    String sent = headers.getOrDefault(header, "");
    return switch (verification.scheme()) {
      case HMAC_SHA256_HEX ->
          same(sent.replaceFirst("^sha256=", ""), hex(mac(SHA256, bytes(secret), body)));
      case HMAC_SHA256_BASE64 -> same(sent, base64(mac(SHA256, bytes(secret), body)));
      case HMAC_SHA1_HEX -> same(sent, hex(mac("HmacSHA1", bytes(secret), body)));
      case SHARED_SECRET -> same(sent, secret);
      case STRIPE -> stripe(secret, sent, body, now);
      case STANDARD_WEBHOOKS -> standard(header, secret, sent, headers, body, now);
    };
  }

  private static boolean stripe(String secret, String sent, byte[] body, Instant now) {
    String[] parts = sent.split(",");
    Optional<String> time = Stream.of(parts).flatMap(it -> after("t=", it)).findFirst();
    if (time.filter(it -> recent(it, now)).isEmpty()) {
      return false;
    }
    String wanted = hex(mac(SHA256, bytes(secret), bytes(time.get() + "."), body));
    return Stream.of(parts).flatMap(it -> after("v1=", it)).anyMatch(it -> same(it, wanted));
  }

  private static boolean standard(
      String header,
      String secret,
      String sent,
      Map<String, String> headers,
      byte[] body,
      Instant now) {
    String prefix = header.replaceFirst("-signature$", "");
    String id = headers.getOrDefault(prefix + "-id", "");
    String time = headers.getOrDefault(prefix + "-timestamp", "");
    Optional<byte[]> key = standardKey(secret);
    if (id.isEmpty() || !recent(time, now) || key.isEmpty()) {
      return false;
    }
    String wanted = base64(mac(SHA256, key.get(), bytes(id + "." + time + "."), body));
    return Stream.of(sent.split(" "))
        .flatMap(it -> after("v1,", it))
        .anyMatch(it -> same(it, wanted));
  }

  /** What the text after {@code whsec_} encodes. */
  private static Optional<byte[]> standardKey(String secret) {
    try {
      return Optional.of(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Stream<String> after(String prefix, String part) {
    return part.strip().startsWith(prefix)
        ? Stream.of(part.strip().substring(prefix.length()))
        : Stream.empty();
  }

  private static boolean recent(String seconds, Instant now) {
    return seconds.matches("[0-9]{1,11}")
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                .abs()
                .compareTo(TOLERANCE)
            <= 0;
  }

  /** Takes as long wherever they differ. */
  private static boolean same(String sent, String wanted) {
    return MessageDigest.isEqual(bytes(sent), bytes(wanted));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] mac(String algorithm, byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm, e);
    }
  }
}
