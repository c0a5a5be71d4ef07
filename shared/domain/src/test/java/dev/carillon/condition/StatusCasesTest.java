package dev.carillon.condition;

import static dev.carillon.condition.Given.facts;
import static dev.carillon.condition.Given.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.condition.StepStatus.Made;
import dev.carillon.condition.StepStatus.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases of Knock's editor for message statuses, in the form in which it stores them, against
 * what messages of each channel can have reached. An email is never seen; it is read when opens are
 * tracked, and clicked when links are.
 */
class StatusCasesTest {

  /** In the order of the columns. */
  private static final Map<String, StepStatus> MESSAGES = new LinkedHashMap<>();

  static {
    MESSAGES.put("skipped", new StepStatus.Skipped());
    MESSAGES.put("feed, new", made("delivered"));
    MESSAGES.put("feed, seen", made("delivered", "seen"));
    MESSAGES.put("feed, read", made("delivered", "seen", "read"));
    MESSAGES.put("feed, interacted", made("delivered", "seen", "read", "interacted"));
    MESSAGES.put("feed, clicked", made("delivered", "seen", "read", "link_clicked"));
    MESSAGES.put("feed, archived", made("delivered", "seen", "archived"));
    MESSAGES.put("email, queued", made("queued"));
    MESSAGES.put("email, tried", made("delivery_attempted"));
    MESSAGES.put("email, failed", made("undelivered"));
    MESSAGES.put("email, bounced", made("bounced"));
    MESSAGES.put("email, sandboxed", made("not_sent"));
    MESSAGES.put("email, sent", made("sent"));
    MESSAGES.put("email, opened", made("sent", "read"));
    MESSAGES.put("email, clicked", made("delivered", "read", "link_clicked"));
    MESSAGES.put("webhook, answered", made("delivered"));
    MESSAGES.put("past retention", new StepStatus.Unknown());
  }

  /** The last column has a letter for each of the messages above, in groups. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # case                         | of         | operator                 | argument               | skip feed   email     web gone
          been skipped                   | delivery   | equal_to                 | skipped                | x   ------  --------  -   -
          not been skipped               | delivery   | not_equal_to             | skipped                | -   xxxxxx  xxxxxxxx  x   -
          failed delivery                | delivery   | equal_to                 | undelivered            | -   ------  --x-----  -   -
          bounced                        | delivery   | equal_to                 | bounced                | -   ------  ---x----  -   -
          been sent                      | delivery   | greater_than_or_equal_to | sent                   | -   xxxxxx  -----xxx  x   -
          not been sent                  | delivery   | less_than                | sent                   | x   ------  xxxxx---  -   -
          been delivered                 | delivery   | greater_than_or_equal_to | delivered              | -   xxxxxx  -------x  x   -
          not been delivered             | delivery   | less_than                | delivered              | x   ------  xxxxxxx-  -   -
          been seen                      | engagement | contains                 | seen                   | -   -xxxxx  --------  -   -
          been seen but not read         | engagement | contains                 | seen_not_read          | -   -x---x  --------  -   -
          not been seen                  | engagement | not_contains             | seen                   | x   x-----  xxxxxxxx  x   -
          been read                      | engagement | contains                 | read                   | -   --xxx-  ------xx  -   -
          been read but not clicked      | engagement | contains                 | read_not_link_clicked  | -   --xx--  ------x-  -   -
          not been read                  | engagement | not_contains             | read                   | x   xx---x  xxxxxx--  x   -
          been interacted with           | engagement | contains                 | interacted             | -   ---x--  --------  -   -
          not been interacted with       | engagement | not_contains             | interacted             | x   xxx-xx  xxxxxxxx  x   -
          had a link clicked             | engagement | contains                 | link_clicked           | -   ----x-  -------x  -   -
          not had a link clicked         | engagement | not_contains             | link_clicked           | x   xxxx-x  xxxxxxx-  x   -
          been archived                  | engagement | contains                 | archived               | -   -----x  --------  -   -
          not been archived              | engagement | not_contains             | archived               | x   xxxxx-  xxxxxxxx  x   -
          """)
  void each_case_of_the_editor_holds_of_the_messages_it_names(
      String name, String kind, String operator, String argument, String row) {
    var read =
        ConditionsReader.read(
            Place.STEP,
            "conditions",
            Optional.of(
                json(
                    """
                    {"variable": "refs.step_1.%s_status", "operator": "%s",
                     "argument": "$message.%s"}
                    """
                        .formatted(kind, operator, argument))));
    assertThat(read.problems()).as(name).isEmpty();
    var condition = (Condition) read.conditions();
    String marks = row.replace(" ", "");
    assertThat(marks).as(name).hasSize(MESSAGES.size());
    int column = 0;
    for (var message : MESSAGES.entrySet()) {
      assertThat(Verdict.of(condition, facts("step_1", message.getValue())).holds())
          .as("%s: %s", name, message.getKey())
          .isEqualTo(marks.charAt(column++) == 'x');
    }
  }

  private static StepStatus made(String delivery, String... engagement) {
    return new Made(List.of(new Standing(delivery, Set.of(engagement))));
  }
}
