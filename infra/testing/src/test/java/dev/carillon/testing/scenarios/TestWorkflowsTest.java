package dev.carillon.testing.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelType;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.window.SendWindowMode;
import dev.carillon.window.Window;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.WorkflowKey;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sweep and simulation play the plots: what is in none of them, nobody lets fail. */
class TestWorkflowsTest {
  /** Of the other types no channel can be configured. */
  private static final Set<ChannelType> CHANNELS =
      EnumSet.of(ChannelType.EMAIL, ChannelType.IN_APP_FEED, ChannelType.HTTP);

  @Test
  void every_kind_of_step_with_each_of_its_choices_is_in_a_plot() {
    assertThat(played()).containsAll(kinds());
  }

  /** All kinds of steps, and of whatever a step's settings choose among few. */
  private static List<Object> kinds() {
    var kinds = new ArrayList<Object>(CHANNELS);
    Stream.concat(
            Stream.of(Step.class, Window.class, SendWindowMode.class),
            Stream.of(Step.class.getDeclaredClasses()))
        .forEach(
            choice -> {
              if (choice.isEnum()) {
                kinds.addAll(List.of(choice.getEnumConstants()));
              } else if (choice.isSealed()) {
                kinds.addAll(List.of(choice.getPermittedSubclasses()));
              }
            });
    return kinds;
  }

  private static Set<Object> played() {
    var played = new HashSet<>();
    var engine = InProcessEngine.at(EngineFixtures.MONDAY);
    var workflows = engine.ports().workflows();
    TestWorkflows.ALL.forEach(
        (key, source) -> {
          engine.workflow(key, source);
          var live =
              workflows.live(InProcessEngine.ENVIRONMENT, new WorkflowKey(key)).orElseThrow();
          collect(
              workflows
                  .version(InProcessEngine.ENVIRONMENT, new WorkflowKey(key), live.version())
                  .orElseThrow()
                  .steps(),
              played);
        });
    return played;
  }

  /** The kinds of whatever the value is made of. */
  private static void collect(Object value, Set<Object> into) {
    switch (value) {
      case Collection<?> many -> many.forEach(it -> collect(it, into));
      case Optional<?> maybe -> maybe.ifPresent(it -> collect(it, into));
      case Enum<?> choice -> into.add(choice);
      case Record whole -> {
        into.add(whole.getClass());
        Stream.of(whole.getClass().getRecordComponents())
            .forEach(part -> collect(read(part, whole), into));
      }
      default -> {}
    }
  }

  private static Object read(RecordComponent part, Record of) {
    try {
      return part.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(part.toString(), e);
    }
  }
}
