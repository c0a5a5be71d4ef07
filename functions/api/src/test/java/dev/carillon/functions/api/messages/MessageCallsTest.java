package dev.carillon.functions.api.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.workflow.StepRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCallsTest {
  private static final String LIST = "GET /v1/messages";

  private final ApiFixture park = new ApiFixture();

  @Test
  void a_message_says_where_it_stands_and_where_it_came_from() {
    var reply = show("GET /v1/messages/{id}", ApiFixture.EMAIL_MESSAGE);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("id")).isEqualTo(ApiFixture.EMAIL_MESSAGE.value());
    assertThat(reply.text("channel.key")).isEqualTo("email");
    assertThat(reply.text("channel.provider")).isEqualTo("email_aws_ses");
    assertThat(reply.text("recipient")).isEqualTo("jhammond");
    assertThat(reply.at("actors")).isEqualTo(Json.texts(List.of("dnedry")));
    assertThat(reply.text("status")).isEqualTo("sent");
    assertThat(reply.text("metadata.external_id")).isEqualTo("m-1");
    assertThat(reply.text("recipient_snapshot.email")).isEqualTo("john@ingen.net");
    assertThat(reply.text("source.step_ref")).isEqualTo("email_1");
    assertThat(reply.text("source.workflow_run_id")).isEqualTo(ApiFixture.TRIGGER.toString());
    assertThat(reply.text("source.workflow_recipient_run_id")).isEqualTo(ApiFixture.RUN.toString());
    assertThat(reply.at("data")).isEqualTo(ApiFixture.DATA);
    assertThat(reply.text("tenant")).isEqualTo("ingen");
    assertThat(reply.body().get("seen_at")).contains(Json.NULL);
  }

  @Test
  void clients_are_shown_items_of_feeds_and_no_other_message() {
    var item = park.call("pk_local", "GET /v1/messages/{id}", id(ApiFixture.FEED_MESSAGE), "", "");
    assertThat(item.status()).isEqualTo(200);
    assertThat(item.toString()).doesNotContain("john@ingen.net");
    var mail = park.call("pk_local", "GET /v1/messages/{id}", id(ApiFixture.EMAIL_MESSAGE), "", "");
    assertThat(mail.status()).isEqualTo(404);
  }

  private static Map<String, String> id(MessageId id) {
    return Map.of("id", id.value());
  }

  @Test
  void content_is_that_of_the_channel() {
    var email = show("GET /v1/messages/{id}/content", ApiFixture.EMAIL_MESSAGE);
    assertThat(email.text("data.__typename")).isEqualTo("MessageEmailContent");
    assertThat(email.text("data.subject_line")).isEqualTo("O'Brien & \"Söhne\"");
    assertThat(email.at("data.cc")).isEqualTo(Json.NULL);
    var feed = show("GET /v1/messages/{id}/content", ApiFixture.FEED_MESSAGE);
    assertThat(feed.text("data.__typename")).isEqualTo("MessageInAppFeedContent");
    assertThat(feed.text("data.blocks.0.name")).isEqualTo("body");
    var webhook = show("GET /v1/messages/{id}/content", ApiFixture.WEBHOOK_MESSAGE);
    assertThat(webhook.text("data.method")).isEqualTo("PUT");
  }

  @Test
  void contents_of_several_messages_come_in_the_order_asked_for() {
    var unknown = Ksuid.of(ApiFixture.START, Digest.of("nobody"));
    var reply =
        park.call(
            "GET /v1/messages/batch/content",
            Map.of(),
            "message_ids[]="
                + ApiFixture.WEBHOOK_MESSAGE
                + "&message_ids[]="
                + unknown
                + "&message_ids[]="
                + ApiFixture.EMAIL_MESSAGE);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.list())
        .extracting(it -> it.text("message_id").orElseThrow())
        .containsExactly(ApiFixture.WEBHOOK_MESSAGE.value(), ApiFixture.EMAIL_MESSAGE.value());
    assertThat(reply.list().getLast())
        .isEqualTo(show("GET /v1/messages/{id}/content", ApiFixture.EMAIL_MESSAGE).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "message_ids[]=x", "message_ids[]=batch&page_size=1"})
  void contents_are_asked_for_by_ids(String query) {
    var reply = park.call("GET /v1/messages/batch/content", Map.of(), query);
    assertThat(reply.status()).isEqualTo(422);
  }

  @Test
  void contents_of_another_environment_are_not_there() {
    var reply =
        park.call(
            "sk_elsewhere",
            "GET /v1/messages/batch/content",
            Map.of(),
            "message_ids=" + ApiFixture.EMAIL_MESSAGE,
            "");
    assertThat(reply.json()).isEqualTo(Json.array(List.of()));
  }

  @Test
  void delivery_logs_are_the_attempts_newest_first() {
    var reply = show("GET /v1/messages/{id}/delivery_logs", ApiFixture.EMAIL_MESSAGE);
    assertThat(reply.at("items.0.response.status")).isEqualTo(Json.of(200));
    assertThat(reply.text("items.0.response.body.MessageId")).isEqualTo("m-1");
    assertThat(reply.at("items.1.response.status")).isEqualTo(Json.of(503));
    assertThat(reply.text("items.1.response.body")).isEqualTo("busy");
    assertThat(reply.text("items.1.request.host")).isEqualTo("email.eu-central-1.amazonaws.com");
    assertThat(reply.text("items.1.request.body.Destination.ToAddresses.0"))
        .isEqualTo("john@ingen.net");
    assertThat(reply.text("items.1.inserted_at")).isEqualTo("2026-01-05T09:00:01Z");
    assertThat(reply.each("items", "id")).allMatch(Ksuid::isValid).doesNotHaveDuplicates();
  }

  @Test
  void a_webhook_shows_its_request_and_a_silence_its_reason() {
    var reply = show("GET /v1/messages/{id}/delivery_logs", ApiFixture.WEBHOOK_MESSAGE);
    assertThat(reply.text("items.0.request.method")).isEqualTo("PUT");
    assertThat(reply.text("items.0.request.host")).isEqualTo("hooks.example.com");
    assertThat(reply.text("items.0.request.path")).isEqualTo("/park/visitors");
    assertThat(reply.text("items.0.request.query")).isEqualTo("?gate=1&who=a+b");
    assertThat(reply.text("items.0.request.headers.x-park")).isEqualTo("nublar");
    assertThat(reply.at("items.0.response.status")).isEqualTo(Json.NULL);
    assertThat(reply.text("items.0.response.body.error")).isEqualTo("No answer within 10 s");
  }

  @Test
  void a_feed_message_was_requested_of_nobody() {
    assertThat(show("GET /v1/messages/{id}/delivery_logs", ApiFixture.FEED_MESSAGE).at("items"))
        .isEqualTo(Json.array(List.of()));
  }

  @Test
  void the_activity_has_the_people_whole() {
    var reply = show("GET /v1/messages/{id}/activities", ApiFixture.FEED_MESSAGE);
    assertThat(reply.text("items.0.recipient.name")).isEqualTo("John Hammond");
    assertThat(reply.text("items.0.actor.name")).isEqualTo("Dennis Nedry");
    assertThat(reply.at("items.0.data")).isEqualTo(ApiFixture.DATA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/events", "/content", "/delivery_logs", "/activities"})
  void messages_of_another_environment_are_not_there(String of) {
    var reply =
        park.call(
            "sk_elsewhere",
            "GET /v1/messages/{id}" + of,
            Map.of("id", ApiFixture.FEED_MESSAGE.value()),
            "",
            "");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text("code")).isEqualTo("resource_missing");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 3",
    "channel_id=email, 1",
    "channel_id=8f14e45f-ceea-467f-a0e6-000000000001, 1",
    "status[]=sent&status[]=delivered, 2",
    "status%5B%5D=undelivered, 1",
    "status=sent, 1",
    "engagement_status[]=unseen, 3",
    "engagement_status[]=seen, 0",
    "tenant=ingen, 3",
    "tenant=biosyn, 0",
    "source=new-comment, 3",
    "source=other, 0",
    "workflow_categories[]=collaboration, 3",
    "workflow_categories[]=billing, 0",
    "inserted_at.gt=2026-01-05T09:00:00Z, 0",
    "inserted_at[gte]=2026-01-05T09:00:00Z, 3",
    "inserted_at.lte=2026-01-05T09:00:00Z, 3",
    "inserted_at.lt=2026-01-05T09:00:00Z, 0",
    "inserted_at.gt=2027-01-05T09:00:00Z&inserted_at.lt=2026-01-05T09:00:00Z, 0",
    "inserted_at.gte=%2B999999999-12-31T23:59:59Z, 0"
  })
  void a_list_holds_what_all_filters_let_through(String query, int expected) {
    assertThat(found(query)).hasSize(expected);
  }

  @Test
  void runs_and_triggers_lead_to_their_messages() {
    assertThat(found("workflow_run_id=" + ApiFixture.TRIGGER)).hasSize(3);
    assertThat(found("workflow_recipient_run_id=" + ApiFixture.RUN)).hasSize(3);
    assertThat(found("workflow_recipient_run_id=00000000-0000-8000-8000-000000000000")).isEmpty();
    assertThat(found("workflow_run_id=00000000-0000-8000-8000-000000000000")).isEmpty();
  }

  @Test
  void ids_are_a_filter_like_the_others() {
    var both =
        "message_ids[]=%s&message_ids[]=%s"
            .formatted(ApiFixture.EMAIL_MESSAGE, ApiFixture.FEED_MESSAGE);
    assertThat(found(both))
        .containsExactlyInAnyOrder(
            ApiFixture.EMAIL_MESSAGE.value(), ApiFixture.FEED_MESSAGE.value());
    assertThat(found(both + "&channel_id=feed")).containsExactly(ApiFixture.FEED_MESSAGE.value());
    assertThat(
            park.call(LIST, Map.of(), ("message_ids[]=" + ApiFixture.FEED_MESSAGE + "&").repeat(51))
                .status())
        .isEqualTo(422);
  }

  @Test
  void data_is_matched_on_every_channel() {
    assertThat(found("trigger_data=" + encoded("{\"page_name\":\"O'Brien & \\\"Söhne\\\"\"}")))
        .hasSize(3);
    assertThat(found("trigger_data=" + encoded("{\"page_name\":\"x\"}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "exclude=blocks, exclude",
    "locale=de, locale",
    "page_size=-1, page_size",
    "page_size=51, page_size",
    "page_size=ten, page_size",
    "status[]=lost, status",
    "engagement_status=ignored, engagement_status",
    "channel_id=pigeon, channel_id",
    "message_ids[]=x, message_ids",
    "workflow_run_id=1-1-1-1-1, workflow_run_id",
    "workflow_recipient_run_id=x, workflow_recipient_run_id",
    "inserted_at.gt=yesterday, inserted_at.gt",
    "inserted_at.eq=2026-01-05T09:00:00Z, inserted_at.eq",
    "trigger_data=%5B%5D, trigger_data",
    "trigger_data=%7B, trigger_data",
    "trigger_data=%7B%22a%22%3A%7B%7D%7D, trigger_data",
    "after=bm9uc2Vuc2Ugb2YgYSBjdXJzb3I, after",
    "source=a&source=b, source"
  })
  void what_is_unknown_or_wrong_is_refused_by_name(String query, String field) {
    var reply = park.call(LIST, Map.of(), query);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("errors.0.field")).isEqualTo(field);
  }

  @Test
  void pages_lead_from_the_newest_to_the_oldest_and_back() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      var at = ApiFixture.START.plusSeconds(3_600L * (i + 1));
      ids.addFirst(make(at, "later_" + i));
    }
    var first = park.call(LIST, Map.of(), "page_size=2&channel_id=feed");
    assertThat(first.each("items", "id")).isEqualTo(ids.subList(0, 2));
    assertThat(first.at("page_info.before")).isEqualTo(Json.NULL);
    var second = page("after=" + first.text("page_info.after"));
    assertThat(second.each("items", "id")).isEqualTo(ids.subList(2, 4));
    var third = page("after=" + second.text("page_info.after"));
    assertThat(third.each("items", "id"))
        .containsExactly(ids.get(4), ApiFixture.FEED_MESSAGE.value());
    assertThat(third.at("page_info.after")).isEqualTo(Json.NULL);
    assertThat(page("before=" + third.text("page_info.before")).each("items", "id"))
        .isEqualTo(ids.subList(2, 4));
    assertThat(page("before=" + first.text("items.1.__cursor")).each("items", "id"))
        .containsExactly(ids.getFirst());
  }

  @Test
  void a_cursor_of_one_list_is_none_of_another() {
    var cursor = park.call(LIST, Map.of(), "").text("items.0.__cursor");
    assertThat(park.call("sk_elsewhere", LIST, Map.of(), "after=" + cursor, "").status())
        .isEqualTo(422);
    assertThat(park.call("GET /v1/workflow_recipient_runs", Map.of(), "after=" + cursor).status())
        .isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/messages",
        "GET /v1/messages/{id}/events",
        "GET /v1/messages/{id}/content",
        "GET /v1/messages/{id}/delivery_logs",
        "GET /v1/messages/{id}/activities",
        "GET /v1/workflow_recipient_runs",
        "GET /v1/workflow_recipient_runs/{id}"
      })
  void reading_what_everybody_got_takes_a_secret_key(String route) {
    var reply = park.call("pk_local", route, Map.of("id", ApiFixture.FEED_MESSAGE.value()), "", "");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text("code")).isEqualTo("incorrect_token_type");
  }

  private String make(Instant at, String step) {
    var id = MessageId.of(at, ApiFixture.RUN, new StepRef(step), ApiFixture.FEED.id());
    park.messages.create(
        ApiFixture.message(ApiFixture.DEVELOPMENT, id, ApiFixture.FEED, step, at),
        MessageContent.NOTHING);
    return id.value();
  }

  private ApiFixture.Reply page(String position) {
    return park.call(LIST, Map.of(), "page_size=2&channel_id=feed&" + position);
  }

  private ApiFixture.Reply show(String route, MessageId id) {
    return park.call(route, Map.of("id", id.value()), "");
  }

  private List<String> found(String query) {
    var reply = park.call(LIST, Map.of(), query);
    assertThat(reply.status()).isEqualTo(200);
    return reply.each("items", "id");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
