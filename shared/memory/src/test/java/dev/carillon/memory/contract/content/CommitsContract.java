package dev.carillon.memory.contract.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.change.Change;
import dev.carillon.change.Changes;
import dev.carillon.change.Origin;
import dev.carillon.content.Assets;
import dev.carillon.content.Author;
import dev.carillon.content.Commit;
import dev.carillon.content.CommitId;
import dev.carillon.content.Commits;
import dev.carillon.content.Commits.Outcome;
import dev.carillon.content.Commits.Serving;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.page.PageRequest;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import dev.carillon.workflow.Workflows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of what is saved, committed and recorded, and of what serves because of it. */
public abstract class CommitsContract {
  private static final Instant AT = Instant.parse("2026-01-05T09:00:00Z");
  private static final Author ANN = new Author("Ann", "ann@example.com");
  private static final ContentId WELCOME = new ContentId(ContentType.WORKFLOW, "welcome");
  private static final ContentId CARD = new ContentId(ContentType.PARTIAL, "card");
  private static final ContentId LAYOUT = new ContentId(ContentType.EMAIL_LAYOUT, "default");
  private static final ContentId VIPS = new ContentId(ContentType.AUDIENCE, "vips");

  private final EnvironmentId environment = Samples.environment();
  private All all;

  /** Ports over one store. */
  public record All(
      Contents contents,
      Commits commits,
      Changes changes,
      Workflows workflows,
      Assets assets,
      Audiences audiences) {}

  protected abstract All all();

  @Test
  void an_archived_audience_is_none_and_its_key_is_never_free_again() {
    Json.Obj vips = Json.object().with("name", "VIPs").with("type", "static");
    Change change = change("archived", VIPS, "");
    assertThat(commit(serving(save(VIPS, vips), vips, 1))).isEqualTo(Outcome.DONE);
    assertThat(all.commits().archiveAudience(environment, "vips", AT, change)).isTrue();
    assertThat(all.commits().archiveAudience(environment, "vips", AT, change)).isFalse();
    assertThat(all.commits().archiveAudience(environment, "never", AT, change)).isTrue();
    assertThat(all.audiences().find(environment, "vips")).isEmpty();
    ContentHead head = all.contents().find(environment, VIPS).orElseThrow();
    assertThat(head.archived()).isTrue();
    assertThat(save(VIPS, vips)).isEqualTo(head);
    assertThat(commit(serving(head, vips, 2))).isEqualTo(Outcome.ARCHIVED);
  }

  @BeforeEach
  void prepare() {
    all = all();
  }

  private static Json.Obj workflow(String name) {
    return Json.object().with("name", name).with("steps", Json.array(List.of()));
  }

  private static Json.Obj partial(String content) {
    return Json.object().with("name", "Card").with("type", "html").with("content", content);
  }

  private static VersionId version(Json.Obj content) {
    return WorkflowReader.version(content);
  }

  private static Change change(String action, ContentId id, String after) {
    return new Origin("Ann", "192.0.2.1", "request-1", AT).change(action, id.toString(), "", after);
  }

  private ContentHead head(ContentId id) {
    return all.contents().find(environment, id).orElse(ContentHead.none(id, AT));
  }

  private ContentHead save(ContentId id, Json.Obj content) {
    return all.contents()
        .save(environment, id, content, AT, change("saved", id, version(content).toString()));
  }

  private Serving serving(ContentHead seen, Json.Obj content, int minute) {
    Instant at = AT.plusSeconds(60L * minute);
    var commit =
        new Commit(
            CommitId.of(at, "request " + content, seen.id()),
            seen.id(),
            version(content),
            seen.committed(),
            ANN,
            Optional.of("why " + minute),
            at,
            Optional.empty());
    return new Serving(
        commit, seen, content, change("committed", seen.id(), minute + " " + version(content)));
  }

  private Outcome commit(Serving... servings) {
    return all.commits().commit(environment, List.of(servings));
  }

  @Test
  void what_was_never_saved_is_not_there() {
    assertThat(all.contents().find(environment, WELCOME)).isEmpty();
    assertThat(all.contents().all(environment, ContentType.WORKFLOW)).isEmpty();
    assertThat(all.contents().version(environment, WELCOME, version(workflow("a")))).isEmpty();
    assertThat(all.commits().page(environment, PageRequest.first(50)).items()).isEmpty();
  }

  @Test
  void a_draft_serves_nowhere_and_is_read_back_as_it_was_written() {
    Json.Obj content = workflow("a").with("z", "1").with("a", "2");
    ContentHead saved = save(WELCOME, content);
    assertThat(saved.draft()).contains(version(content));
    assertThat(saved.committed()).isEmpty();
    assertThat(all.contents().find(environment, WELCOME)).contains(saved);
    assertThat(all.contents().version(environment, WELCOME, version(content)))
        .hasValueSatisfying(it -> assertThat(it.toString()).isEqualTo(content.toString()));
    assertThat(all.workflows().live(environment, new WorkflowKey("welcome"))).isEmpty();
    assertThat(all.contents().find(Samples.environment(), WELCOME)).isEmpty();
    assertThat(save(WELCOME, content)).isEqualTo(saved);
    assertThat(all.changes().page(environment, PageRequest.first(50)).items())
        .containsExactly(change("saved", WELCOME, version(content).toString()));
  }

  @Test
  void a_commit_serves_and_is_recorded_with_its_change() {
    Json.Obj content = workflow("a");
    Serving serving = serving(save(WELCOME, content), content, 1);
    assertThat(commit(serving)).isEqualTo(Outcome.DONE);
    assertThat(head(WELCOME).draft()).isEmpty();
    assertThat(head(WELCOME).committed()).contains(version(content));
    assertThat(head(WELCOME).commit()).contains(serving.commit().id());
    assertThat(all.workflows().live(environment, new WorkflowKey("welcome")))
        .contains(new Workflows.Live(version(content), true, false));
    assertThat(
            all.workflows()
                .version(environment, new WorkflowKey("welcome"), version(content))
                .orElseThrow()
                .name())
        .isEqualTo("a");
    assertThat(all.commits().find(environment, serving.commit().id())).contains(serving.commit());
    assertThat(all.commits().find(Samples.environment(), serving.commit().id())).isEmpty();
    assertThat(all.changes().page(environment, PageRequest.first(50)).items())
        .contains(serving.change());
    // Saving what serves makes no draft of it.
    assertThat(save(WELCOME, content).draft()).isEmpty();
  }

  @Test
  void of_two_commits_that_were_decided_on_the_same_head_one_is_done() {
    ContentHead seen = save(WELCOME, workflow("a"));
    assertThat(commit(serving(seen, workflow("a"), 1))).isEqualTo(Outcome.DONE);
    Serving second = serving(seen, workflow("b"), 2);
    assertThat(commit(second)).isEqualTo(Outcome.CHANGED);
    assertThat(all.commits().find(environment, second.commit().id())).isEmpty();
    assertThat(head(WELCOME).committed()).contains(version(workflow("a")));
    assertThat(commit(serving(head(WELCOME), workflow("b"), 3))).isEqualTo(Outcome.DONE);
  }

  @Test
  void two_at_once_of_one_content_have_one_winner_and_of_different_parts_both_serve()
      throws Exception {
    for (int round = 0; round < 5; round++) {
      ContentHead seen = head(CARD);
      Json.Obj one = partial("one " + round);
      Json.Obj other = partial("other " + round);
      Json.Obj layout = Json.object().with("html_layout", "{{ content }} " + round);
      ContentHead layoutSeen = head(LAYOUT);
      int minute = round;
      var turns =
          new ConcurrentLinkedQueue<>(
              List.of(
                  serving(seen, one, minute),
                  serving(seen, other, minute),
                  serving(layoutSeen, layout, minute)));
      var outcomes = new ConcurrentHashMap<Json.Obj, Outcome>();
      Race.run(
          3,
          () -> {
            Serving mine = turns.remove();
            return outcomes.put(mine.content(), commit(mine));
          });
      assertThat(List.of(outcomes.get(one), outcomes.get(other)))
          .containsExactlyInAnyOrder(Outcome.DONE, Outcome.CHANGED);
      assertThat(outcomes.get(layout)).isEqualTo(Outcome.DONE);
      Assets.Library library = all.assets().current(environment);
      assertThat(library.partials().object("card").text("content"))
          .contains(outcomes.get(one) == Outcome.DONE ? "one " + round : "other " + round);
      assertThat(library.layouts().object("default").text("html_layout"))
          .contains("{{ content }} " + round);
    }
  }

  @Test
  void all_of_a_commit_serves_or_nothing() {
    Json.Obj card = partial("<b>");
    Serving part = serving(head(CARD), card, 1);
    Serving stale = serving(ContentHead.none(WELCOME, AT), workflow("a"), 1);
    save(WELCOME, workflow("other"));
    assertThat(commit(part, stale)).isEqualTo(Outcome.CHANGED);
    assertThat(all.assets().current(environment)).isEqualTo(Assets.Library.EMPTY);
    assertThat(all.contents().find(environment, CARD)).isEmpty();

    Serving good = serving(head(WELCOME), workflow("a"), 2);
    Json.Obj everybody =
        Json.object()
            .with("name", "VIPs")
            .with("type", "dynamic")
            .with("segments", Json.array(List.of()));
    assertThat(commit(part, good, serving(head(VIPS), everybody, 2))).isEqualTo(Outcome.DONE);
    assertThat(all.assets().current(environment).partials().object("card"))
        .isEqualTo(Json.object().with("type", "html").with("content", "<b>"));
    assertThat(all.audiences().find(environment, "vips")).contains(new Audience.Dynamic(List.of()));
    // The draft of another version stays one.
    assertThat(head(WELCOME).draft()).contains(version(workflow("other")));
  }

  @Test
  void as_many_as_one_commit_may_hold_serve_at_once() {
    var many =
        IntStream.range(0, Commits.MOST)
            .mapToObj(i -> new ContentId(ContentType.WORKFLOW, "w" + i))
            .map(id -> serving(ContentHead.none(id, AT), workflow(id.key()), 1))
            .toArray(Serving[]::new);
    assertThat(commit(many)).isEqualTo(Outcome.DONE);
    assertThat(all.contents().all(environment, ContentType.WORKFLOW)).hasSize(Commits.MOST);
  }

  @Test
  void nothing_of_a_commit_with_an_archived_workflow_serves() {
    assertThat(commit(serving(head(WELCOME), workflow("a"), 1))).isEqualTo(Outcome.DONE);
    all.workflows().archive(environment, new WorkflowKey("welcome"));
    assertThat(
            commit(serving(head(CARD), partial("x"), 2), serving(head(WELCOME), workflow("b"), 2)))
        .isEqualTo(Outcome.ARCHIVED);
    assertThat(all.contents().find(environment, CARD)).isEmpty();
    assertThat(head(WELCOME).committed()).contains(version(workflow("a")));
  }

  @Test
  void commits_are_listed_newest_first_all_and_of_one_content() {
    for (int minute = 1; minute <= 5; minute++) {
      assertThat(commit(serving(head(WELCOME), workflow("v" + minute), minute)))
          .isEqualTo(Outcome.DONE);
    }
    assertThat(commit(serving(head(CARD), partial("x"), 6))).isEqualTo(Outcome.DONE);
    var first = all.commits().page(environment, PageRequest.first(2));
    assertThat(first.items().stream().map(it -> it.message().orElse("")))
        .containsExactly("why 6", "why 5");
    var second =
        all.commits().page(environment, new PageRequest(first.next(), Optional.empty(), 2));
    assertThat(second.items().stream().map(it -> it.message().orElse("")))
        .containsExactly("why 4", "why 3");
    var before =
        all.commits()
            .page(
                environment,
                new PageRequest(
                    Optional.empty(), Optional.of(second.items().getLast().id().toString()), 2));
    assertThat(before.items().stream().map(it -> it.message().orElse("")))
        .containsExactly("why 5", "why 4");
    assertThat(all.commits().page(environment, WELCOME, PageRequest.first(50)).items())
        .hasSize(5)
        .allMatch(it -> it.content().equals(WELCOME));
    assertThat(all.commits().page(environment, CARD, PageRequest.first(50)).items()).hasSize(1);
    assertThat(all.changes().page(environment, PageRequest.first(1)).next()).isPresent();
  }

  @Test
  void a_change_that_is_recorded_by_itself_is_listed() {
    Change change = change("activated", WELCOME, "false");
    all.changes().record(environment, change);
    all.changes().record(environment, change);
    assertThat(all.changes().page(environment, PageRequest.first(50)).items())
        .containsExactly(change);
    assertThat(all.changes().page(Samples.environment(), PageRequest.first(50)).items()).isEmpty();
    assertThat(all.changes().find(environment, change.id())).contains(change);
    assertThat(all.changes().find(Samples.environment(), change.id())).isEmpty();
  }
}
