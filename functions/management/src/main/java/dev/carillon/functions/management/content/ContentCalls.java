package dev.carillon.functions.management.content;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.authoring.Bare;
import dev.carillon.authoring.ContentChecks;
import dev.carillon.authoring.ContentProblem;
import dev.carillon.channel.Channels;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.Contents;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.AuthoredView;
import dev.carillon.edge.view.CompleteContent;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists, shows, checks, saves and commits content, of each type in the same way. */
final class ContentCalls {
  private static final Access READ = management(ManagementScope.READ);
  private static final Access WRITE = management(ManagementScope.WRITE);
  private static final String LIQUID = "liquid";

  private final ManagementCall.Reader calls;
  private final Contents contents;
  private final ContentLibrary library;
  private final Channels channels;
  private final AuthoredView view;
  private final SaveContent saving;

  ContentCalls(
      ManagementCall.Reader calls,
      Contents contents,
      ContentLibrary library,
      Channels channels,
      AuthoredView view,
      SaveContent saving) {
    this.calls = calls;
    this.contents = contents;
    this.library = library;
    this.channels = channels;
    this.view = view;
    this.saving = saving;
  }

  static List<Operation<ContentCalls>> operations() {
    var all = new ArrayList<Operation<ContentCalls>>();
    for (ContentKind kind : ContentKind.values()) {
      String one = kind.path() + "/{key}";
      all.add(
          byCaller(
              HttpMethod.GET,
              kind.path(),
              READ,
              (it, request, caller) -> it.list(kind, request, caller)));
      all.add(
          byCaller(
              HttpMethod.GET, one, READ, (it, request, caller) -> it.show(kind, request, caller)));
      all.add(
          byCaller(
              HttpMethod.PUT, one, WRITE, (it, request, caller) -> it.save(kind, request, caller)));
      all.add(
          byCaller(
              HttpMethod.PUT,
              one + "/validate",
              READ,
              (it, request, caller) -> it.validate(kind, request, caller)));
    }
    return all;
  }

  private static Set<String> and(Set<String> some, String... more) {
    var all = new HashSet<>(some);
    all.addAll(List.of(more));
    return all;
  }

  /** Draft or committed, as the call asks for; empty when there is no such. */
  private static Optional<VersionId> version(ManagementCall call, ContentHead head) {
    return call.query().bool("hide_uncommitted_changes").orElse(false)
        ? head.committed()
        : head.latest();
  }

  /** Of what branches share with their environment, a call is about the environment. */
  private ManagementCall read(
      ContentKind kind, HttpRequest request, Caller caller, Set<String> heeded) {
    var call = calls.read(request, caller, heeded);
    return kind.type().isBranched() ? call : call.at(call.environment(), Optional.empty());
  }

  HttpResponse list(ContentKind kind, HttpRequest request, Caller caller) {
    var call =
        read(
            kind,
            request,
            caller,
            and(EntryPages.PARAMETERS, "annotate", "hide_uncommitted_changes"));
    var heads =
        call.of(contents).all(call.id(), kind.type()).stream()
            .filter(head -> version(call, head).isPresent())
            .toList();
    ContentChecks checks = library.drafts(call);
    return EntryPages.of(
        heads,
        call.query(),
        request.cursors(call.id(), kind.path()),
        head -> head.id().key(),
        head -> shown(kind, call, head, version(call, head).orElseThrow(), checks));
  }

  HttpResponse show(ContentKind kind, HttpRequest request, Caller caller) {
    var call = read(kind, request, caller, Set.of("annotate", "hide_uncommitted_changes"));
    ContentId id = kind.id(request.pathParameter("key"));
    return call.of(contents)
        .find(call.id(), id)
        .flatMap(
            head ->
                version(call, head).map(it -> shown(kind, call, head, it, library.drafts(call))))
        .map(HttpResponse::ok)
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  private Json.Obj shown(
      ContentKind kind,
      ManagementCall call,
      ContentHead head,
      VersionId version,
      ContentChecks checks) {
    Json.Obj content =
        call.of(contents)
            .version(call.id(), head.id(), version)
            .orElseThrow(() -> new IllegalStateException(head.id() + " lacks " + version));
    return shown(kind, call, head, version, content, checks);
  }

  private Json.Obj shown(
      ContentKind kind,
      ManagementCall call,
      ContentHead head,
      VersionId version,
      Json.Obj content,
      ContentChecks checks) {
    boolean valid = checks.problems(head.id(), content).isEmpty();
    Json.Obj shown = view.of(call.environment(), head, version, content, valid);
    return call.query().bool("annotate").orElse(kind.alwaysAnnotated())
        ? Annotations.annotated(kind, shown)
        : shown;
  }

  HttpResponse validate(ContentKind kind, HttpRequest request, Caller caller) {
    var call = read(kind, request, caller, Set.of("annotate"));
    ContentId id = kind.id(request.pathParameter("key"));
    Json.Obj content = content(call, kind, request);
    ContentChecks checks = library.drafts(call);
    SaveContent.refuse(missing(kind, content));
    SaveContent.refuse(checks.ownProblems(id, content));
    var head =
        call.of(contents)
            .find(call.id(), id)
            .orElseGet(() -> ContentHead.none(id, call.origin().at()));
    return HttpResponse.ok(
        Json.object()
            .with(
                kind.wrapper(),
                shown(kind, call, head, WorkflowReader.version(content), content, checks)));
  }

  /** What Knock's document requires, and a directory may leave out. */
  private static List<ContentProblem> missing(ContentKind kind, Json.Obj content) {
    return kind.required().stream()
        .filter(
            field ->
                content.get(field).isEmpty()
                    || field.equals("name")
                        && content.text(field).filter(String::isBlank).isPresent())
        .map(field -> new ContentProblem(field, "This is required."))
        .toList();
  }

  HttpResponse save(ContentKind kind, HttpRequest request, Caller caller) {
    var call = read(kind, request, caller, SaveContent.PARAMETERS);
    ContentId id = kind.id(request.pathParameter("key"));
    Json.Obj content = content(call, kind, request);
    SaveContent.refuse(missing(kind, content));
    ContentChecks checks = library.drafts(call);
    ContentHead head = saving.save(call, caller, id, content, checks);
    VersionId version = WorkflowReader.version(content);
    return HttpResponse.ok(
        Json.object().with(kind.wrapper(), shown(kind, call, head, version, content, checks)));
  }

  /**
   * The content of the body, as complete as answers have it: otherwise what is pulled and pushed
   * again would be another version. What has templates and names no language is Liquid, and a step
   * that names a channel is of its type.
   */
  private Json.Obj content(ManagementCall call, ContentKind kind, HttpRequest request) {
    Json.Obj body = request.fields().required(kind.wrapper()).object().json();
    Json.Obj content =
        TypedSteps.of(Bare.answered(body), key -> channels.find(call.environment().id(), key));
    Json.Obj complete = CompleteContent.of(kind.type(), kind.written(content));
    return kind.type().hasTemplates() && complete.get("template_language").isEmpty()
        ? complete.with("template_language", LIQUID)
        : complete;
  }
}
