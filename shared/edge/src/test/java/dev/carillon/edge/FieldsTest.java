package dev.carillon.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.json.text.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FieldsTest {
  @Test
  void values_are_read_as_what_they_are() {
    var fields =
        fields(
            """
            {"id":"u/1","n":3.0,"big":9999999999,"half":0.5,"yes":true,"none":null,"at":"2026-01-05T10:00:00+01:00",
             "list":[{"id":"a"},7],"word":"read"}\
            """);
    assertThat(fields.required("n").integer(0, 10)).isEqualTo(3);
    assertThat(fields.required("yes").bool()).isTrue();
    assertThat(fields.required("at").instant()).isEqualTo(Instant.parse("2026-01-05T09:00:00Z"));
    assertThat(fields.required("word").oneOf(Set.of("read"))).isEqualTo("read");
    assertThat(fields.optional("none")).isEmpty();
    assertThat(fields.optional("absent")).isEmpty();
    var list = fields.required("list").list(1, 2);
    assertThat(list.getFirst().object().required("id").id()).isEqualTo("a");
  }

  @Test
  void what_is_not_as_asked_for_is_refused_with_its_path() {
    var fields = fields("{\"id\":\"u/1\",\"n\":1.5,\"none\":null,\"o\":{\"list\":[{\"id\":4}]}}");
    refused(() -> fields.required("absent"), "absent");
    refused(() -> fields.required("none"), "none");
    refused(() -> fields.required("id").id(), "id");
    refused(() -> fields.required("id").bool(), "id");
    refused(() -> fields.required("id").object(), "id");
    refused(() -> fields.required("id").list(0, 9), "id");
    refused(() -> fields.required("id").instant(), "id");
    refused(() -> fields.required("id").text(2), "id");
    refused(() -> fields.required("n").integer(0, 10), "n");
    refused(() -> fields.required("n").text(), "n");
    var list = fields.required("o").object().required("list");
    refused(() -> list.list(0, 9).getFirst().object().required("id").id(), "o.list[0].id");
    refused(() -> list.list(2, 9), "o.list");
    refused(() -> list.list(0, 0), "o.list");
    refused(() -> fields.only(Set.of("id", "n", "none")), "o");
    refused(() -> fields.within(10), "body");
    assertThat(fields.within(1_000)).isSameAs(fields);
  }

  @Test
  void ids_of_any_script_pass_up_to_256_characters() {
    for (var id :
        List.of(
            "a",
            " ",
            "...",
            "👍".repeat(256),
            "مرحبا",
            "e\u0301",
            "a%2Fb",
            "$tenants",
            "x".repeat(256))) {
      assertThat(Ids.checked("id", id)).isSameAs(id);
    }
    for (var id :
        List.of(
            "",
            ".",
            "..",
            "a/b",
            "a#b",
            "a\u0000b",
            "\n",
            "\u0085",
            "\u007f",
            "x".repeat(257),
            "x".repeat(300),
            "👍".repeat(257),
            "\ud800",
            "x\udc00")) {
      refused(() -> Ids.checked("id", id), "id");
    }
  }

  private static RequestFields fields(String json) {
    return RequestFields.of(JsonText.parse(json), "");
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
