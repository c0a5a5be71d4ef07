package dev.carillon.functions.api.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds which texts Java source hands to calls. */
final class SourceCalls {
  private static final Pattern TEXT = Pattern.compile("\"([a-z_]+)\"");

  private SourceCalls() {}

  /** The texts in lower case that stand in the nth argument, from 0, of calls of that name. */
  static Set<String> texts(String source, String call, int argument) {
    var texts = new TreeSet<String>();
    Matcher calls = Pattern.compile("\\b" + call + "\\(").matcher(source);
    while (calls.find()) {
      List<String> arguments = arguments(source, calls.end());
      if (arguments.size() > argument) {
        Matcher literals = TEXT.matcher(arguments.get(argument));
        while (literals.find()) {
          texts.add(literals.group(1));
        }
      }
    }
    return texts;
  }

  private static List<String> arguments(String source, int from) {
    var arguments = new ArrayList<String>();
    int depth = 0;
    int start = from;
    for (int i = from; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '"') {
        i = source.indexOf('"', i + 1);
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && depth-- == 0) {
        arguments.add(source.substring(start, i));
        return arguments;
      } else if (c == ',' && depth == 0) {
        arguments.add(source.substring(start, i));
        start = i + 1;
      }
    }
    return arguments;
  }
}
