package dev.carillon.condition;

import static dev.carillon.condition.Given.facts;
import static dev.carillon.condition.Given.json;
import static dev.carillon.condition.Given.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.condition.StepStatus.Made;
import dev.carillon.condition.StepStatus.Standing;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tables read: the messages of the step ({@code delivery+engagement+…}, separated by spaces;
 * {@code skipped}; {@code unknown}), which status, operator, argument, and whether it holds.
 */
class StatusComparisonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sent           | delivery_status   | EQUAL_TO                 | "$message.sent"        | true
          sent           | delivery_status   | EQUAL_TO                 | "sent"                 | true
          sent+seen      | delivery_status   | EQUAL_TO                 | "$message.sent"        | true
          sent+seen      | delivery_status   | EQUAL_TO                 | "$message.seen"        | false
          delivered      | delivery_status   | NOT_EQUAL_TO             | "$message.sent"        | true
          delivered      | delivery_status   | EQUAL_TO                 | ["sent","delivered"]   | true
          delivered      | delivery_status   | GREATER_THAN             | "$message.sent"        | true
          sent           | delivery_status   | GREATER_THAN             | "$message.sent"        | false
          sent           | delivery_status   | GREATER_THAN_OR_EQUAL_TO | "$message.sent"        | true
          bounced        | delivery_status   | LESS_THAN                | "$message.sent"        | true
          queued         | delivery_status   | LESS_THAN                | "$message.not_sent"    | true
          undelivered    | delivery_status   | LESS_THAN                | "$message.bounced"     | true
          delivered+read | delivery_status   | LESS_THAN                | "$message.seen"        | true
          delivered      | delivery_status   | LESS_THAN_OR_EQUAL_TO    | ["sent","delivered"]   | false
          delivered      | delivery_status   | EMPTY                    | null                   | false
          delivered      | delivery_status   | EXISTS                   | null                   | true
          """)
  void the_delivery_status_compares_by_rank(
      String messages, String kind, Operator operator, String argument, boolean holds) {
    check(messages, kind, operator, argument, holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          delivered                   | engagement_status | CONTAINS         | "$message.seen"                  | false
          delivered                   | engagement_status | NOT_CONTAINS     | "$message.seen"                  | true
          delivered+seen              | engagement_status | CONTAINS         | "$message.seen"                  | true
          delivered+seen+read         | engagement_status | CONTAINS         | "$message.seen"                  | true
          delivered+seen+read         | engagement_status | EQUAL_TO         | "$message.seen"                  | true
          delivered+seen+read         | engagement_status | NOT_EQUAL_TO     | "$message.seen"                  | false
          delivered+seen              | engagement_status | CONTAINS         | ["$message.read","$message.seen"]| true
          delivered+seen              | engagement_status | CONTAINS         | "[\\"$message.read\\"]"          | false
          delivered+seen              | engagement_status | CONTAINS_ALL     | ["seen","read"]                  | false
          delivered+seen              | engagement_status | NOT_CONTAINS_ALL | ["seen","read"]                  | true
          delivered+seen              | engagement_status | CONTAINS         | "$message.seen_not_read"         | true
          delivered+seen+read         | engagement_status | CONTAINS         | "$message.seen_not_read"         | false
          delivered                   | engagement_status | CONTAINS         | "$message.seen_not_read"         | false
          delivered+seen              | engagement_status | EQUAL_TO         | "$message.seen_not_read"         | true
          delivered+read              | engagement_status | CONTAINS         | "$message.read_not_link_clicked" | true
          delivered+read+link_clicked | engagement_status | CONTAINS         | "$message.read_not_link_clicked" | false
          delivered+read+link_clicked | engagement_status | NOT_CONTAINS     | "$message.read_not_link_clicked" | true
          delivered                   | engagement_status | EMPTY            | null                             | true
          delivered                   | engagement_status | NOT_EMPTY        | null                             | false
          delivered+archived          | engagement_status | NOT_EMPTY        | null                             | true
          """)
  void the_engagement_status_compares_by_containing(
      String messages, String kind, Operator operator, String argument, boolean holds) {
    check(messages, kind, operator, argument, holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          delivered                         | status | LESS_THAN                | "$message.seen"         | true
          delivered+seen                    | status | LESS_THAN                | "$message.seen"         | false
          delivered+read                    | status | LESS_THAN                | "$message.seen"         | false
          delivered+read                    | status | GREATER_THAN             | "$message.seen"         | true
          delivered+seen+read               | status | EQUAL_TO                 | "$message.seen"         | false
          delivered+seen+read               | status | EQUAL_TO                 | "$message.read"         | true
          delivered+interacted+link_clicked | status | EQUAL_TO                 | "$message.interacted"   | true
          delivered+interacted+link_clicked | status | EQUAL_TO                 | "$message.link_clicked" | true
          delivered+interacted              | status | EQUAL_TO                 | "$message.link_clicked" | false
          delivered+interacted              | status | GREATER_THAN_OR_EQUAL_TO | "$message.link_clicked" | true
          delivered+link_clicked            | status | GREATER_THAN             | "$message.interacted"   | false
          delivered+archived                | status | GREATER_THAN             | "$message.link_clicked" | true
          bounced                           | status | LESS_THAN                | "$message.queued"       | true
          """)
  void the_combined_status_ranks_delivery_and_engagement_in_one_row(
      String messages, String kind, Operator operator, String argument, boolean holds) {
    check(messages, kind, operator, argument, holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bounced delivered             | delivery_status   | EQUAL_TO     | "delivered" | true
          delivered bounced             | delivery_status   | EQUAL_TO     | "delivered" | true
          delivered+seen delivered+read | engagement_status | CONTAINS     | "read"      | true
          delivered+seen delivered+read | engagement_status | CONTAINS     | "seen"      | false
          sent delivered+seen           | status            | LESS_THAN    | "seen"      | false
          queued undelivered            | delivery_status   | EQUAL_TO     | "queued"    | true
          """)
  void of_several_messages_the_one_with_the_highest_status_counts(
      String messages, String kind, Operator operator, String argument, boolean holds) {
    check(messages, kind, operator, argument, holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          skipped | delivery_status   | EQUAL_TO     | "$message.skipped" | true
          skipped | delivery_status   | NOT_EQUAL_TO | "$message.sent"    | true
          skipped | status            | EQUAL_TO     | "$message.skipped" | true
          skipped | engagement_status | CONTAINS     | "$message.seen"    | false
          skipped | engagement_status | NOT_CONTAINS | "$message.seen"    | true
          skipped | engagement_status | EMPTY        | null               | true
          skipped | status            | LESS_THAN    | "$message.undelivered" | true
          sent    | delivery_status   | EQUAL_TO     | "$message.skipped" | false
          sent    | delivery_status   | NOT_EQUAL_TO | "$message.skipped" | true
          """)
  void a_skipped_step_stands_below_everything(
      String messages, String kind, Operator operator, String argument, boolean holds) {
    check(messages, kind, operator, argument, holds);
  }

  @ParameterizedTest
  @EnumSource(Operator.class)
  void nothing_holds_of_a_message_that_is_not_known(Operator operator) {
    Stream.of("delivery_status", "engagement_status", "status")
        .forEach(kind -> check("unknown", kind, operator, "\"$message.seen\"", false));
  }

  @Test
  void a_step_that_nobody_looked_up_is_unknown() {
    assertThat(
            Verdict.of(
                    when("refs.other.status", Operator.NOT_EQUAL_TO, "\"seen\""),
                    facts("step_1", new StepStatus.Skipped()))
                .holds())
        .isFalse();
  }

  @Test
  void a_finding_shows_all_that_the_message_had_reached() {
    var verdict =
        Verdict.of(
            when("refs.step_1.engagement_status", Operator.CONTAINS, "\"$message.read\""),
            facts("step_1", status("delivered+seen")));
    assertThat(verdict.findings().getFirst().json())
        .isEqualTo(
            json(
                """
                {"variable": "refs.step_1.engagement_status", "operator": "contains",
                 "argument": "$message.read", "value": ["delivered", "seen"], "result": false}
                """));
  }

  @Test
  void the_precedence_knows_every_status_of_a_message_in_the_order_of_the_constants() {
    Set<String> named =
        StepStatus.PRECEDENCE.stream().flatMap(Set::stream).collect(Collectors.toSet());
    Set<String> all = new TreeSet<>(Set.of("skipped"));
    Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::wireName).forEach(all::add);
    Arrays.stream(Engagement.values()).map(Engagement::wireName).forEach(all::add);
    assertThat(named).isEqualTo(all);

    List<Integer> ranks =
        Stream.concat(
                Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::wireName),
                Arrays.stream(Engagement.values()).map(Engagement::wireName))
            .map(name -> StepStatus.rank(name).orElseThrow())
            .toList();
    assertThat(ranks).isSorted();
    assertThat(StepStatus.rank("interacted")).isEqualTo(StepStatus.rank("link_clicked"));
    assertThat(StepStatus.rank("unseen")).isEmpty();
    assertThat(StepStatus.BUT_NOT.values())
        .allSatisfy(
            parts -> assertThat(parts).hasSize(2).allMatch(it -> StepStatus.rank(it).isPresent()));
  }

  @Test
  void a_step_that_made_messages_made_at_least_one() {
    assertThatThrownBy(() -> new Made(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "refs.email_1.delivery_status, email_1",
    "refs.a.b.status, a.b",
    "refs.refs.engagement_status, refs"
  })
  void a_path_to_a_status_names_a_step(String variable, String ref) {
    assertThat(when(variable, Operator.EXISTS, "null").refs()).containsExactly(ref);
  }

  @ParameterizedTest
  @CsvSource({"refs.status", "refs..status", "refs.x.statuses", "refs.", "data.status", "status"})
  void anything_else_names_none(String variable) {
    assertThat(when(variable, Operator.EXISTS, "null").refs()).isEmpty();
  }

  private static void check(
      String messages, String kind, Operator operator, String argument, boolean holds) {
    var condition = when("refs.step_1." + kind, operator, argument);
    assertThat(Verdict.of(condition, facts("step_1", status(messages))).holds())
        .as("%s %s %s %s", messages, kind, operator, argument)
        .isEqualTo(holds);
    assertThat(condition.refs()).containsExactly("step_1");
  }

  private static StepStatus status(String text) {
    return switch (text) {
      case "skipped" -> new StepStatus.Skipped();
      case "unknown" -> new StepStatus.Unknown();
      default ->
          new Made(
              Arrays.stream(text.split(" "))
                  .map(message -> List.of(message.split("\\+")))
                  .map(it -> new Standing(it.getFirst(), Set.copyOf(it.subList(1, it.size()))))
                  .toList());
    };
  }
}
