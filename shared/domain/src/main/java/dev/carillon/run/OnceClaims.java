package dev.carillon.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.RunId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;

/** Which run of a workflow was a recipient's first, for workflows that run but once. */
@FunctionalInterface
public interface OnceClaims {

  /**
   * Whether this run is the first of the recipient, and within the tenant if one is given. Safe to
   * repeat: the run that was first stays it. Of two at once one is.
   */
  boolean claim(
      EnvironmentId environment,
      WorkflowKey workflow,
      RecipientId recipient,
      Optional<TenantId> tenant,
      RunId run);
}
