package dev.carillon.template.css;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Style sheets that are known from the sources of templates, parsed when these are compiled.
 * Written while compiling only.
 */
public final class Styles {
  private static final Pattern STYLE =
      Pattern.compile("<style[^>]*>(.*?)</style", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Map<String, Stylesheet> known = new ConcurrentHashMap<>();
  private final Optional<Styles> others;

  public Styles() {
    this.others = Optional.empty();
  }

  public Styles(Styles others) {
    this.others = Optional.of(others);
  }

  /** Parses the style sheets in a source that no variable will change. */
  public void prepare(String source) {
    if (!source.contains("<style") && !source.contains("<STYLE")) {
      return;
    }
    Matcher styles = STYLE.matcher(source);
    while (styles.find()) {
      String css = styles.group(1);
      if (!css.contains("{{")) {
        known.computeIfAbsent(css, Stylesheet::parse);
      }
    }
  }

  /** The parsed style sheet; parsed now unless it was known. */
  Stylesheet sheet(String css) {
    Stylesheet sheet = find(css);
    return sheet == null ? Stylesheet.parse(css) : sheet;
  }

  private Stylesheet find(String css) {
    Stylesheet sheet = known.get(css);
    return sheet == null && others.isPresent() ? others.get().find(css) : sheet;
  }
}
