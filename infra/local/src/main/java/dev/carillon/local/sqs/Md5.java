package dev.carillon.local.sqs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The digests that SQS answers with and the SDK compares. */
final class Md5 {
  private static final int TEXT = 1;
  private static final int BYTES = 2;

  private Md5() {}

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Attributes in the order of their names: each part preceded by its length in four bytes. */
  static String of(Map<String, MessageAttribute> attributes) {
    var bytes = new ByteArrayOutputStream();
    new TreeMap<>(attributes)
        .forEach(
            (name, attribute) -> {
              append(bytes, name.getBytes(StandardCharsets.UTF_8));
              append(bytes, attribute.type().getBytes(StandardCharsets.UTF_8));
              bytes.write(attribute.binary() ? BYTES : TEXT);
              append(
                  bytes,
                  attribute.binary()
                      ? Base64.getDecoder().decode(attribute.value())
                      : attribute.value().getBytes(StandardCharsets.UTF_8));
            });
    return of(bytes.toByteArray());
  }

  private static void append(ByteArrayOutputStream bytes, byte[] part) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    bytes.writeBytes(part);
  }

  private static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has MD5", e);
    }
  }
}
