package dev.carillon.template.translation;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a gettext file: {@code msgid}, {@code msgid_plural}, {@code msgstr} and {@code msgstr[n]},
 * strings over several lines, comments. The nth form is the nth of the language's forms in CLDR's
 * order, which is how translators' tools number them; behind them come the forms that the language
 * has no use for, such as a text for none at all. An entry without a translation is none.
 */
final class PoFile {
  private static final Pattern LINE =
      Pattern.compile(
          "(?:(msgctxt|msgid|msgid_plural|msgstr(?:\\[(\\d{1,3})])?)\\s+)?\"(.*)\"",
          Pattern.DOTALL);

  private final Map<String, Json> texts = new LinkedHashMap<>();
  private final List<String> forms;
  private String id = "";
  private final Map<Integer, StringBuilder> strings = new LinkedHashMap<>();
  private StringBuilder writing = new StringBuilder();
  private boolean plural;
  private boolean hasStrings;

  private PoFile(List<String> forms) {
    this.forms = forms;
  }

  /** The texts by their ids; empty when a line is none of such a file. */
  static Optional<Json.Obj> read(String text, Locale locale) {
    var file = new PoFile(PoWriter.numbered(locale));
    StringBuilder msgid = new StringBuilder();
    for (String raw : text.lines().toList()) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String keyword = matcher.group(1);
      if (keyword != null) {
        switch (keyword) {
          case "msgctxt" -> file.writing = new StringBuilder();
          case "msgid" -> {
            file.finish(msgid.toString());
            msgid = new StringBuilder();
            file.writing = msgid;
          }
          case "msgid_plural" -> {
            file.plural = true;
            file.writing = new StringBuilder();
          }
          default -> {
            int form = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
            file.hasStrings = true;
            file.writing = file.strings.computeIfAbsent(form, _ -> new StringBuilder());
          }
        }
      }
      file.writing.append(unescaped(matcher.group(3)));
    }
    file.finish(msgid.toString());
    return Optional.of(new Json.Obj(file.texts));
  }

  private void finish(String msgid) {
    id = msgid;
    if (hasStrings && !id.isEmpty()) {
      entry().ifPresent(value -> texts.put(id, value));
    }
    strings.clear();
    plural = false;
    hasStrings = false;
  }

  private Optional<Json> entry() {
    if (!plural) {
      return Optional.of(strings.getOrDefault(0, new StringBuilder()).toString())
          .filter(it -> !it.isEmpty())
          .map(Json::of);
    }
    var byForm = new LinkedHashMap<String, Json>();
    var numbers = new ArrayList<>(strings.keySet());
    for (int number : numbers) {
      String value = strings.get(number).toString();
      if (number < forms.size() && !value.isEmpty()) {
        byForm.put(forms.get(number), Json.of(value));
      }
    }
    return byForm.isEmpty() ? Optional.empty() : Optional.of(new Json.Obj(byForm));
  }

  private static String unescaped(String text) {
    var plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        plain.append(
            switch (next) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> next;
            });
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
