package dev.carillon.functions.management.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.DeploymentKey;
import dev.carillon.edge.Cursors;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.Query;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EntryPagesTest {
  private static final List<String> FIVE = List.of("1", "2", "3", "4", "5");
  private static final Cursors CURSORS = Cursors.of(new DeploymentKey("0".repeat(64)), "a list");

  /** So large that two fit into an answer. */
  private static final Function<String, Json> LARGE =
      it -> Json.object().with("id", it).with("text", "x".repeat(Limits.ANSWER_BYTES * 2 / 5));

  @Test
  void a_list_of_large_entries_is_read_to_its_end_and_back() {
    var first = page(Map.of());
    assertThat(ids(first)).containsExactly("1", "2");
    assertThat(cursor(first, "before")).isEmpty();
    var second = page(Map.of("after", cursor(first, "after")));
    assertThat(ids(second)).containsExactly("3", "4");
    var third = page(Map.of("after", cursor(second, "after")));
    assertThat(ids(third)).containsExactly("5");
    assertThat(cursor(third, "after")).isEmpty();
    assertThat(ids(page(Map.of("before", cursor(third, "before"))))).containsExactly("3", "4");
  }

  @Test
  void a_page_of_a_port_ends_where_the_answer_is_full() {
    var newest = new Page<>(FIVE.reversed(), Optional.<String>empty());
    var first = EntryPages.newestFirst(query(Map.of()), CURSORS, _ -> newest, it -> it, LARGE);
    assertThat(ids(first)).containsExactly("5", "4");
    assertThat(CURSORS.position("after", cursor(first, "after"))).isEqualTo("4");
    var back =
        EntryPages.newestFirst(
            query(Map.of("before", CURSORS.cursor("0"))), CURSORS, _ -> newest, it -> it, LARGE);
    assertThat(ids(back)).containsExactly("2", "1");
    assertThat(CURSORS.position("before", cursor(back, "before"))).isEqualTo("2");
  }

  private static HttpResponse page(Map<String, String> query) {
    return EntryPages.of(FIVE, query(query), CURSORS, it -> it, LARGE);
  }

  private static Query query(Map<String, String> parameters) {
    return new Query(
        parameters.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> List.of(it.getValue()))));
  }

  private static List<String> ids(HttpResponse answer) {
    return body(answer).list("entries").stream()
        .map(it -> ((Json.Obj) it).text("id").orElseThrow())
        .toList();
  }

  private static String cursor(HttpResponse answer, String name) {
    return body(answer).object("page_info").text(name).orElse("");
  }

  private static Json.Obj body(HttpResponse answer) {
    return (Json.Obj) answer.body().orElseThrow();
  }
}
