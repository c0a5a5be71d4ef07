package dev.carillon.source;

import java.util.regex.Pattern;

/**
 * The last part of the URL that a source receives at, in one environment. Who knows it may send
 * events, so it is made so that nobody can guess it, and its text form never shows it.
 */
public record SourceId(String value) {
  /** What the path of such a URL begins with. */
  public static final String PATH = "/integrations/receive/";

  private static final Pattern FORM = Pattern.compile("src_[A-Za-z0-9_-]{8,64}");

  public SourceId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("Not the id of a source");
    }
  }

  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return "src_…";
  }
}
