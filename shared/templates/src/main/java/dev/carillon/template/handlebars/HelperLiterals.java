package dev.carillon.template.handlebars;

import dev.carillon.time.Zones;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be told of a helper's arguments when a template is checked: those that are literals. */
final class HelperLiterals {
  private HelperLiterals() {}

  /** Why such a call can never work; empty when it may. */
  static Optional<String> problem(String helper, String arguments) {
    List<String> words = words(arguments);
    return switch (helper) {
      case "date" ->
          literal(words, 1, "format")
              .flatMap(DateFormat::problem)
              .or(() -> literal(words, 2, "tz").flatMap(HelperLiterals::zoneProblem));
      case "timezone" -> literal(words, 1, "tz").flatMap(HelperLiterals::zoneProblem);
      default -> Optional.empty();
    };
  }

  private static Optional<String> zoneProblem(String name) {
    return name.isEmpty() || Zones.named(name).isPresent()
        ? Optional.empty()
        : Optional.of("'" + Zones.shortened(name) + "' is not a time zone");
  }

  /** The text in quotes under that name, else at that place; empty when it is no literal. */
  private static Optional<String> literal(List<String> words, int index, String name) {
    int place = 0;
    Optional<String> found = Optional.empty();
    for (String word : words) {
      int equals = word.indexOf('=');
      boolean named = equals > 0 && "\"'(".indexOf(word.charAt(0)) < 0;
      if (named && word.substring(0, equals).equals(name)) {
        return unquoted(word.substring(equals + 1));
      }
      if (!named && place++ == index) {
        found = unquoted(word);
      }
    }
    return found;
  }

  private static Optional<String> unquoted(String word) {
    return word.length() > 1
            && "\"'".indexOf(word.charAt(0)) >= 0
            && word.charAt(word.length() - 1) == word.charAt(0)
        ? Optional.of(word.substring(1, word.length() - 1))
        : Optional.empty();
  }

  /** The arguments up to the parenthesis that closes the call. */
  private static List<String> words(String arguments) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    char quote = 0;
    int nested = 0;
    for (int i = 0; i < arguments.length(); i++) {
      char c = arguments.charAt(i);
      if (quote == 0 && nested == 0 && (Character.isWhitespace(c) || c == ')')) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
        if (c == ')') {
          return words;
        }
        continue;
      }
      word.append(c);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(') {
        nested++;
      } else if (c == ')') {
        nested--;
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }
}
