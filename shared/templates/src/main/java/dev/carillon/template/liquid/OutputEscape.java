package dev.carillon.template.liquid;

import java.util.Set;

/**
 * What happens to a value on its way into the output. What a template itself says is not touched.
 */
public interface OutputEscape {

  /** Writes the value so that it may stand where it is written. */
  void append(String value, StringBuilder out);

  /** The filters that leave nothing to escape when they stand last. */
  Set<String> finishedBy();

  /** Those that output is written in. */
  enum Standard implements OutputEscape {
    /** As it is: Liquid's own way, and that of texts, headers and URLs. */
    NONE {
      @Override
      public void append(String value, StringBuilder out) {
        out.append(value);
      }

      @Override
      public Set<String> finishedBy() {
        return Set.of("raw");
      }
    },

    /** For HTML: what opens tags, attributes and entities becomes an entity. */
    HTML {
      @Override
      public void append(String value, StringBuilder out) {
        for (int i = 0; i < value.length(); i++) {
          char c = value.charAt(i);
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&#34;");
            case '\'' -> out.append("&#39;");
            default -> out.append(c);
          }
        }
      }

      @Override
      public Set<String> finishedBy() {
        return Set.of("raw", "escape", "escape_once", "xml_escape", "from_markdown");
      }
    },

    /** For JSON: what may stand between the quotes of a JSON string. */
    JSON {
      @Override
      public void append(String value, StringBuilder out) {
        for (int i = 0; i < value.length(); i++) {
          char c = value.charAt(i);
          switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
              if (c < 0x20 || c == '\u007f' || c == '\u2028' || c == '\u2029') {
                out.append("\\u%04x".formatted((int) c));
              } else {
                out.append(c);
              }
            }
          }
        }
      }

      @Override
      public Set<String> finishedBy() {
        return Set.of("raw", "json", "jsonify", "inspect");
      }
    }
  }
}
