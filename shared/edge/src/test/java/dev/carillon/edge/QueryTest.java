package dev.carillon.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QueryTest {
  @Test
  void every_spelling_of_a_list_is_the_same_list() {
    for (var raw :
        List.of(
            "status[]=a&status[]=b",
            "status%5B%5D=a&status%5b%5d=b",
            "status[0]=a&status[12]=b",
            "status=a&status=b")) {
      assertThat(Query.parse(raw).all("status")).containsExactly("a", "b");
    }
  }

  @Test
  void brackets_and_dots_are_the_same_path() {
    for (var raw :
        List.of(
            "inserted_at[gt]=2026-01-05T09:00:00Z",
            "inserted_at.gt=2026-01-05T10%3A00%3A00%2B01:00")) {
      assertThat(Query.parse(raw).instant("inserted_at.gt"))
          .contains(Instant.parse("2026-01-05T09:00:00Z"));
    }
    assertThat(Query.parse("objects[0][id]=1&objects[0][collection]=t").parameters())
        .containsKeys("objects.0.id", "objects.0.collection");
  }

  @Test
  void values_are_decoded_once_as_utf8() {
    assertThat(Query.parse("a=%25%32%35").one("a")).contains("%25");
    assertThat(Query.parse("a=x+y%20z%2B").one("a")).contains("x y z+");
    assertThat(Query.parse("a=%F0%9F%91%8D%C3%A9,b&b").one("a")).contains("👍é,b");
    assertThat(Query.parse("a=👍é").one("a")).contains("👍é");
    assertThat(Query.parse("a==b&c").one("a")).contains("=b");
    assertThat(Query.parse("c").one("c")).contains("");
  }

  @Test
  void gaps_are_skipped() {
    assertThat(Query.parse("&api_key=pk&&vsn=2").parameters()).containsOnlyKeys("api_key", "vsn");
    assertThat(Query.parse("").parameters()).isEmpty();
  }

  @Test
  void what_is_not_percent_encoded_utf8_is_refused() {
    for (var raw :
        List.of("a=%", "a=%4", "a=%zz", "a=%ff", "a=%c3", "%c0%80=1", "a=%ed%a0%80", "a=%١١")) {
      refused(() -> Query.parse(raw), "query");
    }
  }

  @Test
  void a_single_value_may_not_come_twice() {
    refused(() -> Query.parse("tenant=a&tenant=b").one("tenant"), "tenant");
  }

  @Test
  void typed_values_are_checked() {
    var query = Query.parse("n=51&m=x&b=yes&t=yesterday&i=a%2Fb&s=maybe&j=%7B&d=99999999999&g=7");
    refused(() -> query.integer("n", 1, 50), "n");
    refused(() -> query.integer("m", 1, 50), "m");
    refused(() -> query.integer("d", 1, 50), "d");
    refused(() -> query.bool("b"), "b");
    refused(() -> query.instant("t"), "t");
    refused(() -> query.id("i"), "i");
    refused(() -> query.oneOf("s", Set.of("read", "unread")), "s");
    refused(() -> query.someOf("s", Set.of("read", "unread")), "s");
    refused(() -> query.json("j"), "j");
    assertThat(query.integer("g", 1, 50)).contains(7);
    assertThat(query.integer("absent", 1, 50)).isEmpty();
    assertThat(Query.parse("j=%7B%22a%22:1%7D").json("j").orElseThrow().json())
        .isEqualTo(Json.object().with("a", Json.of(1)));
  }

  @Test
  void unknown_parameters_are_refused_each_by_name() {
    var refused =
        catchThrowableOfType(
            ApiException.class,
            () -> Query.parse("z=1&page_size=2&exclude=3").only(Set.of("page_size")));
    assertThat(refused.problem()).isEqualTo(ErrorCode.INVALID_PARAMS);
    assertThat(refused.fields())
        .extracting(ApiException.Field::path)
        .containsExactly("exclude", "z");
  }

  @Test
  void what_nobody_knows_is_ignored_but_not_what_asks_for_more_than_is_done() {
    var names = Set.of("page_size", "status");
    var query = Query.parse("page_size=2&auto_manage_socket_connection=true&utm_source=x");
    assertThat(query.heeding(names)).isSameAs(query);
    var refused =
        catchThrowableOfType(
            ApiException.class,
            () -> Query.parse("locale=de&x=1&exclude=data&status[]=a").heeding(names));
    assertThat(refused.fields())
        .extracting(ApiException.Field::path)
        .containsExactly("exclude", "locale");
    refused(() -> Query.parse("objects[]=a").heeding(names), "objects");
    refused(() -> Query.parse("inserted_at[eq]=a").heeding(names), "inserted_at.eq");
  }

  @Test
  void filters_are_the_same_in_any_order_and_leave_paging_out() {
    assertThat(Query.parse("b=2&a=1&page_size=3&after=x").filters())
        .isEqualTo(Query.parse("a=1&b=2&page_size=4").filters())
        .isNotEqualTo(Query.parse("a=1&b=3").filters());
  }

  private static void refused(ThrowingCallable call, String field) {
    var refused = catchThrowableOfType(ApiException.class, call);
    assertThat(refused.problem()).isEqualTo(ErrorCode.INVALID_PARAMS);
    assertThat(refused.fields())
        .singleElement()
        .extracting(ApiException.Field::path)
        .isEqualTo(field);
  }
}
