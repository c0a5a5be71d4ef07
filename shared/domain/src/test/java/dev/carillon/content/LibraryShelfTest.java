package dev.carillon.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryShelfTest {
  private final Map<ContentId, Json.Obj> stored = new LinkedHashMap<>();
  private final List<Set<ContentId>> reads = new ArrayList<>();

  private void layout(String key, String html) {
    stored.put(
        new ContentId(ContentType.EMAIL_LAYOUT, key), Json.object().with("html_layout", html));
  }

  private void partial(String key, String content) {
    stored.put(
        new ContentId(ContentType.PARTIAL, key),
        Json.object().with("name", key).with("type", "html").with("content", content));
  }

  private void texts(String key, String content) {
    stored.put(new ContentId(ContentType.TRANSLATION, key), Json.object().with("content", content));
  }

  private LibraryShelf shelf() {
    Map<ContentId, VersionId> versions = new LinkedHashMap<>();
    stored.forEach((id, content) -> versions.put(id, WorkflowReader.version(content)));
    return LibraryShelf.EMPTY.with(
        versions,
        wanted -> {
          reads.add(wanted.keySet());
          Map<ContentId, Json.Obj> found = new LinkedHashMap<>(stored);
          found.keySet().retainAll(wanted.keySet());
          return found;
        });
  }

  private static Json.Obj mail(String html) {
    return Json.object().with("html_body", html);
  }

  private static Json.Obj text(String body) {
    return Json.object().with("text_body", body);
  }

  private Set<String> used(Json.Obj template, String locale, String tenant) {
    Assets.Library library =
        shelf().usedBy(List.of(template), List.of(locale.split(" ", -1)), tenant);
    var names = new TreeSet<String>();
    names.addAll(library.layouts().fields().keySet());
    names.addAll(library.partials().fields().keySet());
    names.addAll(library.translations().fields().keySet());
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% render 'card' %}",
        "{%-render \"card\", title: a-%}",
        "{% liquid\nassign a = 1\nrender 'card' for a as b\n%}",
        "{{> card}}",
        "{{~>card title=\"x\"~}}",
        "{{> \"card\"}}",
        "{{> [card]}}",
        "{% render \"\\x63ard\" %}",
        "{% render '\\u{63}ard' %}"
      })
  void a_partial_is_read_when_a_template_names_it(String source) {
    partial("card", "x");
    partial("car", "y");
    assertThat(used(text(source), "", "")).contains("card");
  }

  @Test
  void what_a_used_partial_uses_is_read_too_and_nothing_else_is() {
    layout("default", "{{content}}");
    layout("other", "{% render 'never' %}");
    partial("a", "{% render 'b' %}");
    partial("b", "{% render 'a' %}{% render 'c.d' %}{% render 'gone' %}");
    partial("c.d", "x");
    partial("never", "x");
    assertThat(used(text("{% render 'a' %}"), "", "")).containsExactly("a", "b", "c.d");
    assertThat(used(text("never"), "", "")).isEmpty();
  }

  @Test
  void a_block_of_a_mail_names_its_partial() {
    partial("card", "x");
    var block = Json.object().with("type", "partial").with("key", "card");
    var template = Json.object().with("visual_blocks", Json.array(List.of(block)));
    assertThat(used(template, "", "")).containsExactly("card");
  }

  @Test
  void a_mail_has_the_layout_it_names_or_the_standard_one_or_none() {
    layout("default", "{% render 'foot' %}");
    layout("other", "");
    partial("foot", "x");
    assertThat(used(mail("x"), "", "")).containsExactly("default", "foot");
    assertThat(used(text("x"), "", "")).isEmpty();
    Json.Obj named = mail("x").with("settings", Json.object().with("layout_key", "other"));
    assertThat(used(named, "", "")).containsExactly("other");
    Json.Obj none = mail("x").with("settings", Json.object().with("layout_key", Json.NULL));
    assertThat(used(none, "", "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "de-CH, '', 'de de-CH de/shop en'",
    "de_CH, acme, 'de de-CH de/shop de//acme en'",
    "fr, acme, 'en'",
    "'', '', 'en'",
    "'de pl', acme, 'de de/shop de//acme pl pl//acme en'"
  })
  void texts_come_from_the_files_of_the_readers_languages(
      String locale, String tenant, String files) {
    List.of("de", "de-CH", "de/shop", "de//acme", "de//other", "en", "pl", "pl//acme")
        .forEach(key -> texts(key, "{}"));
    assertThat(used(text("{{ 'a' | t }}"), locale, tenant))
        .containsExactlyInAnyOrder(files.split(" "));
    assertThat(used(text("{{ 'a' | upcase }}"), locale, tenant)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ 'a'|t}}", "{% t %}a{% endt %}", "{%-\n t -%}", "{% liquid\n  t\n%}"})
  void whatever_translates_is_noticed(String source) {
    texts("en", "{\"a\":\"{% render 'card' %}\"}");
    partial("card", "x");
    assertThat(used(text(source), "", "")).containsExactly("card", "en");
  }

  @Test
  void what_was_read_is_kept_and_what_several_want_is_read_together() {
    partial("a", "x");
    partial("b", "{% render 'c' %}");
    partial("c", "x");
    LibraryShelf shelf = shelf();
    var first = shelf.usedBy(List.of(text("{% render 'a' %}{% render 'b' %}")));
    assertThat(reads).extracting(Set::size).containsExactly(2, 1);
    assertThat(shelf.usedBy(List.of(text("{% render 'a' %}{% render 'b' %}")))).isSameAs(first);
    shelf.usedBy(List.of(text("{% render 'c' %}")));
    assertThat(reads).hasSize(2);
    assertThat(first.partials().object("a").fields()).doesNotContainKey("name");
  }

  @Test
  void what_is_laid_over_counts() {
    partial("a", "old");
    LibraryShelf shelf = shelf();
    List<Json.Obj> template = List.of(text("{% render 'a' %}"));
    shelf.usedBy(template);
    var id = new ContentId(ContentType.PARTIAL, "a");
    Json.Obj other = Json.object().with("type", "html").with("content", "new");
    assertThat(shelf.with(Map.of(id, other)).usedBy(template).partials().object("a"))
        .isEqualTo(other);
    assertThat(
            shelf
                .with(Map.of(id, WorkflowReader.version(other)), _ -> Map.of(id, other))
                .usedBy(template)
                .partials()
                .object("a"))
        .isEqualTo(other);
  }
}
