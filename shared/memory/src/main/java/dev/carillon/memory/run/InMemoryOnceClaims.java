package dev.carillon.memory.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.OnceClaims;
import dev.carillon.trigger.RunId;
import dev.carillon.workflow.WorkflowKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** First runs in memory. */
public final class InMemoryOnceClaims implements OnceClaims {
  private record Key(
      EnvironmentId environment,
      WorkflowKey workflow,
      RecipientId recipient,
      Optional<TenantId> tenant) {}

  private final Map<Key, RunId> firsts = new HashMap<>();

  @Override
  public synchronized boolean claim(
      EnvironmentId environment,
      WorkflowKey workflow,
      RecipientId recipient,
      Optional<TenantId> tenant,
      RunId run) {
    var key = new Key(environment, workflow, recipient, tenant);
    return firsts.computeIfAbsent(key, _ -> run).equals(run);
  }
}
