package dev.carillon.project.types;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Names in Java for what is called otherwise; within one scope no two are the same. */
final class JavaNames {
  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[a-z])(?=[A-Z])");

  /** What no component of a record may be called. */
  private static final Set<String> TAKEN_BY_RECORDS =
      Set.of(
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toMap",
          "toString",
          "wait");

  private final Set<String> taken = new HashSet<>();

  /** {@code new-comment} is {@code NewComment}. */
  String type(String name) {
    return free(words(name, true), "Data");
  }

  /** {@code page_name} is {@code pageName}. */
  String component(String name) {
    return free(words(name, false), "value");
  }

  private String free(String wanted, String otherwise) {
    String name = wanted.isEmpty() ? otherwise : wanted;
    if (Character.isDigit(name.charAt(0))) {
      name = "_" + name;
    }
    if (SourceVersion.isKeyword(name) || TAKEN_BY_RECORDS.contains(name)) {
      name = name + "_";
    }
    String free = name;
    for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = name + i;
    }
    return free;
  }

  private static String words(String name, boolean capital) {
    var out = new StringBuilder();
    for (String word : WORDS.split(name)) {
      if (!word.isEmpty()) {
        boolean upper = capital || !out.isEmpty();
        String first = word.substring(0, 1);
        out.append(upper ? first.toUpperCase(Locale.ROOT) : first.toLowerCase(Locale.ROOT))
            .append(word.substring(1));
      }
    }
    return out.toString();
  }
}
