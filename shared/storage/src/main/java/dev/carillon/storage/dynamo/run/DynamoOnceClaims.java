package dev.carillon.storage.dynamo.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.OnceClaims;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.trigger.RunId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;

/** First runs in the table, for good: a workflow that runs but once does so for ever. */
public final class DynamoOnceClaims implements OnceClaims {
  private static final String RUN = "u";

  private final DynamoTable table;

  public DynamoOnceClaims(DynamoTable table) {
    this.table = table;
  }

  /** Reads first: most that ask are not the first, and a write that fails costs more. */
  @Override
  public boolean claim(
      EnvironmentId environment,
      WorkflowKey workflow,
      RecipientId recipient,
      Optional<TenantId> tenant,
      RunId run) {
    Key key = RunKeys.first(environment, workflow, recipient, tenant);
    return first(key)
        .or(() -> claim(key, run) ? Optional.of(run.toString()) : first(key))
        .filter(run.toString()::equals)
        .isPresent();
  }

  private Optional<String> first(Key key) {
    return table.get(key).map(item -> item.text(RUN));
  }

  private boolean claim(Key key, RunId run) {
    return table.putIf(Item.at(key).text(RUN, run.toString()), Condition.NEW);
  }
}
