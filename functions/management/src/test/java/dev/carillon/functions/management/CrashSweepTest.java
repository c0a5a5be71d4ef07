package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.change.Change;
import dev.carillon.content.Assets;
import dev.carillon.content.Branch;
import dev.carillon.content.BranchContents;
import dev.carillon.content.Commit;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.ServedParts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.PageRequest;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills the function before and after each call of a port, in all that changes content. What serves
 * is then as before or as after, never in between, and doing it again ends as if nothing happened.
 * Whatever was saved or committed by then, endpoints hear of.
 */
class CrashSweepTest {
  private static final List<EnvironmentId> ENVIRONMENTS =
      List.of(ManagementFixture.LOCAL, ManagementFixture.PRODUCTION);

  /** What is done, and whether it changes what serves. */
  enum Doing {
    SAVE(desk -> desk.put("/v1/workflows/welcome", ManagementFixture.workflow("c"))),
    SAVE_AND_COMMIT(
        desk ->
            desk.put(
                "/v1/workflows/welcome?commit=true",
                ManagementFixture.workflow("c{% t %}told{% endt %}"))),
    COMMIT(desk -> desk.put("/v1/commits")),
    PROMOTE(desk -> desk.put("/v1/commits/promote?to_environment=production")),
    COMMIT_ON_BRANCH(
        desk ->
            desk.put(
                "/v1/workflows/welcome?branch=try&commit=true", ManagementFixture.workflow("d"))),
    REBASE(desk -> desk.put("/v1/branches/try/rebase")),
    MERGE(desk -> desk.put("/v1/commits/promote?to_environment=development&branch=try")),
    REVERT(
        desk -> {
          var newest = desk.get("/v1/commits?resource_type=workflow&resource_id=welcome");
          if (!newest.text("entries.0.commit_message").startsWith("Revert")) {
            desk.put("/v1/commits/" + newest.text("entries.0.id") + "/revert");
          }
        });

    private final Consumer<ManagementFixture> does;

    Doing(Consumer<ManagementFixture> does) {
      this.does = does;
    }
  }

  /** What a reader of what serves sees. */
  private record Served(
      Map<String, Optional<VersionId>> workflows,
      List<Assets.Library> parts,
      Map<ContentId, VersionId> branch) {}

  private static ManagementFixture begun() {
    var desk = new ManagementFixture();
    ENVIRONMENTS.forEach(desk::hears);
    for (String text : List.of("a", "b")) {
      desk.put("/v1/partials/card", ManagementFixture.partial(text));
      desk.put(
          "/v1/workflows/welcome", ManagementFixture.workflow(text + "{% render \\\"card\\\" %}"));
      desk.put("/v1/commits");
    }
    desk.post("/v1/branches/try");
    desk.put("/v1/partials/branched?branch=try&commit=true", ManagementFixture.partial("x"));
    desk.put(
        "/v1/workflows/other?branch=try&commit=true",
        ManagementFixture.workflow("{% render \\\"branched\\\" %}"));
    desk.put("/v1/partials/later?commit=true", ManagementFixture.partial("later"));
    desk.put("/v1/partials/card", ManagementFixture.partial("draft"));
    desk.put("/v1/workflows/other", ManagementFixture.workflow("draft"));
    return desk;
  }

  private static Served served(ManagementFixture desk) {
    var workflows = new LinkedHashMap<String, Optional<VersionId>>();
    var parts = new ArrayList<Assets.Library>();
    for (EnvironmentId environment : ENVIRONMENTS) {
      for (String key : List.of("welcome", "other")) {
        workflows.put(
            environment.value() + " " + key,
            desk.ports
                .workflows()
                .live(environment, new WorkflowKey(key))
                .map(Workflows.Live::version));
      }
      parts.add(desk.ports.assets().current(environment));
      assertThatHeadsSayWhatServes(desk, environment);
    }
    Branch branch = desk.ports.branches().find(ManagementFixture.LOCAL, "try").orElseThrow();
    for (String key : List.of("welcome", "other")) {
      workflows.put(
          "branch " + key,
          new BranchContents(desk.ports.contents(), branch)
              .find(branch.id(), new ContentId(ContentType.WORKFLOW, key))
              .flatMap(ContentHead::committed));
    }
    return new Served(workflows, parts, branch.base());
  }

  private static void assertThatHeadsSayWhatServes(
      ManagementFixture desk, EnvironmentId environment) {
    var contents = desk.ports.contents();
    for (ContentHead head : contents.all(environment, ContentType.WORKFLOW)) {
      assertThat(
              desk.ports
                  .workflows()
                  .live(environment, new WorkflowKey(head.id().key()))
                  .map(Workflows.Live::version))
          .isEqualTo(head.committed());
    }
    Map<ContentId, Json.Obj> parts = new LinkedHashMap<>();
    for (ContentType type : List.of(ContentType.PARTIAL, ContentType.TRANSLATION)) {
      for (ContentHead head : contents.all(environment, type)) {
        head.committed()
            .flatMap(version -> contents.version(environment, head.id(), version))
            .ifPresent(content -> parts.put(head.id(), content));
      }
    }
    assertThat(desk.ports.assets().current(environment))
        .isEqualTo(ServedParts.over(Assets.Library.EMPTY, parts));
  }

  /** By a task that is stored, whoever dies after that. */
  private static void assertThatWhatIsDoneIsTold(ManagementFixture desk) {
    for (EnvironmentId environment : ENVIRONMENTS) {
      var made =
          desk.ports.commits().page(environment, PageRequest.first(100)).items().stream()
              .map(Commit::id)
              .toList();
      assertThat(desk.told(environment)).containsAll(made);
      var saved =
          desk.ports.changes().page(environment, PageRequest.first(100)).items().stream()
              .filter(it -> it.action().equals("saved"))
              .map(Change::id)
              .toList();
      assertThat(desk.toldOfSaves(environment)).containsAll(saved);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobody_sees_half_of_it_and_a_repetition_finishes_it(Doing doing) {
    ManagementFixture undisturbed = begun();
    Served before = served(undisturbed);
    var counting = new DyingPorts();
    doing.does.accept(undisturbed.on(ports -> counting.of(ports, _ -> false, false)));
    Served after = served(undisturbed);

    for (int call = 0; call < counting.calls(); call++) {
      for (boolean afterwards : new boolean[] {false, true}) {
        ManagementFixture desk = begun();
        int last = call;
        try {
          doing.does.accept(
              desk.on(ports -> new DyingPorts().of(ports, at -> at == last, afterwards)));
        } catch (DyingPorts.Killed _) {
          // As meant.
        }
        assertThat(served(desk)).as("killed at call %d", call).isIn(before, after);
        assertThatWhatIsDoneIsTold(desk);
        doing.does.accept(desk.on(it -> it));
        assertThat(served(desk)).as("after call %d", call).isEqualTo(after);
        assertThatWhatIsDoneIsTold(desk);
      }
    }
    assertThat(counting.calls()).isGreaterThan(3);
  }
}
