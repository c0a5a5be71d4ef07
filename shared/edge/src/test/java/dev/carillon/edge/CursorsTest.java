package dev.carillon.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.access.DeploymentKey;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final DeploymentKey KEY = new DeploymentKey("a1".repeat(32));

  private final Cursors cursors = Cursors.of(KEY, "env", "GET /v1/messages");

  @Test
  void a_cursor_leads_back_to_its_position() {
    for (var position : List.of("x", "1jNaXzB2RZX3LY8wVQnfCKyPnv7", "é 👍 \u0000")) {
      var cursor = cursors.cursor(position);
      assertThat(cursor).matches("[A-Za-z0-9_-]+");
      assertThat(cursors.position("after", cursor)).isEqualTo(position);
    }
  }

  @Test
  void every_changed_bit_is_noticed() {
    var cursor = cursors.cursor("position-7");
    for (int i = 0; i < cursor.length(); i++) {
      for (int bit = 0; bit < 7; bit++) {
        var changed = new StringBuilder(cursor);
        changed.setCharAt(i, (char) (cursor.charAt(i) ^ 1 << bit));
        refused(cursors, changed.toString());
      }
    }
    for (var other :
        List.of("", "a", "====", "x".repeat(100_000), cursor + "=", cursor + "A", " " + cursor)) {
      refused(cursors, other);
    }
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    var cursor = cursors.cursor("x");
    refused(Cursors.of(KEY, "other", "GET /v1/messages"), cursor);
    refused(Cursors.of(KEY, "env", "GET /v1/messages", ""), cursor);
    refused(Cursors.of(KEY, "envGET /v1/messages"), cursor);
  }

  @Test
  void a_cursor_of_another_deployment_is_refused() {
    var other = new DeploymentKey("b2".repeat(32));
    refused(Cursors.of(other, "env", "GET /v1/messages"), cursors.cursor("x"));
  }

  @Test
  void a_page_is_what_the_query_asks_for() {
    assertThat(cursors.paging(Query.parse("")))
        .isEqualTo(new Cursors.Paging(50, Optional.empty(), Optional.empty(), false));
    assertThat(cursors.paging(Query.parse("page_size=7&after=" + cursors.cursor("p"))))
        .isEqualTo(new Cursors.Paging(7, Optional.of("p"), Optional.empty(), false));
    for (var raw :
        List.of(
            "page_size=51",
            "page_size=-1",
            "page_size=x",
            "after=",
            "before=",
            "after=" + Cursors.of(KEY, "env", "another list").cursor("p"),
            "before=" + "x".repeat(23),
            "before=" + cursors.cursor("position").substring(1),
            "after=" + cursors.cursor("p") + "&before=" + "x".repeat(23),
            "page_size=1&page_size=2")) {
      assertThat(catchThrowableOfType(ApiException.class, () -> cursors.paging(Query.parse(raw))))
          .isNotNull();
    }
  }

  @Test
  void a_page_of_no_entries_is_one_of_the_usual_length() {
    assertThat(cursors.paging(Query.parse("page_size=0")).size()).isEqualTo(50);
  }

  @Test
  void with_both_sides_what_lies_after_counts() {
    var both =
        cursors.paging(
            Query.parse("before=" + cursors.cursor("b") + "&after=" + cursors.cursor("a")));
    assertThat(both).isEqualTo(new Cursors.Paging(50, Optional.of("a"), Optional.empty(), false));
    assertThat(cursors.paging(Query.parse("before=b&after=" + cursors.cursor("a"))))
        .isEqualTo(both);
  }

  @Test
  void nothing_lies_beside_what_is_too_short_for_any_cursor() {
    for (var raw :
        List.of(
            "after=after",
            "before=before",
            "after=after&before=before",
            "after=x&before=" + cursors.cursor("p"),
            "after=" + "x".repeat(22),
            "after=%F0%9F%91%8D")) {
      var paging = cursors.paging(Query.parse(raw));
      assertThat(paging.nowhere()).as(raw).isTrue();
      assertThat(paging.of(_ -> Page.last(List.of("never asked for"))).items()).isEmpty();
    }
  }

  @Test
  void no_cursor_is_as_short() {
    assertThat(cursors.cursor("x")).hasSize(23);
  }

  @Test
  void page_info_has_nulls_where_nothing_follows() {
    assertThat(cursors.pageInfo(50, Optional.of("p"), Optional.empty()))
        .isEqualTo(
            Json.object()
                .with("__typename", "PageInfo")
                .with("after", cursors.cursor("p"))
                .with("before", Json.NULL)
                .with("page_size", Json.of(50)));
  }

  private static void refused(Cursors cursors, String cursor) {
    var refused = catchThrowableOfType(ApiException.class, () -> cursors.position("after", cursor));
    assertThat(refused).as(cursor).isNotNull();
    assertThat(refused.problem()).isEqualTo(ErrorCode.INVALID_PARAMS);
  }
}
