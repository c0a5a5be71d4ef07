package dev.carillon.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.text.JsonText;
import dev.carillon.local.template.StackTemplate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every mapping, and every setting of a queue that is built here, is needed: a task that nobody can
 * work off is tried five times, a visibility timeout apart, and then buried; not so once any of
 * them is gone. What is taken away in each turn is another setting of each queue, so that four
 * turns are all of them.
 */
class QueuesInUseTest {
  private static final int TRIES = 5;
  private static final Duration MARGIN = Duration.ofSeconds(20);

  /** What no function can work off while the table is down, nor any but callbacks read. */
  private static final String NO_TASK =
      """
      {"eventType": "Delivery", "delivery": {"recipients": ["ada@example.com"]}, "mail": {"tags": {
        "carillon_environment": ["local"],
        "carillon_message_id": ["3N4iskxXxWvsfCr9eYFgHd57jMr"]}}}
      """;

  private static List<StackTemplate.Queue> queues;

  @TempDir private Path folder;

  /** What a queue's tasks come back by, are buried by, are reported by and are taken by. */
  private enum Setting {
    VISIBILITY {
      @Override
      void takenFrom(MutatedTemplate template, String queue) {
        template.remove(queue, "VisibilityTimeout");
      }
    },
    DEAD_LETTERS {
      @Override
      void takenFrom(MutatedTemplate template, String queue) {
        template.remove(queue, "RedrivePolicy");
      }
    },
    PARTIAL_FAILURES {
      @Override
      void takenFrom(MutatedTemplate template, String queue) {
        template.remove(mappingOf(template, queue), "FunctionResponseTypes");
      }
    },
    MAPPING {
      @Override
      void takenFrom(MutatedTemplate template, String queue) {
        template.remove(mappingOf(template, queue));
      }
    };

    abstract void takenFrom(MutatedTemplate template, String queue);

    private static String mappingOf(MutatedTemplate template, String queue) {
      var name = template.properties(queue).text("QueueName").orElseThrow();
      return template
          .ids(
              "AWS::Lambda::EventSourceMapping",
              it -> JsonText.write(it.get("EventSourceArn").orElseThrow()).contains(name + "\""))
          .getFirst();
    }
  }

  @BeforeAll
  static void read() {
    queues =
        DeployedStack.template().queues().stream()
            .filter(queue -> queue.redrive().isPresent())
            .toList();
  }

  @Test
  void a_task_that_nobody_can_work_off_is_buried_after_its_tries() throws Exception {
    assertThat(strays(DeployedStack.template())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void without_any_setting_of_a_queue_it_is_not(int turn) throws Exception {
    var taken = new ArrayList<String>();
    var template =
        MutatedTemplate.of(
            folder,
            mutated -> {
              var ids = mutated.ids("AWS::SQS::Queue", it -> it.get("RedrivePolicy").isPresent());
              for (int i = 0; i < ids.size(); i++) {
                var setting = Setting.values()[(i + turn) % Setting.values().length];
                setting.takenFrom(mutated, ids.get(i));
                taken.add(setting + " of " + ids.get(i));
              }
            });
    assertThat(strays(template)).as("without " + taken).hasSameSizeAs(taken);
  }

  /** The queues whose tasks went another way. */
  private static List<String> strays(StackTemplate template) throws Exception {
    var strays = new ArrayList<String>();
    try (var stack = DeployedStack.bare(template)) {
      stack.fail("dynamodb", "status:400", 1_000_000);
      var engine = stack.stack().engines().queues();
      queues.forEach(queue -> engine.send(queue.name(), NO_TASK, Duration.ZERO, Optional.empty()));
      var visibility = queues.getFirst().visibility();
      assertThat(queues).allMatch(queue -> queue.visibility().equals(visibility));
      stack.advance(visibility.multipliedBy(TRIES).minus(MARGIN));
      for (var queue : queues) {
        if (buried(stack, queue) > 0) {
          strays.add("A task of " + queue.name() + " is buried too early");
        }
      }
      // Each try begins a moment late, the later the busier the machine.
      stack.advance(visibility);
      for (var queue : queues) {
        if (buried(stack, queue) == 0) {
          strays.add("A task of " + queue.name() + " is not buried");
        }
      }
    }
    return strays;
  }

  private static int buried(DeployedStack stack, StackTemplate.Queue queue) {
    return stack
        .stack()
        .engines()
        .queues()
        .depths()
        .get(queue.redrive().orElseThrow().deadLetterQueue())
        .visible();
  }
}
