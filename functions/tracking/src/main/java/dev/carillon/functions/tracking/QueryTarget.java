package dev.carillon.functions.tracking;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The target that a link's query brings along: its one {@code url} parameter. */
final class QueryTarget {
  private static final String NAME = "url=";

  private QueryTarget() {}

  /** Decoded; empty when there is none, there are several, or it is not percent-encoded UTF-8. */
  static Optional<String> in(String query) {
    Optional<String> found = Optional.empty();
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(NAME)) {
        if (found.isPresent()) {
          return Optional.empty();
        }
        found = Optional.of(pair.substring(NAME.length()));
      }
    }
    return found.flatMap(QueryTarget::decoded);
  }

  private static Optional<String> decoded(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7f) {
        return Optional.empty();
      }
      if (c != '%') {
        bytes.put((byte) (c == '+' ? ' ' : c));
      } else if (i + 2 < text.length()
          && HexFormat.isHexDigit(text.charAt(i + 1))
          && HexFormat.isHexDigit(text.charAt(i + 2))) {
        bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
