package dev.carillon.template.liquid.filter;

import static dev.carillon.template.liquid.filter.TextFilters.of;
import static dev.carillon.template.liquid.filter.TextFilters.text;

import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.LiquidFault;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Filters that write texts for HTML, for URLs, in Base64 and as digests. */
final class MarkupFilters {
  /** Characters that {@code encodeURIComponent} leaves as they are, beside letters and digits. */
  private static final String COMPONENT = "-_.!~*'()";

  /** Those that {@code encodeURI} leaves besides, and the brackets. */
  private static final String WHOLE = COMPONENT + ";/?:@&=+$,#[]";

  static final Map<String, Filter> ALL =
      Map.ofEntries(
          Map.entry("escape", of(MarkupFilters::escape)),
          Map.entry("xml_escape", of(MarkupFilters::escape)),
          Map.entry("escape_once", of(text -> escape(unescape(text)))),
          Map.entry("newline_to_br", of(MarkupFilters::lineBreaks)),
          Map.entry("strip_html", of(MarkupFilters::stripHtml)),
          Map.entry("from_markdown", (in, _, s) -> markdown(in, s)),
          Map.entry("url_encode", of(text -> percent(text, COMPONENT).replace("%20", "+"))),
          Map.entry("url_decode", of(MarkupFilters::decode)),
          Map.entry("cgi_escape", of(text -> percent(text, "-_.~").replace("%20", "+"))),
          Map.entry("uri_escape", of(text -> percent(text, WHOLE))),
          Map.entry("slugify", MarkupFilters::slugify),
          Map.entry("base64_encode", of(MarkupFilters::base64)),
          Map.entry("base64_decode", of(MarkupFilters::fromBase64)),
          Map.entry("md5", of(text -> digest("MD5", text))),
          Map.entry("sha256", of(text -> digest("SHA-256", text))),
          Map.entry("hmac_sha256", (in, a, s) -> text(hmac(s.text(in), a.text(0, s)))));

  private MarkupFilters() {}

  static String escape(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** Ampersands last, so that what was written out stays written out. */
  private static String unescape(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String lineBreaks(String text) {
    return text.replace("\r\n", "\n").replace("\n", "<br />\n");
  }

  /**
   * Without scripts, styles and comments as a whole, and without tags. What opens and never closes
   * stays.
   */
  private static String stripHtml(String text) {
    var blocks = new LinkedHashMap<String, String>();
    blocks.put("<script", "</script>");
    blocks.put("<style", "</style>");
    blocks.put("<!--", "-->");
    blocks.put("<", ">");
    var out = new StringBuilder(text.length());
    int at = 0;
    while (true) {
      int open = text.indexOf('<', at);
      if (open < 0) {
        return out.append(text, at, text.length()).toString();
      }
      out.append(text, at, open);
      at = closed(text, open, blocks);
      if (at < 0) {
        return out.append(text, open, text.length()).toString();
      }
    }
  }

  /** The offset after the block that opens there; -1 when none does that closes. */
  private static int closed(String text, int open, Map<String, String> blocks) {
    for (var entries = blocks.entrySet().iterator(); entries.hasNext(); ) {
      var block = entries.next();
      if (text.startsWith(block.getKey(), open)) {
        int close = text.indexOf(block.getValue(), open + block.getKey().length());
        if (close >= 0) {
          return close + block.getValue().length();
        }
        entries.remove();
      }
    }
    return -1;
  }

  private static Datum markdown(Datum input, FilterScope scope) {
    return text(scope.meter().paid(scope.occasion().markdown().apply(scope.text(input))));
  }

  private static String percent(String text, String kept) {
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw new LiquidFault("half a character cannot be written into a URL");
      }
      if (c < 0x80 && (isLetterOrDigit(c) || kept.indexOf(c) >= 0)) {
        out.append((char) c);
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static boolean isLetterOrDigit(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static String decode(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c == '%') {
        var bytes = new ByteArrayOutputStream();
        while (i < text.length() && text.charAt(i) == '%') {
          bytes.write(octet(text, i));
          i += 3;
        }
        out.append(utf8(bytes.toByteArray()));
      } else {
        out.append(c == '+' ? ' ' : c);
        i++;
      }
    }
    return out.toString();
  }

  private static int octet(String text, int percent) {
    if (percent + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(percent + 1))
        && HexFormat.isHexDigit(text.charAt(percent + 2))) {
      return HexFormat.fromHexDigits(text, percent + 1, percent + 3);
    }
    throw new LiquidFault("a text is not encoded for a URL");
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new LiquidFault("a text is not encoded for a URL");
    }
  }

  private static Datum slugify(Datum input, FilterArguments arguments, FilterScope scope) {
    String text = scope.text(input);
    String slug = Slugs.of(text, arguments.text(0, "default", scope));
    return text(arguments.isSet(1) ? slug : slug.toLowerCase(Locale.ROOT));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Space is passed over and padding may be missing. */
  private static String fromBase64(String text) {
    String dense = text.replaceAll("[\\t\\n\\f\\r ]", "");
    String digits = dense.length() % 4 == 0 ? dense.replaceFirst("==?$", "") : dense;
    if (digits.length() % 4 == 1) {
      throw new LiquidFault("a text is not Base64");
    }
    try {
      return new String(Base64.getDecoder().decode(digits), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new LiquidFault("a text is not Base64");
    }
  }

  private static String digest(String algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  private static String hmac(String text, String key) {
    byte[] secret = key.getBytes(StandardCharsets.UTF_8);
    try {
      var mac = Mac.getInstance("HmacSHA256");
      // A key that is too short is filled up with zeros; one of no length is not taken as such.
      mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
