package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.content.Commit;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.PageRequest;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody else commits, promotes, reverts or archives just before each call of a port that who
 * does the same makes: one wins, the other is told, and what serves is what the log says.
 */
class TwoAuthorsTest {
  private static final Set<Integer> WON_OR_TOLD = Set.of(200, 409);

  /** A revert may also find that there is nothing to take back any more. */
  private static Set<Integer> answers(Doing doing) {
    return doing == Doing.REVERT ? Set.of(200, 409, 422) : WON_OR_TOLD;
  }

  enum Doing {
    COMMIT(desk -> desk.put("/v1/commits?commit_message=all")),
    SAVE_AND_COMMIT(
        desk ->
            desk.put(
                "/v1/workflows/welcome?commit=true&commit_message=mine",
                ManagementFixture.workflow("mine"))),
    SAVE_AND_COMMIT_ANOTHER(
        desk ->
            desk.put(
                "/v1/workflows/welcome?commit=true&commit_message=theirs",
                ManagementFixture.workflow("theirs"))),
    PROMOTE(desk -> desk.put("/v1/commits/promote?to_environment=production")),
    REVERT(
        desk ->
            desk.put(
                "/v1/commits/"
                    + desk.get("/v1/commits?resource_type=workflow&resource_id=welcome")
                        .text("entries.0.id")
                    + "/revert"));

    private final Function<ManagementFixture, ManagementFixture.Reply> does;

    Doing(Function<ManagementFixture, ManagementFixture.Reply> does) {
      this.does = does;
    }
  }

  private static ManagementFixture begun() {
    var desk = new ManagementFixture();
    for (String text : new String[] {"a", "b"}) {
      desk.put("/v1/workflows/welcome", ManagementFixture.workflow(text));
      desk.put("/v1/partials/card", ManagementFixture.partial(text));
      desk.put("/v1/commits");
    }
    desk.put("/v1/workflows/welcome", ManagementFixture.workflow("draft"));
    desk.put("/v1/partials/card", ManagementFixture.partial("draft"));
    return desk;
  }

  @ParameterizedTest
  @CsvSource({
    "COMMIT, COMMIT",
    "COMMIT, SAVE_AND_COMMIT",
    "COMMIT, REVERT",
    "SAVE_AND_COMMIT, SAVE_AND_COMMIT_ANOTHER",
    "PROMOTE, PROMOTE",
    "REVERT, REVERT",
    "REVERT, SAVE_AND_COMMIT",
  })
  void one_wins_and_the_other_is_told(Doing doing, Doing other) {
    var counting = new DyingPorts();
    doing.does.apply(begun().on(ports -> counting.of(ports, _ -> false, false)));
    for (int call = 0; call < counting.calls(); call++) {
      ManagementFixture desk = begun();
      ManagementFixture.Reply[] theirs = new ManagementFixture.Reply[1];
      int at = call;
      desk.on(
          ports ->
              DyingPorts.interruptedAt(
                  ports,
                  at,
                  () -> {
                    theirs[0] = other.does.apply(desk.on(it -> it));
                  }));
      var mine = doing.does.apply(desk);
      String when = doing + " with " + other + " before call " + call;
      assertThat(mine.status()).as(when).isIn(answers(doing));
      assertThat(theirs[0].status()).as(when).isIn(answers(other));
      assertThat(List.of(mine.status(), theirs[0].status())).as(when).contains(200);
      assertThatTheLogSaysWhatServes(desk, when);
      doing.does.apply(desk.on(it -> it));
      assertThatTheLogSaysWhatServes(desk, when + ", and again");
    }
    assertThat(counting.calls()).isGreaterThan(3);
  }

  /**
   * Where the commits of one content lead, each from what served before it: to one version if none
   * passed another by. By their time they are no row: that is when who made them began.
   */
  private static List<VersionId> last(List<Commit> commits) {
    var ends = new ArrayList<VersionId>();
    commits.forEach(it -> ends.add(it.version()));
    commits.forEach(it -> it.before().ifPresent(ends::remove));
    return ends;
  }

  private static void assertThatTheLogSaysWhatServes(ManagementFixture desk, String when) {
    for (EnvironmentId environment :
        new EnvironmentId[] {ManagementFixture.LOCAL, ManagementFixture.PRODUCTION}) {
      var log = desk.ports.commits().page(environment, PageRequest.first(100)).items();
      for (ContentType type : new ContentType[] {ContentType.WORKFLOW, ContentType.PARTIAL}) {
        for (ContentHead head : desk.ports.contents().all(environment, type)) {
          assertThat(last(log.stream().filter(it -> it.content().equals(head.id())).toList()))
              .as(when)
              .isEqualTo(head.committed().stream().toList());
          if (type == ContentType.WORKFLOW) {
            assertThat(
                    desk.ports
                        .workflows()
                        .live(environment, new WorkflowKey(head.id().key()))
                        .map(Workflows.Live::version))
                .as(when)
                .isEqualTo(head.committed());
          }
        }
      }
      assertThat(log.stream().map(it -> it.id()).distinct().count()).as(when).isEqualTo(log.size());
    }
  }
}
