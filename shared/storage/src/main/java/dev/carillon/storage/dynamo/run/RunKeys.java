package dev.carillon.storage.dynamo.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;

/** Where triggers, their cancellations and their runs lie. The whole layout is in {@link Keys}. */
public final class RunKeys {

  private RunKeys() {}

  public static String runsOf(EnvironmentId environment, RecipientId id) {
    return environment.value() + "#" + Keys.recipient(id);
  }

  public static String trigger(EnvironmentId environment, TriggerId id) {
    return environment.value() + "#TRG#" + id;
  }

  public static Key head(EnvironmentId environment, TriggerId id) {
    return new Key(Keys.shard(environment, "TRG", Keys.hour(id.time()), id.shard()), id.toString());
  }

  public static Key cancelAll(EnvironmentId environment, TriggerId id) {
    return new Key(trigger(environment, id), "CANCEL");
  }

  public static Key cancel(EnvironmentId environment, TriggerId id, RecipientId recipient) {
    return new Key(trigger(environment, id), "CANCEL#" + Keys.recipient(recipient));
  }

  public static Key claim(EnvironmentId environment, TriggerId id, RecipientId recipient) {
    return new Key(trigger(environment, id), "VIA#" + Keys.recipient(recipient));
  }

  public static String cancellation(EnvironmentId environment, WorkflowKey workflow, String key) {
    return environment.value() + "#CXL#" + workflow.value() + "#" + Digest.hex(Keys.unicode(key));
  }

  /** What was cancelled under a key, for all. */
  public static Key cancellations(EnvironmentId environment, WorkflowKey workflow, String key) {
    return new Key(cancellation(environment, workflow, key) + "#BY", "ALL");
  }

  /** What was cancelled under a key for one recipient. */
  public static Key cancellations(
      EnvironmentId environment, WorkflowKey workflow, String key, RecipientId recipient) {
    return new Key(
        cancellation(environment, workflow, key) + "#BY", "RCP#" + Keys.recipient(recipient));
  }

  /** What sort keys of a recipient's waits under a cancellation key begin with. */
  public static String waits(RecipientId recipient) {
    return "WAITS#" + Keys.recipient(recipient) + "#";
  }

  public static Key idempotency(EnvironmentId environment, String key) {
    return new Key(environment.value() + "#IDEM#" + Digest.hex(Keys.unicode(key)), "IDEM");
  }

  public static Key run(EnvironmentId environment, RunId id) {
    return new Key(Keys.shard(environment, "RUN", Keys.hour(id.time()), id.shard()), id.toString());
  }

  /** Behind all run ids, so that a list of runs does not read what makes one large. */
  public static Key details(EnvironmentId environment, RunId id) {
    return new Key(run(environment, id).partition(), "~DETAILS#" + id);
  }

  public static Key first(
      EnvironmentId environment,
      WorkflowKey workflow,
      RecipientId recipient,
      Optional<TenantId> tenant) {
    return new Key(
        environment.value() + "#FIRST#" + workflow.value() + "#" + Keys.recipient(recipient),
        tenant.map(it -> "FIRST#" + Keys.part(it.value())).orElse("FIRST"));
  }
}
