package dev.carillon.functions.management.plans;

import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.management.plans.ReplayTriggers.Shelves;
import dev.carillon.functions.management.plans.ReplayTriggers.Versions;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds what beside workflows has drafts, and which workflows render it. That is told from the
 * texts of templates: none is missed, and one that only has the name of a partial among its words
 * counts, too.
 */
final class FindParts {
  /** Of message types nothing is rendered in messages of workflows. */
  private static final List<ContentType> TYPES =
      List.of(
          ContentType.EMAIL_LAYOUT,
          ContentType.PARTIAL,
          ContentType.TRANSLATION,
          ContentType.MESSAGE_TYPE);

  private final Contents contents;

  FindParts(Contents contents) {
    this.contents = contents;
  }

  /** Those with drafts, by type and key. */
  Set<ContentId> changed(EnvironmentId environment) {
    var changed = new LinkedHashSet<ContentId>();
    for (ContentType type : TYPES) {
      contents.all(environment, type).stream()
          .filter(head -> head.draft().isPresent())
          .map(ContentHead::id)
          .forEach(changed::add);
    }
    return changed;
  }

  /**
   * Which of the parts each workflow would render, or renders as things are; without those that
   * render none.
   */
  static Map<WorkflowKey, Set<ContentId>> rendered(
      Map<WorkflowKey, Versions> workflows, Set<ContentId> parts, Shelves shelves) {
    Map<WorkflowKey, Set<ContentId>> rendered = new LinkedHashMap<>();
    workflows.forEach(
        (key, versions) -> {
          var sources = new ArrayList<>(List.of(versions.after().source()));
          versions.before().map(Workflow::source).ifPresent(sources::add);
          var used = new LinkedHashSet<ContentId>();
          Stream.of(shelves.before(), shelves.after())
              .forEach(shelf -> used.addAll(shelf.usedAmong(parts, sources)));
          if (!used.isEmpty()) {
            rendered.put(key, used);
          }
        });
    return rendered;
  }
}
