package dev.carillon.functions.management.plans;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.functions.management.content.ContentLibrary;
import dev.carillon.functions.management.plans.FindTouched.Waiting;
import dev.carillon.functions.management.plans.ReplayTriggers.Change;
import dev.carillon.functions.management.plans.ReplayTriggers.Replayed;
import dev.carillon.functions.management.plans.ReplayTriggers.Shelves;
import dev.carillon.functions.management.plans.ReplayTriggers.Versions;
import dev.carillon.functions.management.plans.ReplayTriggers.Whom;
import dev.carillon.json.Json;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.decision.Decide;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says what committing the drafts would change, of workflows and of the layouts, partials and
 * translations that they render: which runs wait in them, which audiences they ask about, and who
 * would have got more, less or other than it did of what was triggered within the last hour. It
 * changes and sends nothing. Who may only read content is not let in, since it tells what is known
 * of people.
 */
final class PlanCalls {
  static final List<Operation<PlanCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/plan", management(ManagementScope.WRITE), PlanCalls::plan));

  private final ManagementCall.Reader calls;
  private final Contents contents;
  private final FindTouched touched;
  private final ReplayTriggers replay;
  private final ContentLibrary library;

  PlanCalls(
      ManagementCall.Reader calls,
      Contents contents,
      ContentLibrary library,
      FindTouched touched,
      ReplayTriggers replay) {
    this.calls = calls;
    this.contents = contents;
    this.library = library;
    this.touched = touched;
    this.replay = replay;
  }

  /** Of the drafts of all workflows, or of the one that {@code workflow} names. */
  HttpResponse plan(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of("workflow"));
    Instant now = call.origin().at();
    var named = call.query().one("workflow");
    var heads =
        contents.all(call.id(), ContentType.WORKFLOW).stream()
            .filter(it -> named.map(it.id().key()::equals).orElse(true))
            .toList();
    if (named.isPresent() && heads.isEmpty()) {
      throw ErrorCode.WORKFLOW_MISSING.at("workflow", "There is no workflow with this key.");
    }
    Set<ContentId> parts = new FindParts(contents).changed(call.id());
    Map<WorkflowKey, Versions> changed = new LinkedHashMap<>();
    Map<WorkflowKey, Versions> asTheyAre = new LinkedHashMap<>();
    var unreadable = new TreeSet<String>();
    for (ContentHead head : heads) {
      if (head.draft().isPresent()) {
        var key = new WorkflowKey(head.id().key());
        read(call.id(), head.id(), head.draft())
            .ifPresentOrElse(
                after ->
                    changed.put(
                        key, new Versions(read(call.id(), head.id(), head.committed()), after)),
                () -> unreadable.add(head.id().key()));
      } else if (!parts.isEmpty()) {
        read(call.id(), head.id(), head.committed())
            .ifPresent(
                it ->
                    asTheyAre.put(
                        new WorkflowKey(head.id().key()), new Versions(Optional.of(it), it)));
      }
    }
    var shelves = new Shelves(library.serving(call), library.written(call));
    var rendered = new LinkedHashMap<>(FindParts.rendered(changed, parts, shelves));
    Map<WorkflowKey, Set<ContentId>> also = FindParts.rendered(asTheyAre, parts, shelves);
    also.keySet().forEach(key -> changed.put(key, asTheyAre.get(key)));
    rendered.putAll(also);
    var waiting = touched.waiting(call.id(), changed.keySet(), now);
    Replayed replayed = replay.replay(call.id(), changed, shelves, now);
    return HttpResponse.ok(
        Json.object()
            .with("environment", call.environment().slug())
            .with("workflows", workflows(changed, rendered, waiting.waiting(), replayed))
            .with("changed_parts", parts(parts, rendered))
            .with("refused", Json.texts(List.copyOf(unreadable)))
            .with("changed_audiences", audiences(call))
            .with("waiting_runs", Json.array(shown(waiting.waiting())))
            .with("recipients", recipients(replayed))
            .with(
                "replayed",
                Json.object()
                    .with("from", Times.of(now.minus(ReplayTriggers.LAST)))
                    .with("until", Times.of(now))
                    .with("triggers_looked_at", Json.of(replayed.looked()))
                    .with("runs", Json.of(replayed.runs())))
            .with("complete", Json.of(waiting.complete() && replayed.complete())));
  }

  /** Empty of what there is not, and of what cannot be read; validating it says why. */
  private Optional<Workflow> read(
      EnvironmentId environment, ContentId id, Optional<VersionId> version) {
    return version
        .flatMap(it -> contents.version(environment, id, it))
        .flatMap(
            source ->
                switch (WorkflowReader.read(new WorkflowKey(id.key()), source)) {
                  case WorkflowReader.Read.Ok(var workflow) -> Optional.of(workflow);
                  case WorkflowReader.Read.Refused _ -> Optional.<Workflow>empty();
                });
  }

  private Json audiences(ManagementCall call) {
    return Json.texts(
        contents.all(call.id(), ContentType.AUDIENCE).stream()
            .filter(it -> it.draft().isPresent())
            .map(it -> it.id().key())
            .toList());
  }

  private static Json parts(Set<ContentId> parts, Map<WorkflowKey, Set<ContentId>> rendered) {
    return Json.array(
        parts.stream()
            .<Json>map(
                part ->
                    named(part)
                        .with(
                            "workflows",
                            Json.texts(
                                rendered.entrySet().stream()
                                    .filter(it -> it.getValue().contains(part))
                                    .map(it -> it.getKey().value())
                                    .sorted()
                                    .toList())))
            .toList());
  }

  private static Json.Obj named(ContentId part) {
    return Json.object()
        .with("resource_type", part.type().wireName())
        .with("resource_id", part.key());
  }

  private static Json workflows(
      Map<WorkflowKey, Versions> changed,
      Map<WorkflowKey, Set<ContentId>> rendered,
      List<Waiting> waiting,
      Replayed replayed) {
    var shown = new ArrayList<Json>();
    changed.forEach(
        (key, versions) -> {
          Json.Obj effects = Json.object();
          for (Effect effect : Effect.values()) {
            long count =
                replayed.changes().entrySet().stream()
                    .filter(it -> it.getKey().workflow().equals(key))
                    .filter(it -> Effect.of(it.getValue()) == effect)
                    .count();
            effects = effects.with(effect.wireName(), Json.of(count));
          }
          shown.add(
              Json.object()
                  .with("key", key.value())
                  .with(
                      "from_version",
                      Json.ofNullable(versions.before().map(it -> it.version().toString())))
                  .with("to_version", versions.after().version().toString())
                  .with(
                      "parts",
                      Json.array(
                          rendered.getOrDefault(key, Set.of()).stream()
                              .<Json>map(PlanCalls::named)
                              .toList()))
                  .with("audiences", Json.texts(asked(versions)))
                  .with(
                      "waiting_runs",
                      Json.of(
                          waiting.stream().filter(it -> it.run().workflow().equals(key)).count()))
                  .with("recipients", effects)
                  .with(
                      "assumed",
                      Json.texts(
                          replayed.assumed().getOrDefault(key, Set.of()).stream().toList())));
        });
    return Json.array(shown);
  }

  /** The audiences that either version's conditions ask about. */
  private static List<String> asked(Versions versions) {
    var audiences = new TreeSet<String>();
    for (Workflow one :
        versions
            .before()
            .map(it -> List.of(it, versions.after()))
            .orElse(List.of(versions.after()))) {
      audiences.addAll(one.conditions().audiences());
      one.allSteps().forEach(step -> audiences.addAll(Decide.conditions(step).audiences()));
      one.allSteps().forEach(step -> audiences.addAll(step.conditions().audiences()));
    }
    return List.copyOf(audiences);
  }

  /** They go on in the version that they began with. */
  private static List<Json> shown(List<Waiting> waiting) {
    return waiting.stream()
        .limit(Limits.PLAN_SHOWN)
        .<Json>map(
            it ->
                Json.object()
                    .with("workflow_recipient_run_id", it.run().id().toString())
                    .with("workflow", it.run().workflow().plain())
                    .with("recipient", it.run().recipient().reference())
                    .with("tenant", Json.ofNullable(it.run().tenant().map(TenantId::value)))
                    .with("version", it.run().version().toString())
                    .with("step_ref", it.on().step().value())
                    .with("until", Times.of(it.on().dueAt())))
        .toList();
  }

  /** Those for whom something changes. */
  private static Json recipients(Replayed replayed) {
    return Json.array(
        replayed.changes().entrySet().stream()
            .filter(it -> Effect.of(it.getValue()) != Effect.SAME)
            .limit(Limits.PLAN_SHOWN)
            .<Json>map(it -> recipient(it.getKey(), it.getValue()))
            .toList());
  }

  private static Json recipient(Whom whom, Change change) {
    return Json.object()
        .with("workflow", whom.workflow().value())
        .with("recipient", whom.recipient().reference())
        .with("tenant", Json.ofNullable(whom.tenant().map(TenantId::value)))
        .with("effect", Effect.of(change).wireName())
        .with("before", counts(Effect.byChannel(change.before())))
        .with("after", counts(Effect.byChannel(change.after())));
  }

  private static Json counts(Map<String, Long> byChannel) {
    Json.Obj counts = Json.object();
    for (var entry : byChannel.entrySet()) {
      counts = counts.with(entry.getKey(), Json.of(entry.getValue()));
    }
    return counts;
  }
}
