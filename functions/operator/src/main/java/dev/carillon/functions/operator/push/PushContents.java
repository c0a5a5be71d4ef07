package dev.carillon.functions.operator.push;

import dev.carillon.authoring.Bare;
import dev.carillon.authoring.Committing;
import dev.carillon.authoring.Committing.Wanted;
import dev.carillon.change.Origin;
import dev.carillon.content.Author;
import dev.carillon.content.Commit;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.project.Finding;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowReader;
import dev.carillon.workflow.Workflows;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Saves and commits what of a project may serve. What serves already is committed no second time.
 */
public final class PushContents {
  private static final Author AUTHOR = new Author("operator", "operator@carillon.invalid");
  private static final String CHANGED = "Somebody else committed this meanwhile: push again.";

  private final Workflows workflows;
  private final Contents contents;
  private final Committing committing;
  private final InstantSource clock;

  public PushContents(
      Workflows workflows, Contents contents, Committing committing, InstantSource clock) {
    this.workflows = workflows;
    this.contents = contents;
    this.committing = committing;
    this.clock = clock;
  }

  /** A workflow that was found to be good, and the file it stands in. */
  record Good(String file, Workflow workflow) {}

  /** Lets layouts and partials serve. */
  void parts(EnvironmentId environment, Map<ContentId, Json.Obj> parts, List<Finding> findings) {
    var wanted = new ArrayList<Wanted>();
    parts.forEach((id, content) -> wanted(environment, id, content).ifPresent(wanted::add));
    commit(environment, wanted)
        .stopped()
        .ifPresent(_ -> findings.add(Finding.inFile("layouts/, partials/", CHANGED)));
  }

  /**
   * Lets workflows serve.
   *
   * @return what became of each that serves; of the others there are findings
   */
  List<Json> workflows(EnvironmentId environment, List<Good> all, List<Finding> findings) {
    var lives = new HashMap<ContentId, Optional<Workflows.Live>>();
    var wanted = new ArrayList<Wanted>();
    for (Good good : all) {
      var live = workflows.live(environment, good.workflow().key());
      lives.put(id(good), live);
      if (!workflows.isRetired(environment, good.workflow().key())) {
        wanted(environment, id(good), Bare.content(good.workflow().source()))
            .ifPresent(wanted::add);
      }
    }
    var left = new ArrayList<>(wanted.stream().map(it -> it.head().id()).toList());
    var result = commit(environment, wanted);
    result.made().stream().map(Commit::content).forEach(left::remove);
    var answers = new ArrayList<Json>();
    for (Good good : all) {
      var live = lives.get(id(good));
      String key = good.workflow().key().value();
      if (workflows.isRetired(environment, good.workflow().key())) {
        findings.add(Finding.inFile(good.file(), Finding.ARCHIVED).ofWorkflow(key));
      } else if (left.contains(id(good))) {
        findings.add(Finding.inFile(good.file(), CHANGED).ofWorkflow(key));
      } else {
        VersionId version = good.workflow().version();
        answers.add(
            Json.object()
                .with("workflow", key)
                .with("version", version.toString())
                .with(
                    "changed", Json.of(live.filter(it -> it.version().equals(version)).isEmpty())));
      }
    }
    return answers;
  }

  private static ContentId id(Good good) {
    return new ContentId(ContentType.WORKFLOW, good.workflow().key().value());
  }

  /** Empty when it serves already. */
  private Optional<Wanted> wanted(EnvironmentId environment, ContentId id, Json.Obj content) {
    var head =
        contents.find(environment, id).orElseGet(() -> ContentHead.none(id, clock.instant()));
    return head.committed().equals(Optional.of(WorkflowReader.version(content)))
        ? Optional.empty()
        : Optional.of(new Wanted(head, content, Optional.empty(), Optional.empty()));
  }

  private Committing.Result commit(EnvironmentId environment, List<Wanted> wanted) {
    var origin = new Origin(AUTHOR.name(), "", "push", clock.instant());
    return committing.commit(environment, wanted, AUTHOR, origin, "pushed");
  }
}
