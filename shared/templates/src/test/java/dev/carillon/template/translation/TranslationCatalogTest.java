package dev.carillon.template.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationCatalogTest {
  private static Json file(String locale, String namespace, String tenant, String content) {
    return Json.object()
        .with("locale_code", locale)
        .with("namespace", namespace)
        .with("tenant", tenant)
        .with("format", "json")
        .with("content", content.replace('\'', '"'));
  }

  private static final TranslationCatalog CATALOG =
      TranslationCatalog.of(
          Json.object()
              .with("1", file("en", "", "", "{'hi': 'Hello', 'only': 'English', 'a': {'b': 'AB'}}"))
              .with("2", file("de", "", "", "{'hi': 'Hallo', 'de': 'Deutsch'}"))
              .with("3", file("de-CH", "", "", "{'hi': 'Grüezi'}"))
              .with("4", file("de", "", "acme", "{'hi': 'Moin'}"))
              .with("5", file("en", "shop", "", "{'hi': 'Shop', 'n': {'one': '1', 'other': 'n'}}"))
              .with("6", file("en", "", "", "broken"))
              .with("7", file("fr", "", "", "{'Price: 1.50': 'Prix'}")));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          de-CH, '',   hi,            Grüezi
          de_CH, '',   hi,            Grüezi
          de-AT, '',   hi,            Hallo
          de-CH, '',   de,            Deutsch
          de-CH, '',   only,          English
          de-CH, acme, hi,            Moin
          en,    acme, hi,            Hello
          '',    '',   hi,            Hello
          ja,    '',   hi,            Hello
          de,    '',   a.b,           AB
          de,    '',   shop:hi,       Shop
          fr,    '',   'Price: 1.50', Prix
          de,    '',   none,          -
          de,    '',   a,             -
          de,    '',   shop:none,     -
          """)
  void a_text_is_looked_for_from_the_nearest_to_the_last_resort(
      String locale, String tenant, String key, String text) {
    assertThat(CATALOG.find(locale, tenant, key, Optional.empty()))
        .isEqualTo(Optional.ofNullable(text));
  }

  /** The forms are those that the charts of the CLDR give for these numbers. */
  @ParameterizedTest
  @CsvSource({
    "en, 1, one",
    "en, 0, other",
    "en, 1.0, other",
    "en, 2, other",
    "ja, 1, other",
    "fr, 0, one",
    "fr, 1.5, one",
    "fr, 2, other",
    "de, 1, one",
    "ru, 1, one",
    "ru, 21, one",
    "ru, 11, many",
    "ru, 2, few",
    "ru, 14, many",
    "ru, 1.5, other",
    "pl, 1, one",
    "pl, 22, few",
    "pl, 12, many",
    "pl, 21, many",
    "pl, 5, many",
    "pl, 0.5, other",
    "cs, 1, one",
    "cs, 3, few",
    "cs, 5, other",
    "cs, 1.5, many",
    "ar, 0, zero",
    "ar, 1, one",
    "ar, 2, two",
    "ar, 103, few",
    "ar, 111, many",
    "ar, 100, other",
    "lv, 0, zero",
    "lv, 21, one",
    "lv, 2, other",
    "lt, 1, one",
    "lt, 12, other",
    "lt, 22, few",
    "sl, 101, one",
    "sl, 102, two",
    "sl, 103, few",
    "sl, 5, other",
    "ro, 1, one",
    "ro, 0, few",
    "ro, 119, few",
    "ro, 20, other",
    "he, 1, one",
    "he, 2, two",
    "he, 20, other",
    "cy, 3, few",
    "cy, 6, many",
    "cy, 7, other",
    "hr, 21, one",
    "hr, 22, few",
    "hr, 25, other",
    "is, 21, one",
    "is, 11, other",
    "ga, 7, many",
    "mt, 0, few",
    "gd, 12, two",
    "br, 21, one",
    "pt, 0, one",
    "es, 1.0, one"
  })
  void a_number_takes_the_form_of_the_language(String locale, BigDecimal count, String form) {
    assertThat(PluralRules.form(Locale.of(locale), count)).isEqualTo(form);
  }

  @Test
  void a_count_chooses_a_form_and_none_at_all_its_own_where_there_is_one() {
    var forms =
        TranslationCatalog.of(
            Json.object()
                .with("1", file("en", "", "", "{'n': {'zero': 'no', 'one': '1', 'other': 'n'}}")));
    assertThat(forms.find("en", "", "n", Optional.of(BigDecimal.ZERO))).contains("no");
    assertThat(forms.find("en", "", "n", Optional.of(BigDecimal.ONE))).contains("1");
    assertThat(forms.find("en", "", "n", Optional.of(BigDecimal.TWO))).contains("n");
    assertThat(forms.find("en", "", "n", Optional.empty())).contains("n");
    assertThat(CATALOG.find("en", "", "shop:n", Optional.of(BigDecimal.ZERO))).contains("n");
  }

  @Test
  void texts_written_as_a_gettext_file_are_read_as_the_same_texts() {
    String texts =
        """
        {"hi": "Cześć \\"ty\\"\\n\\tC:\\\\tmp\\u2028 {{ name }}", "shop": {"n": 5, "a.b": "dot", "other": {"x": "y"}},
         "book": {"zero": "nic", "one": "książka", "few": "książki", "many": "książek", "two": "dwie"}}
        """;
    var json = Json.object().with("locale_code", "pl").with("content", texts);
    var po = json.with("format", "po").with("content", TranslationCatalog.gettext(json).get());
    assertThat(TranslationCatalog.texts(po).orElseThrow().fields().keySet())
        .containsExactly("hi", "shop.n", "shop.a.b", "shop.other.x", "book");
    var read = TranslationCatalog.of(Json.object().with("pl", json));
    var back = TranslationCatalog.of(Json.object().with("pl", po));
    for (String key : List.of("hi", "shop.n", "shop.a.b", "shop.other.x")) {
      assertThat(back.find("pl", "", key, Optional.empty()))
          .isPresent()
          .isEqualTo(read.find("pl", "", key, Optional.empty()));
    }
    assertThat(TranslationCatalog.texts(po).orElseThrow().object("book").fields())
        .isEqualTo(TranslationCatalog.texts(json).orElseThrow().object("book").fields());
    assertThat(TranslationCatalog.gettext(po)).isEqualTo(po.text("content"));
  }

  @Test
  void a_gettext_file_says_the_same() {
    var po =
        Json.object()
            .with("locale_code", "pl")
            .with("format", "po")
            .with(
                "content",
                """
                # A comment
                msgid ""
                msgstr "Content-Type: text/plain\\n"

                msgid "hi"
                msgstr ""
                "Cześć "
                "\\"ty\\""

                #, fuzzy
                msgid "book"
                msgid_plural "books"
                msgstr[0] "książka"
                msgstr[1] "książki"
                msgstr[2] "książek"

                msgid "untranslated"
                msgstr ""
                """);
    var catalog = TranslationCatalog.of(Json.object().with("pl", po));
    assertThat(catalog.find("pl", "", "hi", Optional.empty())).contains("Cześć \"ty\"");
    assertThat(catalog.find("pl", "", "book", Optional.of(BigDecimal.TWO))).contains("książki");
    assertThat(catalog.find("pl", "", "book", Optional.of(BigDecimal.TEN))).contains("książek");
    assertThat(catalog.find("pl", "", "untranslated", Optional.empty())).isEmpty();
    assertThat(TranslationCatalog.texts(po.with("content", "what is this"))).isEmpty();
    assertThat(TranslationCatalog.texts(po.with("format", "json"))).isEmpty();
  }
}
