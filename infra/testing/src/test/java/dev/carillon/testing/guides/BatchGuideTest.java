package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.feed;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.scenarios.Scenarios;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide to batches but for their windows, with its own numbers. */
class BatchGuideTest extends BatchGuide {
  private static final String NAMES = mail("{{#each actors}}{{this.name}} {{/each}}");

  @Nested
  class Keys {
    private void sixComments() {
      for (String page : new String[] {"A", "B", "A", "B", "A", "B"}) {
        comment("'page_id': '" + page + "'");
        scene.pass("PT2S");
      }
      scene.pass("PT10M");
    }

    @Test
    void six_comments_on_pages_A_and_B_are_one_notification_without_a_key() {
      batched(MINUTES_5, mail("{{total_activities}} on {{page_id}}"));
      sixComments();
      assertThat(scene.mails()).containsExactly("elmo: 6 on B");
    }

    @Test
    void six_comments_on_pages_A_and_B_are_two_notifications_with_the_key_page_id() {
      batched(MINUTES_5 + ", 'batch_key': 'page_id'", mail("{{total_activities}} on {{page_id}}"));
      sixComments();
      assertThat(scene.mails()).containsExactly("elmo: 3 on A", "elmo: 3 on B");
    }

    @ParameterizedTest
    @CsvSource({
      "page_id",
      "data.page_id",
      "{{data.page_id}}",
      "{{page_id}}-{{recipient.id}}",
    })
    void a_key_is_a_path_with_or_without_data_or_a_template(String key) {
      batched(
          MINUTES_5 + ", 'batch_key': '" + key + "'", mail("{{total_activities}} on {{page_id}}"));
      sixComments();
      assertThat(scene.mails()).containsExactly("elmo: 3 on A", "elmo: 3 on B");
    }

    @Test
    void what_lacks_the_key_is_batched_with_whatever_lacks_it_too() {
      batched(MINUTES_5 + ", 'batch_key': 'page_id'", COUNT);
      comment("'page_id': 'A', 'n': 1");
      comment("'n': 2");
      scene.pass("PT2S");
      comment("'page_id': null, 'n': 3");
      scene.pass("PT10M");
      assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: 1 by 1: 1", "elmo: 2 by 1: 2 3");
    }

    @Test
    void keys_of_different_types_are_different() {
      batched(MINUTES_5 + ", 'batch_key': 'page_id'", COUNT);
      comment("'page_id': 5, 'n': 1");
      comment("'page_id': '5', 'n': 2");
      scene.pass("PT10M");
      assertThat(scene.mails()).hasSize(2);
    }

    @Test
    void keys_that_are_equal_are_one_however_they_are_written() {
      batched(MINUTES_5 + ", 'batch_key': 'page_id'", COUNT);
      comment("'page_id': {'site': 1, 'page': [1, {'a': 1, 'b': 2}]}, 'n': 1");
      scene.pass("PT2S");
      comment("'page_id': {'page': [1, {'b': 2, 'a': 1}], 'site': 1.0}, 'n': 2");
      scene.pass("PT10M");
      assertThat(scene.mails()).containsExactly("elmo: 2 by 1: 1 2");
    }

    @Test
    void a_batch_is_always_of_one_recipient() {
      batched(MINUTES_5, COUNT);
      scene.trigger("new-comment", "{'recipients': ['elmo', 'ann'], 'data': {'n': 1}}");
      scene.pass("PT10M");
      assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: 1 by 0: 1", "ann: 1 by 0: 1");
    }

    @Test
    void tenants_share_a_batch_unless_the_key_keeps_them_apart() {
      batched(MINUTES_5 + ", 'batch_key': '{{tenant.id}}'", COUNT);
      for (String tenant : new String[] {"acme", "ingen", "acme"}) {
        scene.trigger("new-comment", "{'recipients': ['elmo'], 'tenant': '" + tenant + "'}");
      }
      scene.pass("PT10M");
      assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: 2 by 0:", "elmo: 1 by 0:");
    }
  }

  @Nested
  class Limits {
    @Test
    void a_batch_closes_at_once_when_the_maximum_of_activities_is_reached() {
      batched(MINUTES_5 + ", 'batch_items_max_limit': 3", COUNT);
      comment(1);
      scene.pass("PT5S");
      comment(2);
      scene.pass("PT5S");
      assertThat(scene.mails()).isEmpty();
      comment(3);
      assertThat(scene.mailTimes()).containsExactly("2026-01-05T09:00:10Z");
      assertThat(scene.mails()).containsExactly("elmo: 3 by 1: 1 2 3");
      comment(4);
      scene.pass("PT5M");
      assertThat(scene.mails().getLast()).isEqualTo("elmo: 1 by 1: 4");
    }

    private void comments(int count) {
      for (int n = 1; n <= count; n++) {
        comment(new String[] {"ann", "ben", "cid"}[n % 3], "'n': " + n);
        scene.pass("PT2S");
      }
      scene.pass("PT5M");
    }

    @Test
    void by_default_the_ten_oldest_of_twelve_activities_are_returned_oldest_first() {
      batched(MINUTES_5, COUNT);
      comments(12);
      assertThat(scene.mails()).containsExactly("elmo: 12 by 3: 1 2 3 4 5 6 7 8 9 10");
    }

    @Test
    void in_descending_order_the_ten_newest_of_twelve_are_returned_oldest_first() {
      batched(MINUTES_5 + ", 'batch_order': 'desc'", COUNT);
      comments(12);
      assertThat(scene.mails()).containsExactly("elmo: 12 by 3: 3 4 5 6 7 8 9 10 11 12");
    }

    @Test
    void the_render_limit_says_how_many_activities_are_returned() {
      batched(MINUTES_5 + ", 'batch_items_render_limit': 2", COUNT);
      comments(5);
      assertThat(scene.mails()).containsExactly("elmo: 5 by 3: 1 2");
    }

    @Test
    void a_render_limit_of_100_returns_a_hundred() {
      batched(
          "'batch_window': {'unit': 'hours', 'value': 1}, 'batch_items_render_limit': 100",
          mail("{{length activities}} of {{total_activities}}"));
      for (int n = 1; n <= 120; n++) {
        comment(n);
      }
      scene.pass("PT2H");
      assertThat(scene.mails()).containsExactly("elmo: 100 of 120");
    }

    @ParameterizedTest
    @CsvSource({"asc, ann ben", "desc, cid ann"})
    void actors_are_the_first_or_the_last_by_the_same_order_and_limit(String order, String names) {
      batched(MINUTES_5 + ", 'batch_items_render_limit': 2, 'batch_order': '" + order + "'", NAMES);
      for (String actor : new String[] {"ann", "ben", "cid", "ann"}) {
        comment(actor, "'n': 1");
        scene.pass("PT2S");
      }
      scene.pass("PT5M");
      assertThat(scene.mails()).containsExactly("elmo: " + names);
    }

    @Test
    void all_actors_are_counted_each_once() {
      batched(
          MINUTES_5 + ", 'batch_items_render_limit': 2",
          mail("{{total_actors}} {{run.total_actors}}"));
      for (String actor : new String[] {"ann", "ben", "ann", "cid", "ben"}) {
        comment(actor, "'n': 1");
        scene.pass("PT2S");
      }
      scene.pass("PT5M");
      assertThat(scene.mails()).containsExactly("elmo: 3 3");
    }

    @Test
    void a_message_names_the_actors_of_its_batch() {
      batched(MINUTES_5, COUNT);
      comment("ann", "'n': 1");
      scene.pass("PT2S");
      comment("ben", "'n': 2");
      scene.pass("PT5M");
      assertThat(scene.messages().getFirst().actors())
          .extracting(id -> id.id())
          .containsExactly("ann", "ben");
    }
  }

  @Nested
  class Leading {
    private static final String LEADING = MINUTES_5 + ", 'batch_execution_mode': 'flush_leading'";

    @Test
    void the_first_item_goes_on_at_once_alone_and_the_batch_collects_what_follows() {
      batched(LEADING, COUNT);
      comment(1);
      assertThat(scene.mails()).containsExactly("elmo: 1 by 1: 1");
      scene.pass("PT1M");
      comment(2);
      scene.pass("PT1M");
      comment(3);
      scene.pass("PT3M");
      assertThat(scene.mails()).containsExactly("elmo: 1 by 1: 1", "elmo: 2 by 1: 2 3");
      assertThat(scene.mailTimes().getLast()).isEqualTo("2026-01-05T09:05:00Z");
    }

    @Test
    void the_first_item_has_its_actor_like_any_other() {
      batched(
          LEADING,
          mail(
              "{{total_actors}} {{#each actors}}{{id}} {{name}}{{/each}};"
                  + "{{#each activities}}{{actor.name}} {{data.page}} {{recipient.id}}{{/each}}"));
      comment("ann", "'page': 'A'");
      assertThat(scene.mails()).containsExactly("elmo: 1 ann ann;ann A elmo");
    }

    @Test
    void without_a_second_item_nothing_happens_at_the_close() {
      batched(LEADING, COUNT);
      comment(1);
      scene.pass("PT10M");
      assertThat(scene.mails()).hasSize(1);
      assertThat(Scenarios.runs(scene.engine))
          .extracting(run -> run.status())
          .containsExactly("completed");
      comment(2);
      assertThat(scene.mails()).as("the next batch has a leading item of its own").hasSize(2);
    }

    @Test
    void one_can_branch_on_whether_the_first_item_was_flushed() {
      scene.workflow(
          "new-comment",
          step("batch", LEADING),
          """
          {'type': 'branch', 'ref': 'branch', 'branches': [
            {'name': 'first', 'conditions': {'all': [%s]}, 'steps': [%s]},
            {'name': 'digest', 'steps': [%s]}]}
          """
              .formatted(
                  condition("run.total_activities", "equal_to", "'1'"),
                  mail("email_1", "a comment"),
                  mail("email_2", "{{total_activities}} comments")));
      comment(1);
      comment(2);
      comment(3);
      scene.pass("PT5M");
      assertThat(scene.mails()).containsExactly("elmo: a comment", "elmo: 2 comments");
    }
  }

  @Nested
  class Data {
    @Test
    void one_comment_and_many_are_told_apart_by_total_activities() {
      batched(
          MINUTES_5,
          mail(
              "{{#if (gt total_activities 1)}}{{actor.name}} left {{total_activities}} comments on"
                  + " {{page_name}}{{else}}{{actor.name}} left a comment on"
                  + " {{page_name}}.{{/if}}"));
      comment("'page_name': 'Plans'");
      scene.pass("PT5M");
      comment("'page_name': 'Plans'");
      comment("'page_name': 'Plans'");
      scene.pass("PT5M");
      assertThat(scene.mails())
          .containsExactly(
              "elmo: ann left a comment on Plans.", "elmo: ann left 2 comments on Plans");
    }

    @Test
    void each_activity_has_its_actor_and_its_data_in_all_spellings() {
      batched(
          MINUTES_5,
          mail(
              "{{#each activities}}{{this.actor.name}} commented on {{this.pageName}} with"
                  + " {{this.data.content}};{{/each}}"));
      comment("ann", "'pageName': 'A', 'content': 'x'");
      scene.pass("PT2S");
      comment("ben", "'pageName': 'B', 'content': 'y'");
      scene.pass("PT5M");
      assertThat(scene.mails())
          .containsExactly("elmo: ann commented on A with x;ben commented on B with y;");
    }

    @Test
    void data_after_a_batch_is_merged_and_the_later_wins() {
      batched(MINUTES_5, mail("{{page}} {{data.only}}"));
      comment("'page': 'A', 'only': 'first'");
      scene.pass("PT2S");
      comment("'page': 'B'");
      scene.pass("PT5M");
      assertThat(scene.mails()).containsExactly("elmo: B first");
    }

    @Test
    void only_the_returned_activities_are_merged() {
      batched(MINUTES_5 + ", 'batch_items_render_limit': 2", mail("{{page}}"));
      for (String page : new String[] {"A", "B", "C"}) {
        comment("'page': '" + page + "'");
        scene.pass("PT2S");
      }
      scene.pass("PT5M");
      assertThat(scene.mails()).containsExactly("elmo: B");
    }

    @Test
    void what_nests_lists_and_long_texts_stay_what_they_were() {
      batched(
          MINUTES_5,
          mail(
              "[{{nested.x}}{{list.[1]}}] {{length text}} {{#each activities}}{{length text}}"
                  + "{{nested.x}}{{data.list.[0]}} {{recipient.id}};{{/each}}"));
      comment("'nested': {'x': 1}, 'list': [1, 2], 'text': '" + "x".repeat(3_000) + "'");
      scene.pass("PT2S");
      comment("'nested': {'x': 3}, 'list': [4, 5], 'text': '" + "y".repeat(2_000) + "'");
      scene.pass("PT5M");
      assertThat(scene.mails()).containsExactly("elmo: [35] 2000 300011 elmo;200034 elmo;");
    }

    @Test
    void the_feeds_trigger_data_filter_finds_the_later_page_and_not_the_earlier() {
      batched(MINUTES_5, feed("{{total_activities}}"));
      comment("'page': 'A'");
      scene.pass("PT2S");
      comment("'page': 'B'");
      scene.pass("PT5M");
      assertThat(items("%7B%22page%22%3A%22A%22%7D")).isZero();
      assertThat(items("%7B%22page%22%3A%22B%22%7D")).isEqualTo(1);
    }

    @Test
    void the_feed_and_the_messages_of_the_api_tell_the_activities_that_templates_saw() {
      batched(MINUTES_5 + ", 'batch_items_render_limit': 2", feed("{{total_activities}}"));
      for (String actor : new String[] {"ann", "ben", "cid"}) {
        comment(actor, "'page': 'of " + actor + "'");
        scene.pass("PT2S");
      }
      scene.pass("PT5M");
      var item =
          (Json.Obj)
              scene.must(Call.get("/v1/users/elmo/feeds/feed")).body().list("entries").getFirst();
      assertThat(item.get("total_activities")).contains(Json.of(3));
      assertThat(item.get("total_actors")).contains(Json.of(3));
      assertThat(pages(item.list("activities"))).containsExactly("ann: of ann", "ben: of ben");
      String activities = "/v1/messages/" + item.text("id").orElseThrow() + "/activities";
      assertThat(pages(scene.must(Call.get(activities)).body().list("items")))
          .containsExactly("ben: of ben", "ann: of ann");
      assertThat(
              pages(
                  scene
                      .must(
                          Call.get(activities + "?trigger_data=%7B%22page%22%3A%22of%20ann%22%7D"))
                      .body()
                      .list("items")))
          .containsExactly("ann: of ann");
    }

    private static List<String> pages(List<Json> activities) {
      return activities.stream()
          .map(Json.Obj.class::cast)
          .map(
              it ->
                  it.object("actor").text("id").orElseThrow()
                      + ": "
                      + it.object("data").text("page").orElseThrow())
          .toList();
    }

    private int items(String triggerData) {
      return scene
          .must(Call.get("/v1/users/elmo/feeds/feed?trigger_data=" + triggerData))
          .body()
          .list("entries")
          .size();
    }

    @Test
    void preference_conditions_see_the_data_of_the_opening_activity_only() {
      scene.prefers(
          "elmo",
          "{'workflows': {'new-comment': {'conditions': [%s]}}}"
              .formatted(condition("data.kind", "equal_to", "'loud'")));
      batched(MINUTES_5, mail("{{kind}}"));
      comment("'kind': 'loud'");
      scene.pass("PT2S");
      comment("'kind': 'quiet'");
      scene.pass("PT5M");
      comment("'kind': 'quiet'");
      scene.pass("PT2S");
      comment("'kind': 'loud'");
      scene.pass("PT5M");
      assertThat(scene.mails()).containsExactly("elmo: quiet");
    }
  }
}
