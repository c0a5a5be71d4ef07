package dev.carillon.template;

import com.github.jknack.handlebars.EscapingStrategy;
import java.util.regex.Pattern;

/** What happens to the value of <code>{{variable}}</code> on its way into the output. */
enum Escaping implements EscapingStrategy {
  /** For HTML bodies: what opens tags, attributes and entities becomes an entity. */
  HTML {
    @Override
    void append(CharSequence value, StringBuilder out) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '<' -> out.append("&lt;");
          case '>' -> out.append("&gt;");
          case '"' -> out.append("&quot;");
          case '\'' -> out.append("&#x27;");
          case '`' -> out.append("&#x60;");
          case '&' -> out.append("&amp;");
          case '=' -> out.append("&#x3D;");
          default -> out.append(c);
        }
      }
    }
  },

  /** For subjects, text, headers and URLs: nothing. */
  NONE {
    @Override
    void append(CharSequence value, StringBuilder out) {
      out.append(value);
    }
  },

  /** For JSON: what may stand between the quotes of a JSON string. */
  JSON {
    @Override
    void append(CharSequence value, StringBuilder out) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '"' -> out.append("\\\"");
          case '\\' -> out.append("\\\\");
          case '\n' -> out.append("\\n");
          case '\r' -> out.append("\\r");
          case '\t' -> out.append("\\t");
          default -> {
            if (c < 0x20 || c == '\u007f' || c == '\u2028' || c == '\u2029') {
              out.append("\\u").append(String.format("%04x", (int) c));
            } else {
              out.append(c);
            }
          }
        }
      }
    }
  },

  /** For Markdown sources: punctuation in a value is punctuation, never Markdown. */
  MARKDOWN {
    @Override
    void append(CharSequence value, StringBuilder out) {
      Markdown.shield(value, out);
    }
  };

  private static final Pattern ONE_VALUE = Pattern.compile("\\s*\\{\\{[^{}]*}}\\s*");

  /**
   * That of a text that is to come to JSON. Where it is nothing but one value, the value is not
   * between quotes: an object is to come out as an object.
   */
  static Escaping ofJson(String source) {
    return ONE_VALUE.matcher(source).matches() ? NONE : JSON;
  }

  abstract void append(CharSequence value, StringBuilder out);

  @Override
  public CharSequence escape(CharSequence value) {
    if (this == NONE) {
      return value;
    }
    var out = new StringBuilder(value.length() + 16);
    append(value, out);
    return out;
  }
}
