package dev.carillon.edge.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.edge.Cursors.Paging;
import dev.carillon.edge.Limits;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.page.Page;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final Optional<String> NONE = Optional.empty();
  private static final List<String> FIVE = List.of("5", "4", "3", "2", "1");

  @Test
  void a_page_that_fits_is_given_whole() {
    var fitted = fitted(new Paging(5, NONE, NONE, false), 1_000);
    assertThat(items(fitted)).isEqualTo(FIVE);
    assertThat(fitted.next()).contains("port");
    assertThat(fitted.newer()).isEmpty();
  }

  @Test
  void a_page_that_would_not_fit_ends_early_and_its_cursor_leads_on() {
    var fitted = fitted(new Paging(5, Optional.of("6"), NONE, false), Limits.ANSWER_BYTES * 2 / 5);
    assertThat(items(fitted)).containsExactly("5", "4");
    assertThat(fitted.next()).contains("4");
    assertThat(fitted.newer()).contains("5");
  }

  @Test
  void what_is_asked_for_before_a_position_is_what_is_nearest_to_it() {
    var fitted = fitted(new Paging(10, NONE, Optional.of("0"), false), Limits.ANSWER_BYTES * 2 / 5);
    assertThat(items(fitted)).containsExactly("2", "1");
    assertThat(fitted.next()).contains("port");
    assertThat(fitted.newer()).contains("2");
  }

  @Test
  void an_item_that_is_too_large_by_itself_is_given_alone() {
    assertThat(items(fitted(new Paging(5, NONE, NONE, false), Limits.ANSWER_BYTES + 1)))
        .containsExactly("5");
  }

  /** Each text so often that it fills the room, as the answer of a function writes it. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "\"", "\\", "é", "字", "😀", "\n", "\u0001"})
  void an_item_takes_the_bytes_that_it_has_in_the_answer_of_a_function(String text) {
    int each = written(text.repeat(2)) - written(text);
    int most = (Limits.ANSWER_BYTES - (written(text) - each)) / each;
    assertThat(new AnswerRoom().takes(Json.of(text.repeat(most)))).isTrue();
    assertThat(new AnswerRoom().takes(Json.of(text.repeat(most + 1)))).isFalse();
  }

  /** In the body of a function's answer, which is a text, without the quotes around that. */
  private static int written(String text) {
    return JsonText.bytes(Json.of(JsonText.write(Json.of(text)))).length - 2;
  }

  private static Pages.Fitted<String> fitted(Paging paging, int bytes) {
    var text = "x".repeat(bytes);
    return Pages.fitted(
        paging,
        new Page<>(FIVE, Optional.of("port")),
        it -> it,
        it -> Json.object().with("id", it).with("text", text));
  }

  private static List<String> items(Pages.Fitted<String> fitted) {
    return fitted.shown().stream().map(AnswerRoom.Shown::item).toList();
  }
}
