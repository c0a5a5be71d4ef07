package dev.carillon.content;

import dev.carillon.json.Json;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which layouts and partials templates may use, told from their texts in whatever language they are
 * written: a word of a template that is the key of a partial may name it. Too many do no harm, none
 * that is used is missed.
 */
final class PartNames {
  /** In a language with escapes a key may be spelled in a way that is not its own. */
  private static final Pattern ESCAPED =
      Pattern.compile("\\brender\\s*(?:'[^']*\\\\|\"[^\"]*\\\\)");

  /** The filter or the tag that translates. */
  private static final Pattern TRANSLATED = Pattern.compile("(?:\\||\\{%-?|\\n)\\s*t\\b");

  private final Set<String> partials;
  private final Set<String> layouts;
  private final Set<ContentId> found = new LinkedHashSet<>();
  private boolean translated;

  /**
   * @param partials the keys of all that there are
   * @param layouts the keys of all that there are
   */
  PartNames(Set<String> partials, Set<String> layouts) {
    this.partials = partials;
    this.layouts = layouts;
    // What is no word is found in no text.
    partials.stream()
        .filter(key -> !key.chars().allMatch(PartNames::isOfWord))
        .forEach(this::partial);
  }

  /** Those that may be used by what was read so far. */
  Set<ContentId> found() {
    return found;
  }

  /** Whether any of what was read so far may ask for a translation. */
  boolean translated() {
    return translated;
  }

  void read(Json json) {
    switch (json) {
      case Json.Obj object -> {
        layout(object);
        if (object.text("type").filter("partial"::equals).isPresent()) {
          object.text("key").filter(partials::contains).ifPresent(this::partial);
        }
        object.fields().values().forEach(this::read);
      }
      case Json.Arr(var items) -> items.forEach(this::read);
      case Json.Str(var text) when text.indexOf('{') >= 0 -> template(text);
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> {}
    }
  }

  /** A mail that says nothing of a layout has the standard one. */
  private void layout(Json.Obj object) {
    object.text("layout_key").ifPresent(this::layout);
    boolean mail =
        object.fields().containsKey("html_body") || object.fields().containsKey("visual_blocks");
    if (mail && !object.object("settings").fields().containsKey("layout_key")) {
      layout(Assets.STANDARD_LAYOUT);
    }
  }

  private void layout(String key) {
    if (layouts.contains(key)) {
      found.add(new ContentId(ContentType.EMAIL_LAYOUT, key));
    }
  }

  private void partial(String key) {
    found.add(new ContentId(ContentType.PARTIAL, key));
  }

  private void template(String text) {
    translated = translated || TRANSLATED.matcher(text).find();
    if (partials.isEmpty()) {
      return;
    }
    if (ESCAPED.matcher(text).find()) {
      partials.forEach(this::partial);
      return;
    }
    int begin = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || !isOfWord(text.charAt(at))) {
        if (at > begin) {
          word(text.substring(begin, at));
        }
        begin = at + 1;
      }
    }
  }

  private void word(String word) {
    if (partials.contains(word)) {
      partial(word);
    }
  }

  private static boolean isOfWord(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }
}
