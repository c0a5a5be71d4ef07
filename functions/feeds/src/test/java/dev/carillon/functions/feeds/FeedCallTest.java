package dev.carillon.functions.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.feeds.FeedsFixture.About;
import dev.carillon.json.Json;
import dev.carillon.message.Engagement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedCallTest {
  private final FeedsFixture park = new FeedsFixture();

  @Test
  void an_item_has_its_blocks_its_people_whole_and_what_it_is_about() {
    var id = park.given(About.COMMENT.of("ingen"));
    var reply = park.read("");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("entries.0.id")).isEqualTo(id);
    assertThat(reply.text("entries.0.__typename")).isEqualTo("FeedItem");
    assertThat(reply.text("entries.0.__cursor")).isNotBlank();
    assertThat(reply.text("entries.0.blocks.0.rendered")).isEqualTo("<p>Fences</p>");
    assertThat(reply.text("entries.0.actors.0.name")).isEqualTo("Dennis Nedry");
    assertThat(reply.text("entries.0.actors.1.__typename")).isEqualTo("Object");
    assertThat(reply.text("entries.0.activities.0.recipient.name")).isEqualTo("John Hammond");
    assertThat(reply.at("entries.0.total_activities")).isEqualTo(Json.of(1));
    assertThat(reply.at("entries.0.total_actors")).isEqualTo(Json.of(2));
    assertThat(reply.at("entries.0.data.nested.id")).isEqualTo(Json.of(7));
    assertThat(reply.text("entries.0.source.key")).isEqualTo("new-comment");
    assertThat(reply.text("entries.0.tenant")).isEqualTo("ingen");
    assertThat(reply.at("entries.0.seen_at")).isEqualTo(Json.NULL);
    assertThat(reply.text("entries.0.inserted_at")).isEqualTo("2026-01-05T09:00:01Z");
    assertThat(reply.text("page_info.__typename")).isEqualTo("PageInfo");
  }

  @Test
  void the_compact_form_has_no_activities_one_actor_and_flat_data() {
    park.given(About.COMMENT);
    var reply = park.read("mode=compact");
    assertThat(((Json.Obj) reply.at("entries.0")).fields())
        .doesNotContainKeys("activities", "total_activities");
    assertThat(((Json.Obj) reply.at("entries.0")).list("actors")).hasSize(1);
    assertThat(reply.at("entries.0.total_actors")).isEqualTo(Json.of(2));
    assertThat(reply.at("entries.0.data")).isEqualTo(Json.object().with("page_name", "Fences"));
  }

  @Test
  void files_that_went_along_with_a_mail_are_no_part_of_an_item() {
    var file =
        Json.object()
            .with("name", "invoice.pdf")
            .with("content_type", "application/pdf")
            .with("content", "eA==");
    park.given(
        About.COMMENT.with(
            Json.object().with("order", "F-1").with("attachments", Json.array(List.of(file)))));
    var reply = park.read("exclude=entries.data.nested");
    assertThat(reply.at("entries.0.data")).isEqualTo(Json.object().with("order", "F-1"));
    assertThat(((Json.Obj) reply.at("entries.0.activities.0.data")).fields())
        .containsOnlyKeys("order", "nested");
  }

  @Test
  void a_page_of_large_items_ends_before_the_answer_is_too_large_for_a_function() {
    var ids = new ArrayList<String>();
    var large = About.COMMENT.with(Json.object().with("text", "x".repeat(1_100_000)));
    for (int i = 0; i < 3; i++) {
      ids.addFirst(park.given(large));
    }
    var first = park.read(""); // each item has its data twice
    assertThat(first.ids()).isEqualTo(ids.subList(0, 2));
    assertThat(first.counts()).isEqualTo(counts(3, 3, 3));
    var second = park.read("after=" + first.text("page_info.after"));
    assertThat(second.ids()).isEqualTo(ids.subList(2, 3));
    assertThat(second.at("page_info.after")).isEqualTo(Json.NULL);
  }

  @Test
  void an_item_that_is_too_large_by_itself_leaves_out_what_is_too_much() {
    park.given(About.COMMENT.with(Json.object().with("text", "x".repeat(3_000_000))));
    assertThat(park.read("").at("entries.0.data.text")).isNotEqualTo(Json.NULL);
    assertThat(park.read("").at("entries.0.activities")).isEqualTo(Json.array(List.of()));
    park.given(About.COMMENT.with(Json.object().with("text", "x".repeat(6_000_000))));
    for (String mode : List.of("compact", "rich")) {
      var reply = park.read("page_size=1&mode=" + mode);
      assertThat(reply.at("entries.0.data")).isEqualTo(Json.Obj.EMPTY);
      assertThat(reply.text("entries.0.blocks.0.rendered")).isEqualTo("<p>Fences</p>");
    }
  }

  @Test
  void what_a_browser_client_sets_for_itself_and_sends_all_the_same_is_accepted() {
    var id = park.given(About.COMMENT);
    assertThat(
            park.read(
                    "archived=exclude&mode=compact&auto_manage_socket_connection=true"
                        + "&auto_manage_socket_connection_delay=2500")
                .ids())
        .containsExactly(id);
  }

  @Test
  void only_public_variables_are_shown() {
    assertThat(park.read("").at("vars")).isEqualTo(Json.object().with("app_name", "The park"));
  }

  @Test
  void reading_marks_nothing() {
    park.given(About.COMMENT);
    park.read("");
    assertThat(park.read("").counts()).isEqualTo(counts(1, 1, 1));
    assertThat(park.read("").text("entries.0.updated_at")).isEqualTo("2026-01-05T09:00:01Z");
  }

  @Test
  void somebody_unknown_has_an_empty_feed() {
    var reply = park.read("pk_local", "ray", "feed", "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.ids()).isEmpty();
    assertThat(reply.counts()).isEqualTo(counts(0, 0, 0));
    assertThat(reply.at("page_info.after")).isEqualTo(Json.NULL);
  }

  @Test
  void total_follows_the_status_while_unread_and_unseen_do_not() {
    var read = park.given(About.COMMENT);
    var seen = park.given(About.COMMENT);
    var fresh = park.given(About.COMMENT);
    park.marked(read, Engagement.SEEN);
    park.marked(read, Engagement.READ);
    park.marked(seen, Engagement.SEEN);
    assertThat(park.read("status=all").counts()).isEqualTo(counts(3, 2, 1));
    assertThat(park.read("status=unread").ids()).containsExactly(fresh, seen);
    assertThat(park.read("status=unread").counts()).isEqualTo(counts(2, 2, 1));
    assertThat(park.read("status=read").ids()).containsExactly(read);
    assertThat(park.read("status=read").counts()).isEqualTo(counts(1, 2, 1));
    assertThat(park.read("status=seen").ids()).containsExactly(seen, read);
    assertThat(park.read("status=unseen").ids()).containsExactly(fresh);
  }

  @Test
  void what_is_archived_leaves_list_and_counts_until_asked_for() {
    var archived = park.given(About.COMMENT);
    var kept = park.given(About.COMMENT);
    park.marked(archived, Engagement.ARCHIVED);
    assertThat(park.read("").ids()).containsExactly(kept);
    assertThat(park.read("").counts()).isEqualTo(counts(1, 1, 1));
    assertThat(park.read("archived=include").ids()).containsExactly(kept, archived);
    assertThat(park.read("archived=only").ids()).containsExactly(archived);
    assertThat(park.read("archived=only").counts()).isEqualTo(counts(1, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0 1 2",
    "tenant=ingen, 0 1",
    "tenant=ingen&has_tenant=true, 1",
    "tenant=ingen&has_tenant=false, 0",
    "has_tenant=true, 1 2",
    "has_tenant=false, 0"
  })
  void a_tenant_has_its_own_items_and_those_of_nobody_unless_told_otherwise(
      String query, String expected) {
    var ids = new ArrayList<String>();
    ids.add(park.given(About.COMMENT));
    ids.add(park.given(About.COMMENT.of("ingen")));
    ids.add(park.given(About.COMMENT.of("biosyn")));
    var wanted = List.of(expected.split(" ")).stream().map(i -> ids.get(Integer.parseInt(i)));
    var reply = park.read(query);
    assertThat(reply.ids()).containsExactlyInAnyOrderElementsOf(wanted.toList());
    var number = reply.ids().size();
    assertThat(reply.counts()).isEqualTo(counts(number, number, number));
  }

  @Test
  void workflows_and_categories_choose() {
    var comment = park.given(About.COMMENT);
    var order =
        park.given(
            new About(
                "order-shipped", List.of("orders", "news"), Optional.empty(), Json.Obj.EMPTY));
    assertThat(park.read("source=order-shipped").ids()).containsExactly(order);
    assertThat(park.read("workflow_categories[]=news&workflow_categories[]=none").ids())
        .containsExactly(order);
    assertThat(park.read("workflow_categories[]=news&workflow_categories[]=collaboration").ids())
        .containsExactly(order, comment);
    assertThat(park.read("source=new-comment").counts()).isEqualTo(counts(1, 1, 1));
  }

  @Test
  void data_chooses_by_exact_values() {
    var one = park.given(About.COMMENT.with(Json.object().with("n", Json.of(1))));
    var other =
        park.given(About.COMMENT.with(Json.object().with("n", Json.of(2)).with("ok", Json.TRUE)));
    assertThat(data("{\"n\":1.0}").ids()).containsExactly(one);
    assertThat(data("{\"ok\":true}").ids()).containsExactly(other);
    assertThat(data("{\"ok\":true,\"n\":1}").ids()).isEmpty();
    assertThat(data("{\"n\":\"1\"}").ids()).isEmpty();
    assertThat(data("{}").ids()).containsExactly(other, one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":{}}", "{\"a\":[1]}", "[]", "7", "{", ""})
  void data_that_is_not_flat_is_refused(String json) {
    var reply = data(json);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("code")).isEqualTo("invalid_params");
    assertThat(reply.text("errors.0.field")).isEqualTo("trigger_data");
  }

  @Test
  void times_choose() {
    var first = park.given(About.COMMENT);
    var second = park.given(About.COMMENT);
    assertThat(park.read("inserted_at.gt=2026-01-05T09:00:01Z").ids()).containsExactly(second);
    assertThat(park.read("inserted_at[gte]=2026-01-05T09:00:01Z").ids())
        .containsExactly(second, first);
    assertThat(park.read("inserted_at.lt=2026-01-05T09:00:02Z").ids()).containsExactly(first);
    assertThat(park.read("inserted_at.lte=2026-01-05T09:00:01Z").counts())
        .isEqualTo(counts(1, 1, 1));
  }

  @Test
  void what_is_excluded_is_left_out_at_its_depth() {
    var id = park.given(About.COMMENT);
    var reply = park.read("exclude=vars,%20entries.archived_at,entries.source.key,nothing.here");
    assertThat(reply.ids()).containsExactly(id);
    assertThat(reply.body().fields()).doesNotContainKey("vars").containsKey("meta");
    assertThat(((Json.Obj) reply.at("entries.0")).fields())
        .doesNotContainKey("archived_at")
        .containsKey("seen_at");
    assertThat(((Json.Obj) reply.at("entries.0.source")).fields())
        .doesNotContainKey("key")
        .containsKey("categories");
  }

  @Test
  void a_locale_is_taken_and_leaves_items_in_the_language_they_were_made_in() {
    var id = park.given(About.COMMENT);
    assertThat(park.read("locale=de-CH").ids()).containsExactly(id);
  }

  @Test
  void what_nobody_knows_is_ignored() {
    var reply = park.read("statuss=all");
    assertThat(reply.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "locale=%3C, locale",
    "exclude=a.b.c.d, exclude",
    "include=preferences, include",
    "status=new, status",
    "archived=yes, archived",
    "has_tenant=1, has_tenant",
    "mode=full, mode",
    "source=No Such, source",
    "page_size=51, page_size",
    "tenant=a%23b, tenant",
    "after=nonsense-where-a-cursor-stands, after",
    "inserted_at.gt=1, inserted_at.gt"
  })
  void what_is_unknown_or_wrong_is_refused_by_name(String query, String field) {
    var reply = park.read(query.replace(" ", "%20"));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("errors.0.field")).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pigeon", "email", "8f14e45f-ceea-467f-a0e6-000000000001"})
  void a_channel_must_be_a_feed(String channel) {
    var reply = park.read("pk_local", "jhammond", channel, "");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("code")).isEqualTo("channel_invalid");
  }

  @Test
  void a_channel_goes_by_its_id_too() {
    var id = park.given(About.COMMENT);
    var reply = park.read("pk_local", "jhammond", FeedsFixture.FEED.id().toString(), "");
    assertThat(reply.ids()).containsExactly(id);
  }

  @Test
  void pages_lead_from_the_newest_to_the_oldest() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(park.given(About.COMMENT));
    }
    var first = park.read("page_size=2");
    assertThat(first.ids()).isEqualTo(ids.subList(0, 2));
    assertThat(first.counts()).isEqualTo(counts(5, 5, 5));
    var second = park.read("page_size=2&after=" + first.text("page_info.after"));
    assertThat(second.ids()).isEqualTo(ids.subList(2, 4));
    var third = park.read("page_size=2&after=" + second.text("page_info.after"));
    assertThat(third.ids()).isEqualTo(ids.subList(4, 5));
    assertThat(third.at("page_info.after")).isEqualTo(Json.NULL);
  }

  @Test
  void the_cursor_of_the_head_leads_to_what_came_after_it() {
    park.given(About.COMMENT);
    var head = park.read("").text("entries.0.__cursor");
    assertThat(park.read("before=" + head).ids()).isEmpty();
    var next = park.given(About.COMMENT);
    var last = park.given(About.COMMENT);
    assertThat(park.read("before=" + head).ids()).containsExactly(last, next);
    assertThat(park.read("mode=compact&status=unseen&before=" + head).ids())
        .containsExactly(last, next);
    var other = park.read("sk_local", "ray", "feed", "before=" + head);
    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void an_index_that_lags_shows_late_but_never_in_the_wrong_list() {
    var lagging = new FeedsFixture(Duration.ofSeconds(10));
    var id = lagging.given(About.COMMENT);
    assertThat(lagging.read("").ids()).isEmpty();
    lagging.clock.advance(Duration.ofSeconds(10));
    lagging.marked(id, Engagement.ARCHIVED);
    assertThat(lagging.read("").ids()).isEmpty();
    lagging.clock.advance(Duration.ofSeconds(10));
    assertThat(lagging.read("archived=only").ids()).containsExactly(id);
  }

  private FeedsFixture.Reply data(String json) {
    return park.read("trigger_data=" + FeedsFixture.encoded(json));
  }

  private static List<Json> counts(int total, int unread, int unseen) {
    return List.of(Json.of(total), Json.of(unread), Json.of(unseen));
  }
}
