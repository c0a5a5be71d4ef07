package dev.carillon.local.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Percent-decoding, strict: what is not UTF-8 or not two hexadecimal digits is no text. */
public final class PercentDecoder {

  private PercentDecoder() {}

  /** The decoded text; a plus sign stays one. Empty when it is malformed. */
  public static Optional<String> decoded(String raw) {
    var bytes = new ByteArrayOutputStream(raw.length());
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if (c != '%') {
        // The server hands over the bytes of the request line as characters, one each.
        bytes.write(c);
      } else if (i + 2 < raw.length()
          && HexFormat.isHexDigit(raw.charAt(i + 1))
          && HexFormat.isHexDigit(raw.charAt(i + 2))) {
        bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /** As {@link #decoded}, a plus sign being a blank, as in a query. */
  public static Optional<String> decodedQuery(String raw) {
    return decoded(raw.replace('+', ' '));
  }
}
