package dev.carillon.functions.api.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.access.Caller;
import dev.carillon.event.ChangeMessage;
import dev.carillon.event.Event;
import dev.carillon.functions.api.ApiFixture;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCallsTest {
  private final ApiFixture park = new ApiFixture();

  @ParameterizedTest
  @ValueSource(strings = {"seen", "read", "archived"})
  void marking_sets_the_timestamp_and_unmarking_takes_it_back_each_with_an_event(String status) {
    var marked = call("PUT", status, "");
    assertThat(marked.status()).isEqualTo(200);
    assertThat(marked.text("__typename")).isEqualTo("Message");
    assertThat(marked.text(status + "_at")).isEqualTo("2026-01-05T09:01:00Z");
    assertThat(marked.at("engagement_statuses")).isEqualTo(Json.texts(List.of(status)));
    var unmarked = call("DELETE", status, "");
    assertThat(unmarked.at(status + "_at")).isEqualTo(Json.NULL);
    assertThat(unmarked.at("engagement_statuses")).isEqualTo(Json.texts(List.of()));
    assertThat(events()).endsWith(status, "un" + status);
  }

  @Test
  void marking_again_moves_the_timestamp_and_is_another_event() {
    call("PUT", "seen", "");
    park.clock.advance(Duration.ofMinutes(5));
    assertThat(call("PUT", "seen", "{}").text("seen_at")).isEqualTo("2026-01-05T09:06:00Z");
    assertThat(events()).endsWith("seen", "seen");
  }

  @Test
  void every_mark_is_told_to_the_runs_that_wait_for_it_before_the_call_is_answered() {
    for (var event : List.of("seen", "unseen", "read", "interacted", "archived", "unarchived")) {
      park.listens("message:new-comment:" + event);
    }
    call("PUT", "seen", "");
    call("DELETE", "seen", "");
    call("PUT", "interacted", "");
    call("PUT", "archived", "");
    call("DELETE", "archived", "");
    assertThat(park.told())
        .extracting(Event::source)
        .containsExactly(
            "message:new-comment:seen",
            "message:new-comment:unseen",
            "message:new-comment:read",
            "message:new-comment:interacted",
            "message:new-comment:archived",
            "message:new-comment:unarchived");
    assertThat(park.told()).extracting(Event::id).doesNotHaveDuplicates();
    var data = park.told().getFirst().data();
    assertThat(data.text("message_id")).contains(ApiFixture.FEED_MESSAGE.value());
    assertThat(data.text("channel_id")).contains(ApiFixture.FEED.id().toString());
    assertThat(data.text("step_ref")).contains("feed_1");
    assertThat(data.text("workflow_recipient_run_id")).contains(ApiFixture.RUN.toString());
  }

  @Test
  void taking_back_what_is_taken_back_tells_the_same_event_again() {
    park.listens("message:new-comment:unseen");
    call("PUT", "seen", "");
    call("DELETE", "seen", "");
    call("DELETE", "seen", "");
    assertThat(park.told()).hasSize(2);
    assertThat(park.told().stream().distinct()).hasSize(1);
  }

  @Test
  void unmarking_what_was_not_marked_changes_nothing() {
    assertThat(call("DELETE", "read", "").status()).isEqualTo(200);
    assertThat(stored()).isEqualTo(ApiFixture.feedMessage().stored());
  }

  @Test
  void an_interaction_with_an_item_of_a_feed_is_a_read_and_nothing_else() {
    var reply = call("PUT", "interacted", "{\"metadata\":{\"button\":\"yes\",\"n\":1}}");
    assertThat(reply.text("interacted_at")).isEqualTo("2026-01-05T09:01:00Z");
    assertThat(reply.text("read_at")).isEqualTo("2026-01-05T09:01:00Z");
    assertThat(reply.at("seen_at")).isEqualTo(Json.NULL);
    assertThat(events()).endsWith("read", "interacted");
    var interacted = stored().events().getLast();
    assertThat(interacted.data().object("metadata").text("button")).contains("yes");
  }

  @Test
  void interacting_with_what_was_read_leaves_that_as_it_is() {
    call("PUT", "read", "");
    park.clock.advance(Duration.ofMinutes(5));
    assertThat(call("PUT", "interacted", "").text("read_at")).isEqualTo("2026-01-05T09:01:00Z");
    assertThat(events()).endsWith("read", "interacted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\":7}",
        "{\"metadata\":{\"a\":{}}}",
        "{\"metadata\":{\"a\":[]}}",
        "{\"metadata\":{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1}}",
        "{\"meta\":{}}"
      })
  void metadata_is_flat_and_small(String body) {
    assertThat(call("PUT", "interacted", body).status()).isEqualTo(422);
    assertThat(stored().engagement()).isEmpty();
  }

  @Test
  void a_broken_body_is_told_of() {
    assertThat(call("PUT", "seen", "{").status()).isEqualTo(400);
  }

  @Test
  void browsers_may_mark() {
    assertThat(call("pk_local", "PUT", "seen", ApiFixture.FEED_MESSAGE.value(), "").status())
        .isEqualTo(200);
  }

  /** The feed of anybody who is named gives ids; an address must not come of one. */
  @Test
  void a_public_key_alone_learns_no_address_by_marking() {
    var id = ApiFixture.FEED_MESSAGE.value();
    assertThat(call("sk_local", "PUT", "seen", id, "").text("recipient_snapshot.email"))
        .isEqualTo("john@ingen.net");
    for (var method : List.of("PUT", "DELETE")) {
      assertThat(call("pk_local", method, "seen", id, "").at("recipient_snapshot"))
          .isEqualTo(Json.object().with("name", "John Hammond"));
    }
    var batch = Json.object().with("message_ids", Json.texts(List.of(id)));
    var marked =
        park.call("pk_local", "POST /v1/messages/batch/read", Map.of(), "", batch.toString());
    assertThat(marked.toString()).doesNotContain("john@ingen.net");
  }

  @Test
  void a_message_of_another_environment_is_not_there() {
    var reply = call("sk_elsewhere", "PUT", "seen", ApiFixture.FEED_MESSAGE.value(), "");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(stored().engagement()).isEmpty();
  }

  @Test
  void what_cannot_be_an_id_is_not_there() {
    assertThat(call("sk_local", "PUT", "seen", "nonsense", "").status()).isEqualTo(404);
  }

  @Test
  void marks_made_at_once_all_count() throws InterruptedException, ExecutionException {
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 4; i++) {
      for (var status : List.of("seen", "read", "archived", "interacted")) {
        calls.add(() -> call("PUT", status, "").status());
      }
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    assertThat(stored().engagement().keySet())
        .contains(Engagement.SEEN, Engagement.READ, Engagement.ARCHIVED, Engagement.INTERACTED);
    assertThat(events()).filteredOn("seen"::equals).hasSize(4);
  }

  @Test
  void whoever_never_gets_a_turn_is_told_to_come_again() {
    var contended = new ContendedMessages(park.messages);
    var calls =
        new StatusCalls(
            new MarkMessage(
                new ChangeMessage(contended, park.tell()), park.clock, park.ports.log()),
            contended,
            park.ports.channels());
    var request =
        new HttpRequest(
            "r-1",
            "PUT",
            "/v1/messages/" + ApiFixture.FEED_MESSAGE.value() + "/seen",
            Map.of("id", ApiFixture.FEED_MESSAGE.value()),
            "",
            Map.of(),
            park.ports.deploymentKeys(),
            new byte[0]);
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(
            () ->
                StatusCalls.did(Engagement.SEEN)
                    .answer(
                        calls,
                        request,
                        new Caller(ApiFixture.DEVELOPMENT, new Caller.Credential.Secret())))
        .extracting(ApiException::problem)
        .isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(stored().engagement()).isEmpty();
  }

  @Test
  void events_are_listed_newest_first_with_ids_that_stay() {
    call("PUT", "seen", "");
    call("DELETE", "seen", "");
    var path = Map.of("id", ApiFixture.FEED_MESSAGE.value());
    var reply = park.call("GET /v1/messages/{id}/events", path, "page_size=2");
    assertThat(reply.each("items", "type")).containsExactly("message.unseen", "message.seen");
    assertThat(reply.each("items", "id")).allMatch(Ksuid::isValid).doesNotHaveDuplicates();
    var rest =
        park.call(
            "GET /v1/messages/{id}/events",
            path,
            "after=" + reply.text("page_info.after") + "&page_size=2");
    assertThat(rest.each("items", "type")).containsExactly("message.delivered", "message.queued");
    var back =
        park.call(
            "GET /v1/messages/{id}/events",
            path,
            "before=" + rest.text("page_info.before") + "&page_size=1");
    assertThat(back.each("items", "type")).containsExactly("message.seen");
  }

  private ApiFixture.Reply call(String method, String status, String body) {
    return call("sk_local", method, status, ApiFixture.FEED_MESSAGE.value(), body);
  }

  private ApiFixture.Reply call(String key, String method, String status, String id, String body) {
    return park.call(key, method + " /v1/messages/{id}/" + status, Map.of("id", id), "", body);
  }

  private Message stored() {
    return park.messages.find(ApiFixture.DEVELOPMENT, ApiFixture.FEED_MESSAGE).orElseThrow();
  }

  private List<String> events() {
    return stored().events().stream().map(Message.Event::type).toList();
  }
}
