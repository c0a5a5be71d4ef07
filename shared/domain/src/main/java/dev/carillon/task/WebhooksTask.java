package dev.carillon.task;

import dev.carillon.change.ChangeId;
import dev.carillon.content.CommitId;
import dev.carillon.content.ContentId;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.VersionId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code webhooks} does. The tasks of one endpoint are one group, so that a queue serves the
 * others first when one of them is slow.
 */
public sealed interface WebhooksTask extends Task {
  EnvironmentId environment();

  WebhookEndpointId endpoint();

  @Override
  default TaskQueue queue() {
    return TaskQueue.WEBHOOKS;
  }

  @Override
  default String group() {
    return Digest.of("webhook group", environment().value(), endpoint().toString())
        .hex()
        .substring(0, 32);
  }

  /** What a task is about, by its ids. */
  sealed interface Subject {
    /**
     * An event in the timeline of a message.
     *
     * @param index its place there, from 0
     */
    record OfMessage(MessageId message, int index) implements Subject {}

    /**
     * The open or click of a mail that an event in the timeline of the message came of.
     *
     * @param index the event's place there, from 0
     */
    record OfEmail(MessageId message, int index) implements Subject {}

    /** A run came to be in another state. */
    record OfRun(TriggerId trigger, RecipientId recipient, RunChange change) implements Subject {
      public RunId run() {
        return RunId.of(trigger, recipient);
      }
    }

    /** A content came to serve by that commit. */
    record OfCommit(CommitId commit) implements Subject {}

    /**
     * A content was saved as a draft.
     *
     * @param change what is kept with the save
     */
    record OfSave(ContentId content, VersionId version, ChangeId change) implements Subject {}

    /**
     * What events of a source do was changed.
     *
     * @param source its key
     * @param index the place of the mapping in the source, from 0
     * @param at when it was written, which tells this change from others
     */
    record OfSourceAction(String source, int index, Instant at) implements Subject {}

    /**
     * A workflow that events of a source start came to serve by that commit.
     *
     * @param source its key
     * @param index the place of the mapping in the source, from 0
     */
    record OfActionCommit(CommitId commit, String source, int index) implements Subject {}
  }

  /** What may be told of a run. */
  enum RunChange {
    STARTED,
    COMPLETED,
    /** It ended, and something went wrong on its way. */
    ERROR
  }

  /**
   * Something happened that the endpoint is to hear of.
   *
   * @param at when it was published; what is not stored by then is looked for again for a while
   */
  record Offer(EnvironmentId environment, WebhookEndpointId endpoint, Subject of, Instant at)
      implements WebhooksTask {}

  /**
   * Something happened that the deployment's stream of all events is to hear of, which stands in
   * the place of an endpoint.
   *
   * @param at when it was published; what is not stored by then is looked for again for a while
   */
  record Stream(EnvironmentId environment, Subject of, Instant at) implements WebhooksTask {
    @Override
    public WebhookEndpointId endpoint() {
      return WebhookEndpointId.STREAM;
    }
  }

  /**
   * Something happened of which the deployment's collector of traces is to have a span.
   *
   * @param at when it was published; what is not stored by then is looked for again for a while
   */
  record Trace(EnvironmentId environment, Subject of, Instant at) implements WebhooksTask {
    @Override
    public WebhookEndpointId endpoint() {
      return WebhookEndpointId.STREAM;
    }
  }

  /**
   * An endpoint was called, of which the deployment's collector of traces is to have a span.
   *
   * @param at when the request was made, which tells it from the event's others; it is looked for
   *     in the endpoint's log for a while
   */
  record TraceCall(EnvironmentId environment, WebhookEndpointId endpoint, String event, Instant at)
      implements WebhooksTask {}

  /**
   * Offer a stored event to the endpoint.
   *
   * @param made how many tries its round had when this one was owed
   * @param minute under which minute its timer is listed; empty when it has none
   */
  record Call(
      EnvironmentId environment,
      WebhookEndpointId endpoint,
      String event,
      int made,
      OptionalLong minute)
      implements WebhooksTask {}

  /**
   * Let events that happened from {@code start} on be offered again, a page at a time, newest
   * first.
   *
   * @param droppedOnly whether only those that the endpoint did not take
   * @param asked when this was asked for: what was offered after it is left alone
   * @param cursor where the task before ended
   */
  record Replay(
      EnvironmentId environment,
      WebhookEndpointId endpoint,
      Instant start,
      boolean droppedOnly,
      Instant asked,
      Optional<String> cursor)
      implements WebhooksTask {}
}
