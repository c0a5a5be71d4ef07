package dev.carillon.template.handlebars;

import dev.carillon.template.render.Escaping;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where in an output a tag stands, as far as that decides what may be printed there: a value in a
 * style sheet must not bring in more than a value, and a value between no quotes in JSON must not
 * be nothing.
 */
final class OutputPlaces {
  private static final Pattern STYLE_ATTRIBUTE =
      Pattern.compile(
          "\\s(?:style|fill|stroke|filter|mask|clip-path|cursor|marker(?:-[a-z]+)?)\\s*="
              + "\\s*(?:\"[^\"]*|'[^']*|[^\\s\"'>]*)$");

  /** How far an attribute is looked for. */
  private static final int FURTHEST = 4_000;

  private final String source;
  private final Escaping escaping;
  private final String lower;
  private int read;
  private boolean quoted;
  private boolean inStyle;
  private int tagStart = -1;

  /** The last character that is not blank. */
  private char before = ' ';

  private OutputPlaces(String source, Escaping escaping) {
    this.source = source;
    this.escaping = escaping;
    this.lower = escaping == Escaping.HTML ? source.toLowerCase(Locale.ROOT) : source;
  }

  /** The source as the parser wants it, its tags through the helper that their place asks for. */
  static String guarded(SourceCheck.Findings findings, Escaping escaping) {
    SourceEdits edits = findings.edits().copy();
    var places = new OutputPlaces(findings.written(), escaping);
    var partials = new ArrayDeque<>(findings.partials());
    for (SourceCheck.Output output : findings.outputs()) {
      while (!partials.isEmpty() && partials.peek().start() < output.start()) {
        places.include(partials.poll(), edits);
      }
      places.readTo(output.start());
      places.read = output.end();
      String helper = places.helper(output);
      if (!helper.isEmpty()) {
        edits.insert(output.from(), helper + (output.call() ? " (" : " "));
        edits.insert(output.to(), output.call() ? ")" : "");
      }
      places.before = 'x';
    }
    partials.forEach(partial -> places.include(partial, edits));
    return edits.apply(findings.written());
  }

  /** Gathers what a partial is given into the one input that says all it may see. */
  private void include(SourceCheck.Inclusion partial, SourceEdits edits) {
    readTo(partial.start());
    read = partial.end();
    before = 'x';
    if (partial.from() < partial.to()) {
      boolean style = escaping == Escaping.HTML && (inStyle || inStyleAttribute(partial.start()));
      edits.insert(
          partial.from(), PartialInputs.NAME + "=(" + PartialInputs.NAME + " " + style + " ");
      edits.insert(partial.to(), ")");
    }
  }

  /** The name of the helper; empty when none is needed. */
  private String helper(SourceCheck.Output output) {
    return switch (escaping) {
      case JSON -> !quoted && ":,[".indexOf(before) >= 0 ? "or_null" : "";
      case HTML -> inStyle ? "css_text" : inStyleAttribute(output.start()) ? "css_value" : "";
      case URL -> output.body(source).startsWith("vars.") && !output.call() ? "raw_text" : "";
      case NONE, MARKDOWN -> "";
    };
  }

  private void readTo(int end) {
    for (int i = read; i < end; i++) {
      char c = source.charAt(i);
      switch (escaping) {
        case JSON -> {
          if (c == '\\' && quoted) {
            i++;
          } else if (c == '"') {
            quoted = !quoted;
          }
          before = Character.isWhitespace(c) ? before : c;
        }
        case HTML -> {
          if (c == '<') {
            tagStart = i;
            inStyle = inStyle ? !lower.startsWith("</style", i) : lower.startsWith("<style", i);
          } else if (c == '>' && tagStart >= 0 && !inStyle) {
            tagStart = -1;
          }
        }
        case URL, NONE, MARKDOWN -> {}
      }
    }
  }

  private boolean inStyleAttribute(int at) {
    return tagStart >= 0
        && STYLE_ATTRIBUTE.matcher(lower.substring(Math.max(tagStart, at - FURTHEST), at)).find();
  }
}
