package dev.carillon.functions.steps;

import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.Workflows;

/** The versions that runs are bound to. */
final class PinnedVersions {
  private final Workflows workflows;

  PinnedVersions(Workflows workflows) {
    this.workflows = workflows;
  }

  /** Of the trigger's workflow. */
  Workflow of(Trigger trigger, VersionId version) {
    return trigger
        .content()
        .version(workflows, trigger.workflow(), version)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No version " + version + " of " + trigger.workflow().value()));
  }
}
