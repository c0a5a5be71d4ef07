package dev.carillon.template.render;

import java.util.regex.Pattern;

/** What happens to the value of <code>{{variable}}</code> on its way into the output. */
public enum Escaping {
  /** For HTML bodies: what opens tags, attributes and entities becomes an entity. */
  HTML {
    @Override
    public void append(CharSequence value, StringBuilder out) {
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

  /** For subjects, text and headers: nothing. */
  NONE {
    @Override
    public void append(CharSequence value, StringBuilder out) {
      out.append(value);
    }
  },

  /** For JSON: what may stand between the quotes of a JSON string. */
  JSON {
    @Override
    public void append(CharSequence value, StringBuilder out) {
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

  /** For URLs: marked, so that each value can be encoded for its place once all are known. */
  URL {
    @Override
    public void append(CharSequence value, StringBuilder out) {
      UrlValues.mark(value, out);
    }
  },

  /** For Markdown sources: punctuation in a value is punctuation, never Markdown. */
  MARKDOWN {
    @Override
    public void append(CharSequence value, StringBuilder out) {
      MarkdownShield.shield(value, out);
    }
  };

  private static final Pattern ONE_VALUE = Pattern.compile("\\s*\\{\\{[^{}]*}}\\s*");

  /**
   * That of a text that is to come to JSON. Where it is nothing but one value, the value is not
   * between quotes: an object is to come out as an object.
   */
  public static Escaping ofJson(String source) {
    return ONE_VALUE.matcher(source).matches() ? NONE : JSON;
  }

  /** Writes the value as it may stand in the output. */
  public abstract void append(CharSequence value, StringBuilder out);
}
