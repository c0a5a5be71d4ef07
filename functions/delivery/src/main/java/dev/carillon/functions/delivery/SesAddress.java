package dev.carillon.functions.delivery;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses as SES takes them: ASCII only. A display name that is not becomes encoded words (RFC
 * 2047), a domain that is not becomes Punycode; the part before the @ has no such form, and SES
 * refuses it.
 */
final class SesAddress {
  private static final Pattern NAMED = Pattern.compile("(?s)(.*)<([^<>]*)>\\s*");

  /** RFC 2047 allows 75 characters in an encoded word; 45 bytes make 60 of them, 12 frame them. */
  private static final int WORD_BYTES = 45;

  private SesAddress() {}

  /** The addresses of a field: one or several, separated by commas that stand outside quotes. */
  static List<String> all(String field) {
    var addresses = new ArrayList<String>();
    var address = new StringBuilder();
    boolean quoted = false;
    boolean escaped = false;
    for (char c : (field + ",").toCharArray()) {
      if (c == ',' && !quoted) {
        if (!address.toString().isBlank()) {
          addresses.add(of(address.toString().strip()));
        }
        address.setLength(0);
      } else {
        address.append(c);
        quoted ^= c == '"' && !escaped;
        escaped = quoted && c == '\\' && !escaped;
      }
    }
    if (!address.toString().isBlank()) {
      // A quote that is never closed; what it means is for SES to refuse.
      addresses.add(address.substring(0, address.length() - 1).strip());
    }
    return addresses;
  }

  /** One address, with or without a display name. */
  static String of(String address) {
    if (isAscii(address)) {
      return address;
    }
    Matcher named = NAMED.matcher(address);
    return named.matches() ? of(unquoted(named.group(1).strip()), named.group(2)) : domain(address);
  }

  /**
   * @param name may be empty, is neither quoted nor encoded
   */
  static String of(String name, String address) {
    if (name.isBlank()) {
      return domain(address.strip());
    }
    String shown = isAscii(name) ? quoted(name) : encoded(name);
    return shown + " <" + domain(address.strip()) + ">";
  }

  private static String domain(String address) {
    int at = address.lastIndexOf('@');
    if (at < 0 || isAscii(address)) {
      return address;
    }
    try {
      return address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1));
    } catch (IllegalArgumentException _) {
      return address;
    }
  }

  private static String encoded(String name) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    int length = 0;
    for (int c : name.codePoints().toArray()) {
      String text = Character.toString(c);
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (length + bytes > WORD_BYTES) {
        words.add(word(word.toString()));
        word.setLength(0);
        length = 0;
      }
      word.append(text);
      length += bytes;
    }
    words.add(word(word.toString()));
    return String.join(" ", words);
  }

  private static String word(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String unquoted(String name) {
    return name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")
        ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1")
        : name;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
