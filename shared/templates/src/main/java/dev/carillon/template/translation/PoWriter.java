package dev.carillon.template.translation;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes texts as a gettext file that {@link PoFile} reads the same texts from: what lies in
 * objects by a dotted id, plural forms by their numbers. What is neither a text nor a number is
 * left out, as no template can say it.
 */
final class PoWriter {
  private final StringBuilder out = new StringBuilder();
  private final List<String> forms;

  private PoWriter(List<String> forms) {
    this.forms = forms;
  }

  /** All forms there are, those that the language knows first. */
  static List<String> numbered(Locale locale) {
    var numbered = new ArrayList<>(PluralRules.forms(locale));
    Stream.of("zero", "one", "two", "few", "many", PluralRules.OTHER)
        .filter(form -> !numbered.contains(form))
        .forEach(numbered::add);
    return List.copyOf(numbered);
  }

  static String write(Json.Obj texts, Locale locale) {
    var writer = new PoWriter(numbered(locale));
    writer
        .string("msgid", "")
        .string(
            "msgstr",
            "Language: "
                + locale.toLanguageTag()
                + "\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
                + "Content-Transfer-Encoding: 8bit\n");
    writer.entries("", texts);
    return writer.out.toString();
  }

  private void entries(String before, Json.Obj texts) {
    texts.fields().forEach((key, value) -> entry(before + key, value));
  }

  private void entry(String id, Json value) {
    switch (value) {
      case Json.Str(var text) -> plain(id, text);
      case Json.Num(var number) -> plain(id, number.toPlainString());
      case Json.Obj forms when TranslationCatalog.isPlural(forms) -> plural(id, forms);
      case Json.Obj nested -> entries(id + ".", nested);
      case Json.Arr _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private void plain(String id, String text) {
    out.append('\n');
    string("msgid", id).string("msgstr", text);
  }

  private void plural(String id, Json.Obj byForm) {
    out.append('\n');
    string("msgid", id).string("msgid_plural", id);
    for (int number = 0; number < forms.size(); number++) {
      String keyword = "msgstr[" + number + "]";
      byForm.text(forms.get(number)).ifPresent(text -> string(keyword, text));
    }
  }

  private PoWriter string(String keyword, String text) {
    String escaped =
        text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\t", "\\t")
            .replace("\r", "\\r");
    out.append(keyword).append(" \"").append(escaped).append("\"\n");
    return this;
  }
}
