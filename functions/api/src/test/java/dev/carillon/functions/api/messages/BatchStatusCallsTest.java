package dev.carillon.functions.api.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.message.Engagement;
import dev.carillon.message.Mark;
import dev.carillon.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchStatusCallsTest {
  private static final String ID = ApiFixture.FEED_MESSAGE.value();
  private static final String UNKNOWN = "2xkJq0qJ0Xk3b9v1m5n7p9r1t3u";

  private static final String AGAIN = "x-ratelimited-message_ids";

  private final ApiFixture park = new ApiFixture();

  @ParameterizedTest
  @EnumSource(Mark.class)
  void every_mark_is_set_and_answered_with_the_messages(Mark mark) {
    var reply = call("pk_local", mark, ids(ID, UNKNOWN, ID));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("0.id")).isEqualTo(ID);
    assertThat(reply.text("1.id")).isEqualTo("null");
    assertThat(mark.holds(stored())).isTrue();
  }

  @Test
  void what_was_marked_is_taken_back() {
    call("sk_local", Mark.READ, ids(ID));
    assertThat(stored().engagement()).containsKey(Engagement.READ);
    call("sk_local", Mark.UNREAD, ids(ID));
    assertThat(stored().engagement()).isEmpty();
  }

  @Test
  void a_mark_that_comes_again_within_a_second_changes_nothing_and_is_named() {
    assertThat(call("pk_local", Mark.SEEN, ids(ID)).headers().get(AGAIN)).isEmpty();
    Message once = stored();
    park.clock.advance(Duration.ofMillis(900));

    var again = call("pk_local", Mark.SEEN, ids(UNKNOWN, ID));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("0.id")).isEqualTo(ID);
    assertThat(again.headers().text(AGAIN)).contains(ID);
    assertThat(stored()).isEqualTo(once);

    park.clock.advance(Duration.ofMillis(100));
    assertThat(call("pk_local", Mark.SEEN, ids(ID)).headers().get(AGAIN)).isEmpty();
    assertThat(stored().engagement().get(Engagement.SEEN)).isEqualTo(park.clock.instant());
  }

  @Test
  void another_mark_within_a_second_is_no_repetition() {
    for (Mark mark : List.of(Mark.READ, Mark.UNREAD, Mark.READ, Mark.SEEN, Mark.READ)) {
      assertThat(call("sk_local", mark, ids(ID)).headers().get(AGAIN)).isEmpty();
    }
    for (String metadata : List.of("{\"at\":1}", "{\"at\":2}")) {
      var body = "{\"message_ids\":[\"" + ID + "\"],\"metadata\":" + metadata + "}";
      assertThat(call("sk_local", Mark.INTERACTED, body).headers().get(AGAIN)).isEmpty();
    }
  }

  @Test
  void an_interaction_tells_what_it_was() {
    call(
        "sk_local",
        Mark.INTERACTED,
        "{\"message_ids\":[\"" + ID + "\"],\"metadata\":{\"type\":\"cell_click\"}}");
    assertThat(stored().events().getLast().data().object("metadata").text("type"))
        .contains("cell_click");
  }

  @Test
  void what_is_no_list_of_up_to_fifty_ids_is_refused() {
    refused("{}", "message_ids");
    refused("{\"message_ids\":[]}", "message_ids");
    refused("{\"message_ids\":[\"x\"]}", "message_ids[0]");
    refused("{\"message_ids\":\"" + ID + "\"}", "message_ids");
    refused("{\"message_ids\":[\"" + ID + "\"],\"metadata\":{}}", "metadata");
    String many =
        IntStream.range(0, 51).mapToObj(_ -> "\"" + ID + "\"").collect(Collectors.joining(","));
    refused("{\"message_ids\":[" + many + "]}", "message_ids");
    assertThat(stored().engagement()).isEmpty();
  }

  private void refused(String body, String field) {
    var reply = call("sk_local", Mark.SEEN, body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("errors.0.field")).isEqualTo(field);
  }

  private static String ids(String... ids) {
    return "{\"message_ids\":["
        + List.of(ids).stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","))
        + "]}";
  }

  private ApiFixture.Reply call(String key, Mark mark, String body) {
    return park.call(key, "POST /v1/messages/batch/" + mark.wireName(), Map.of(), "", body);
  }

  private Message stored() {
    return park.messages.find(ApiFixture.DEVELOPMENT, ApiFixture.FEED_MESSAGE).orElseThrow();
  }
}
