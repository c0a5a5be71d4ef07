package dev.carillon.local.ses;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The encodings of mail content. */
final class MimeContent {
  private static final Pattern ENCODED_WORD =
      Pattern.compile("=\\?([A-Za-z0-9_-]+)\\?([BbQq])\\?([^?\\s]*)\\?=");

  private MimeContent() {}

  /** Base64 with line breaks anywhere; refuses anything else. */
  static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException _) {
      throw SesProtocol.bad("The content is not valid Base64.");
    }
  }

  /** A body by its Content-Transfer-Encoding. */
  static byte[] decoded(String body, String encoding) {
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "base64" -> base64(body);
      case "quoted-printable" -> quotedPrintable(body.replaceAll("=[ \t]*\r?\n", ""));
      default -> body.getBytes(StandardCharsets.ISO_8859_1);
    };
  }

  private static byte[] quotedPrintable(String text) {
    var bytes = new ByteArrayOutputStream();
    for (var at = 0; at < text.length(); at++) {
      var character = text.charAt(at);
      if (character == '='
          && at + 2 < text.length()
          && Character.digit(text.charAt(at + 1), 16) >= 0
          && Character.digit(text.charAt(at + 2), 16) >= 0) {
        bytes.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
        at += 2;
      } else {
        bytes.write(character);
      }
    }
    return bytes.toByteArray();
  }

  /** A header's text with its encoded words in clear. */
  static String header(String value) {
    // White space between two encoded words belongs to neither.
    var joined = value.replaceAll("(\\?=)\\s+(=\\?)", "$1$2");
    return ENCODED_WORD
        .matcher(joined)
        .replaceAll(
            word ->
                Matcher.quoteReplacement(
                    new String(
                        word.group(2).equalsIgnoreCase("B")
                            ? base64(word.group(3))
                            : quotedPrintable(word.group(3).replace('_', ' ')),
                        charset(word.group(1)))));
  }

  static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException _) {
      return StandardCharsets.UTF_8;
    }
  }
}
