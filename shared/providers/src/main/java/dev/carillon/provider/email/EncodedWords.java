package dev.carillon.provider.email;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;

/** Text that is not ASCII in a header: encoded words (RFC 2047) in UTF-8 and base64. */
public final class EncodedWords {
  /** RFC 2047 allows 75 characters in an encoded word; 45 bytes make 60 of them, 12 frame them. */
  private static final int WORD_BYTES = 45;

  private EncodedWords() {}

  /** The text if it is ASCII and does not look encoded; else words with a space between them. */
  public static String of(String text) {
    return isPlain(text) ? text : encoded(text);
  }

  /** Whether it is ASCII and does not look encoded, not even to programs that decode too much. */
  public static boolean isPlain(String text) {
    return isAscii(text) && !text.contains("=?");
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** Encoded words in any case. None cuts a character in two. */
  public static String encoded(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    int length = 0;
    for (int c : text.codePoints().toArray()) {
      String character = Character.toString(c);
      int bytes = character.getBytes(StandardCharsets.UTF_8).length;
      if (length + bytes > WORD_BYTES) {
        words.add(word(word.toString()));
        word.setLength(0);
        length = 0;
      }
      word.append(character);
      length += bytes;
    }
    words.add(word(word.toString()));
    return String.join(" ", words);
  }

  private static String word(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }
}
