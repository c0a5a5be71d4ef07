package dev.carillon.functions.management.content;

import static dev.carillon.edge.access.Access.management;

import dev.carillon.access.ManagementScope;
import dev.carillon.authoring.Committing;
import dev.carillon.authoring.ContentChecks;
import dev.carillon.authoring.ContentProblem;
import dev.carillon.change.Change;
import dev.carillon.content.AnnounceSaves;
import dev.carillon.content.Commits;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.Contents;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.access.Caller;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Saves a content, and commits it if the call asks for that. */
final class SaveContent {
  /** What a call that saves may ask for. */
  static final Set<String> PARAMETERS =
      Set.of("annotate", "commit", "commit_message", "force", "allow_empty");

  private final ManagementCall.Reader calls;
  private final Contents contents;
  private final ContentLibrary library;
  private final AnnounceSaves announce;
  private final GatherTexts texts;
  private final Committing committing;

  SaveContent(
      ManagementCall.Reader calls,
      Contents contents,
      ContentLibrary library,
      AnnounceSaves announce,
      Committing committing) {
    this.calls = calls;
    this.contents = contents;
    this.library = library;
    this.announce = announce;
    this.texts = new GatherTexts(contents);
    this.committing = committing;
  }

  /**
   * How it stands then.
   *
   * @throws ApiException when something is wrong with it, or it may not be written here
   */
  ContentHead save(
      ManagementCall call, Caller caller, ContentId id, Json.Obj content, ContentChecks checks) {
    boolean commit = call.query().bool("commit").orElse(false);
    if (commit) {
      caller.admit(management(ManagementScope.COMMIT));
    }
    if (calls.environments().before(call.environment()).isPresent()
        && !call.query().bool("force").orElse(false)) {
      throw ErrorCode.INVALID_PARAMS.at(
          "environment",
          "content is written in the first environment and promoted from there; force=true writes"
              + " it here all the same");
    }
    refuse(checks.ownProblems(id, content));
    if (commit) {
      refuse(mayServe(call, id, content));
    }
    VersionId version = WorkflowReader.version(content);
    Contents written = call.of(contents);
    var before = written.find(call.id(), id).flatMap(ContentHead::latest);
    Change change =
        call.origin()
            .change(
                "saved",
                id.toString(),
                before.map(VersionId::toString).orElse(""),
                version.toString());
    if (!before.equals(Optional.of(version))) {
      announce.announce(call.id(), id, version, change.id());
    }
    ContentHead head = written.save(call.id(), id, content, call.origin().at(), change);
    if (head.archived()) {
      throw ErrorCode.ARCHIVED.refused();
    }
    return commit ? committed(call, head, content, checks) : head;
  }

  /** What keeps a workflow from serving; what it uses has to be there by then. */
  private List<ContentProblem> mayServe(ManagementCall call, ContentId id, Json.Obj content) {
    return switch (id.type()) {
      case WORKFLOW -> library.served(call, Map.of()).problems(id, content);
      case PARTIAL, EMAIL_LAYOUT, TRANSLATION, MESSAGE_TYPE, AUDIENCE -> List.of();
    };
  }

  private ContentHead committed(
      ManagementCall call, ContentHead head, Json.Obj content, ContentChecks checks) {
    if (head.committed().equals(Optional.of(WorkflowReader.version(content)))
        && !call.query().bool("allow_empty").orElse(false)) {
      return head;
    }
    var wanted =
        new Committing.Wanted(head, content, Optional.empty(), call.query().one("commit_message"));
    var result =
        committing.commit(
            call.id(),
            texts.among(call, List.of(wanted), checks.partials()),
            call.author(),
            call.origin(),
            "committed");
    result.stopped().ifPresent(SaveContent::stop);
    return call.of(contents).find(call.id(), head.id()).orElse(head);
  }

  private static void stop(Commits.Outcome outcome) {
    throw switch (outcome) {
      case ARCHIVED -> ErrorCode.ARCHIVED.refused();
      case CHANGED, DONE -> ErrorCode.CONTENT_CHANGED.refused();
    };
  }

  /**
   * @throws ApiException when there are problems, which it names
   */
  static void refuse(List<ContentProblem> problems) {
    if (!problems.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMS,
          problems.stream().map(it -> new ApiException.Field(it.field(), it.sentence())).toList());
    }
  }
}
