package dev.carillon.template.css;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Finds the style sheets that Outlook is not to see: those between {@code <!--[if !mso]><!-->} and
 * {@code <!--<![endif]-->}, or the same in their other spellings. What stands whole in a comment is
 * Outlook's alone, and no element.
 */
final class ConditionalSheets {
  /** A comment that is nothing but a condition, before what is shown. */
  private static final Pattern BEGINS =
      Pattern.compile("\\W?\\[if\\b[^\\]]*\\]>?(?:<!)?-*", Pattern.CASE_INSENSITIVE);

  private static final Pattern ENDS =
      Pattern.compile("\\W{0,2}\\[endif\\]-*", Pattern.CASE_INSENSITIVE);

  private ConditionalSheets() {}

  static Set<Element> of(Document document) {
    Set<Element> found = Collections.newSetFromMap(new IdentityHashMap<>());
    int[] open = {0};
    document.traverse(
        (node, _) -> {
          if (node instanceof Comment comment) {
            String condition = comment.getData().strip();
            if (BEGINS.matcher(condition).matches()) {
              open[0]++;
            } else if (open[0] > 0 && ENDS.matcher(condition).matches()) {
              open[0]--;
            }
          } else if (open[0] > 0
              && node instanceof Element element
              && element.normalName().equals("style")) {
            found.add(element);
          }
        });
    return found;
  }
}
