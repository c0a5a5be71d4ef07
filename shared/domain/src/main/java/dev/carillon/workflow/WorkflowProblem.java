package dev.carillon.workflow;

import java.util.Optional;

/**
 * Why a workflow is refused.
 *
 * @param step the ref of the step it is about; empty for the workflow itself
 * @param field the path of the field below the step, or below the workflow
 * @param reason one sentence
 */
public record WorkflowProblem(Optional<StepRef> step, String field, String reason) {}
