package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TranslationCallsTest {
  private final ManagementFixture desk = new ManagementFixture();

  private static Json.Obj body(String format, String content) {
    return Json.object()
        .with(
            "translation",
            Json.object()
                .with("locale_code", "de")
                .with("format", format)
                .with("content", content));
  }

  @Test
  void a_file_is_kept_to_the_byte_and_serves_when_it_is_committed() {
    String content = "{\n  \"hi\":   \"Hallo\" }\n";
    var saved = desk.put("/v1/translations/de?namespace=shop", body("json", content));
    assertThat(saved.status()).isEqualTo(200);
    assertThat(saved.text("translation.namespace")).isEqualTo("shop");
    var shown = desk.get("/v1/translations/de?namespace=shop");
    assertThat(shown.text("translation.content")).isEqualTo(content);
    assertThat(shown.text("content")).isEqualTo(content);
    assertThat(desk.get("/v1/translations/de").status()).isEqualTo(404);
    assertThat(desk.ports.assets().current(ManagementFixture.LOCAL).translations().fields())
        .isEmpty();
    desk.put("/v1/commits");
    assertThat(
            desk.ports
                .assets()
                .current(ManagementFixture.LOCAL)
                .translations()
                .object("de/shop")
                .text("content"))
        .contains(content);
    assertThat(desk.get("/v1/commits").text("entries.0.resource.identifier")).isEqualTo("de/shop");
    assertThat(desk.get("/v1/translations?namespace=shop").body().list("entries")).hasSize(1);
    assertThat(desk.get("/v1/translations?namespace=other").body().list("entries")).isEmpty();
  }

  @Test
  void a_file_may_hold_the_texts_of_a_large_application() {
    String texts =
        IntStream.range(0, 5_000)
            .mapToObj("\"key.%1$d\": \"What the application says in place %1$d\""::formatted)
            .collect(Collectors.joining(",\n", "{", "}"));
    assertThat(desk.put("/v1/translations/de?commit=true", body("json", texts)).status())
        .isEqualTo(200);
    assertThat(
            desk.put(
                    "/v1/translations/fr",
                    body("json", "{\"a\": \"" + "x".repeat(1_000_000) + "\"}"))
                .text("errors.0.message"))
        .contains("1,000,000");
  }

  @Test
  void a_gettext_file_is_shown_as_json_to_who_asks_for_that() {
    desk.put("/v1/translations/de", body("po", "msgid \"hi\"\nmsgstr \"Hallo\"\n"));
    assertThat(desk.get("/v1/translations/de").text("format")).isEqualTo("po");
    assertThat(desk.get("/v1/translations?format=json").text("entries.0.content"))
        .isEqualTo("{\"hi\":\"Hallo\"}");
  }

  @Test
  void a_file_of_json_is_shown_as_gettext_to_who_asks_for_that_and_may_be_saved_so() {
    desk.put("/v1/translations/de", body("json", "{\"a\": {\"hi\": \"Hallo\"}}"));
    String shown = desk.get("/v1/translations?format=po").text("entries.0.content");
    assertThat(shown).endsWith("msgid \"a.hi\"\nmsgstr \"Hallo\"\n");
    assertThat(desk.get("/v1/translations/de?format=po").text("format")).isEqualTo("po");
    assertThat(desk.put("/v1/translations/de", body("po", shown)).status()).isEqualTo(200);
    assertThat(desk.get("/v1/translations/de?format=po").text("content")).isEqualTo(shown);
    assertThat(desk.get("/v1/translations/de?format=xml").status()).isEqualTo(422);
  }

  @Test
  void what_there_is_to_translate_is_listed_with_the_languages_that_lack_it() {
    desk.put("/v1/translations/de-CH", body("json", "{}"));
    desk.put(
        "/v1/translations/de",
        body("json", "{\"bye\": \"Tschüss\", \"Hello {{ a }}\": \"Hallo\"}"));
    desk.put(
        "/v1/translations/fr?namespace=shop", body("json", "{\"books\": {\"other\": \"livres\"}}"));
    desk.put("/v1/partials/card?commit=true", ManagementFixture.partial("{{ \\\"bye\\\" | t }}"));
    desk.put(
        "/v1/workflows/welcome",
        ManagementFixture.workflow(
            "{% if a %}{% t %}Hello {{ a }}{% endt %}{% endif %}{{ \\\"shop:books\\\" | t: count: 2"
                + " }}{{ \\\"shop:books\\\" | t: count: 3 }}{{ key | t }}{% render \\\"card\\\""
                + " %}"));
    desk.put("/v1/workflows/plain", ManagementFixture.workflow("{{ name }}"));
    assertThat(desk.get("/v1/translation_texts").body().list("entries"))
        .extracting(Json::toString)
        .containsExactly(
            "{\"resource_id\":\"card\",\"resource_type\":\"partial\",\"texts\":[{\"locales\":[\"de\",\"de-CH\"],"
                + "\"missing\":[\"en\",\"fr\"],\"text\":\"bye\"}]}",
            "{\"resource_id\":\"plain\",\"resource_type\":\"workflow\",\"texts\":[]}",
            "{\"resource_id\":\"welcome\",\"resource_type\":\"workflow\",\"texts\":[{\"locales\":[\"de\",\"de-CH\"],\"missing\":[\"fr\"],\"text\":\"Hello"
                + " {{ a }}\"},{\"locales\":[\"fr\"],\"missing\":"
                + "[\"de\",\"de-CH\",\"en\"],\"text\":\"shop:books\"}]}");
    var first = desk.get("/v1/translation_texts?limit=1");
    assertThat(first.text("entries.0.resource_id")).isEqualTo("card");
    assertThat(
            desk.get("/v1/translation_texts?limit=1&after=" + first.text("page_info.after"))
                .text("entries.0.resource_id"))
        .isEqualTo("plain");
  }

  @Test
  void what_is_no_such_file_is_refused() {
    assertThat(desk.put("/v1/translations/de", body("json", "{")).text("errors.0.field"))
        .isEqualTo("content");
    assertThat(desk.put("/v1/translations/de/validate", body("po", "x")).text("errors.0.field"))
        .isEqualTo("content");
    assertThat(desk.put("/v1/translations/de", body("xml", "{}")).text("errors.0.field"))
        .isEqualTo("translation.format");
    assertThat(desk.put("/v1/translations/german!", body("json", "{}")).text("errors.0.field"))
        .isEqualTo("locale_code");
    assertThat(
            desk.put("/v1/translations/de?namespace=a/b", body("json", "{}"))
                .text("errors.0.field"))
        .isEqualTo("namespace");
  }

  private String system() {
    return desk.get("/v1/translations/en?namespace=system").text("content");
  }

  @Test
  void texts_between_tags_are_gathered_when_templates_are_committed() {
    String tagged =
        "{% t %}Hello {{ a }}{% endt %}{{ \\\"key\\\" | t }}{% t %}Say \\\"hi\\\"{% endt %}";
    desk.put("/v1/workflows/welcome", ManagementFixture.workflow(tagged));
    assertThat(desk.get("/v1/translations/en?namespace=system").status()).isEqualTo(404);
    desk.put("/v1/commits");
    assertThat(system())
        .isEqualTo(
            "{\n  \"Hello {{ a }}\": \"Hello {{ a }}\",\n"
                + "  \"Say \\\"hi\\\"\": \"Say \\\"hi\\\"\"\n}\n");
    assertThat(desk.get("/v1/commits?resource_type=translation").text("entries.0.commit_message"))
        .isEqualTo("Texts of workflow/welcome");
    desk.put(
        "/v1/partials/card?commit=true",
        ManagementFixture.partial("{% t %}Bye{% endt %}{% t %}Hello {{ a }}{% endt %}"));
    assertThat(system()).endsWith("\",\n  \"Bye\": \"Bye\"\n}\n");
    desk.put("/v1/workflows/welcome?commit=true", ManagementFixture.workflow(tagged + "!"));
    assertThat(desk.get("/v1/commits?resource_type=translation").body().list("entries")).hasSize(2);
  }

  @Test
  void a_text_that_was_gathered_is_told_in_the_readers_language() {
    desk.put(
        "/v1/translations/de?namespace=system&commit=true", body("json", "{\"Bye\": \"Ade\"}"));
    desk.put(
        "/v1/workflows/welcome?commit=true", ManagementFixture.workflow("{% t %}Bye{% endt %}"));
    assertThat(desk.get("/v1/translation_texts").body().list("entries").getFirst().toString())
        .contains("\"missing\":[]");
    desk.put("/v1/commits/promote?to_environment=production");
    assertThat(desk.ports.assets().current(ManagementFixture.PRODUCTION).translations().fields())
        .containsOnlyKeys("de/system", "en/system");
  }

  @Test
  void what_somebody_wrote_into_the_file_of_gathered_texts_stays_as_it_is() {
    String own = "{ \"Bye\":\"So long\",\n\"x\" : {} }";
    desk.put("/v1/translations/en?namespace=system", body("json", own));
    desk.put(
        "/v1/workflows/welcome",
        ManagementFixture.workflow("{% t %}Bye{% endt %}{% t %}Hi{% endt %}"));
    desk.put("/v1/commits?resource_type=workflow");
    assertThat(system()).isEqualTo(own);
    desk.put("/v1/commits");
    desk.put(
        "/v1/workflows/welcome?commit=true", ManagementFixture.workflow("{% t %}Hi{% endt %}"));
    assertThat(system()).isEqualTo("{ \"Bye\":\"So long\",\n\"x\" : {},\n  \"Hi\": \"Hi\"\n}\n");
    desk.put("/v1/translations/en?namespace=system&commit=true", body("po", "msgid \"a\"\n"));
    desk.put(
        "/v1/workflows/welcome?commit=true", ManagementFixture.workflow("{% t %}More{% endt %}"));
    assertThat(system()).isEqualTo("msgid \"a\"\n");
  }
}
