package dev.carillon.local.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
  private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  private static String text(String path) {
    return new String(ReferencePage.file(path).orElseThrow().body(), StandardCharsets.UTF_8);
  }

  @Test
  void all_that_the_page_loads_comes_from_the_stack_itself() {
    List<String> loaded = LOADED.matcher(text("")).results().map(MatchResult::group).toList();
    assertThat(loaded).hasSize(4);
    LOADED
        .matcher(text(""))
        .results()
        .map(it -> it.group(1))
        .forEach(
            it -> {
              assertThat(it).startsWith("reference/");
              assertThat(ReferencePage.file(it.substring("reference/".length()))).isPresent();
            });
  }

  @Test
  void it_shows_the_document_and_has_the_keys_of_the_demo() {
    assertThat(text("start.js")).contains("\"/v1/openapi\"").contains("sk_local");
    assertThat(text("swagger-ui-bundle.js")).contains("SwaggerUIBundle");
  }

  @Test
  void nothing_else_of_the_class_path_is_served() {
    assertThat(ReferencePage.file("../pom.properties")).isEmpty();
    assertThat(ReferencePage.file("swagger-ui.js")).isEmpty();
    assertThat(ReferencePage.file("/")).isEmpty();
  }
}
