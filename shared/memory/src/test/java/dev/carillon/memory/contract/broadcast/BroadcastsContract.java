package dev.carillon.memory.contract.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.broadcast.BroadcastPlan;
import dev.carillon.broadcast.BroadcastProgress;
import dev.carillon.broadcast.Broadcasts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of broadcasts and of how far they have got. */
public abstract class BroadcastsContract {
  private static final int AT_ONCE = 8;
  private static final BroadcastPlan PLAN =
      new BroadcastPlan(3, Samples.later(60), Samples.VERSION, "everybody");

  private final EnvironmentId environment = Samples.environment();

  protected abstract Broadcasts broadcasts();

  private Broadcast draft(String key) {
    return Broadcast.draft(environment, key, Samples.DATA, Samples.NOW);
  }

  @Test
  void every_stage_comes_back_as_it_was_stored() {
    Broadcasts broadcasts = broadcasts();
    assertThat(broadcasts.find(environment, "new-year")).isEmpty();
    Broadcast last = draft("new-year");
    for (Stage stage :
        List.of(
            new Stage.Draft(),
            new Stage.Scheduled(PLAN),
            new Stage.Sending(PLAN, Samples.later(61)),
            new Stage.Sent(PLAN, Samples.later(61), Samples.later(62), 5_000_000_000L))) {
      assertThat(broadcasts.save(last.at(stage, Samples.later(1)))).isTrue();
      Broadcast found = broadcasts.find(environment, "new-year").orElseThrow();
      assertThat(found).isEqualTo(last.at(stage, Samples.later(1)).stored());
      last = found;
    }
    assertThat(broadcasts.find(Samples.environment(), "new-year")).isEmpty();
  }

  @Test
  void what_is_large_comes_back_whole() {
    Broadcasts broadcasts = broadcasts();
    var text = new StringBuilder();
    for (int i = 0; i < 90_000; i++) {
      text.append(Integer.toHexString(i * 0x9E3779B1));
    }
    Broadcast large = draft("large").saying(Json.object().with("t", text.toString()), Samples.NOW);
    assertThat(broadcasts.save(large)).isTrue();
    assertThat(broadcasts.find(environment, "large")).contains(large.stored());
  }

  @Test
  void who_read_an_older_one_changes_nothing() {
    Broadcasts broadcasts = broadcasts();
    assertThat(broadcasts.save(draft("new-year"))).isTrue();
    assertThat(broadcasts.save(draft("new-year"))).as("there is one").isFalse();
    Broadcast first = broadcasts.find(environment, "new-year").orElseThrow();
    assertThat(broadcasts.save(first.scheduled(PLAN, Samples.later(1)))).isTrue();
    assertThat(broadcasts.save(first.saying(Json.Obj.EMPTY, Samples.later(2)))).isFalse();
    assertThat(broadcasts.find(environment, "new-year").orElseThrow().stage())
        .isEqualTo(new Stage.Scheduled(PLAN));
  }

  @Test
  void of_those_who_send_at_once_one_does() throws Exception {
    Broadcasts broadcasts = broadcasts();
    broadcasts.save(draft("new-year"));
    Broadcast read = broadcasts.find(environment, "new-year").orElseThrow();
    assertThat(Race.run(AT_ONCE, () -> broadcasts.save(read.scheduled(PLAN, Samples.later(1)))))
        .containsOnlyOnce(true);
  }

  @Test
  void they_are_listed_newest_first() {
    Broadcasts broadcasts = broadcasts();
    for (int i = 0; i < 7; i++) {
      broadcasts.save(
          Broadcast.draft(environment, "number-" + i, Json.Obj.EMPTY, Samples.later(i)));
    }
    broadcasts.save(draft("other").at(new Stage.Draft(), Samples.NOW));
    assertThat(Samples.walk(3, page -> broadcasts.newestFirst(environment, page)))
        .extracting(Broadcast::key)
        .containsExactly(
            "number-6",
            "number-5",
            "number-4",
            "number-3",
            "number-2",
            "number-1",
            "other",
            "number-0");
    assertThat(Samples.walk(3, page -> broadcasts.newestFirst(Samples.environment(), page)))
        .isEmpty();
  }

  @Test
  void a_part_of_a_sending_only_gets_further() {
    Broadcasts broadcasts = broadcasts();
    assertThat(broadcasts.progress(environment, "new-year", 1)).isEmpty();
    var first = new BroadcastProgress(15, 1, Optional.of("a#b\n"), 100, Samples.NOW);
    var second = new BroadcastProgress(15, 2, Optional.empty(), 130, Samples.later(1));
    assertThat(broadcasts.note(environment, "new-year", 1, first)).isTrue();
    assertThat(broadcasts.progress(environment, "new-year", 1)).containsExactly(first);
    assertThat(broadcasts.note(environment, "new-year", 1, second)).isTrue();
    assertThat(broadcasts.note(environment, "new-year", 1, first)).isFalse();
    assertThat(broadcasts.note(environment, "new-year", 1, second)).isFalse();
    var other = new BroadcastProgress(0, 1, Optional.empty(), 0, Samples.NOW);
    assertThat(broadcasts.note(environment, "new-year", 1, other)).isTrue();
    assertThat(broadcasts.note(environment, "new-year", 2, other)).isTrue();
    assertThat(broadcasts.note(environment, "new-yea", 1, other)).isTrue();
    assertThat(broadcasts.progress(environment, "new-year", 1)).containsExactly(other, second);
  }
}
