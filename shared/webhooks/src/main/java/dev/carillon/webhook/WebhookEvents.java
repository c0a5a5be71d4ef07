package dev.carillon.webhook;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.run.Run;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the events that endpoints hear of. Made again, an event is the same. */
public final class WebhookEvents {
  private static final Set<WebhookEventType> RUNS =
      EnumSet.of(
          WebhookEventType.RUN_STARTED, WebhookEventType.RUN_COMPLETED, WebhookEventType.RUN_ERROR);

  private static final Set<WebhookEventType> EMAILS =
      EnumSet.of(WebhookEventType.EMAIL_OPENED, WebhookEventType.EMAIL_CLICKED);

  /** Of the details in a timeline, those that are for nobody outside. */
  private static final Set<String> INTERNAL = Set.of("tracking_id", "link_index");

  private WebhookEvents() {}

  /**
   * Of an event in a message's timeline; empty when endpoints do not hear of its kind.
   *
   * @param index the place of the event in the timeline, from 0, which never changes
   * @param shown the message as the API shows it
   */
  public static Optional<WebhookEvent> ofMessage(Message message, int index, Json.Obj shown) {
    Message.Event event = message.events().get(index);
    return WebhookEventType.ofMessageEvent(event.type())
        .map(
            type ->
                new WebhookEvent(
                    message.environment(),
                    idOf(message, index),
                    type,
                    event.at(),
                    subject(message),
                    shown,
                    details(type, event.data()),
                    Optional.of(traceOf(message))));
  }

  /**
   * That a run started, completed or went wrong.
   *
   * @param shown the run as the API shows it
   * @throws IllegalArgumentException when the type is none of a run's
   */
  public static WebhookEvent ofRun(Run run, WebhookEventType type, Instant at, Json.Obj shown) {
    require(RUNS, type);
    return new WebhookEvent(
        run.environment(),
        id(at, "run", run.id().toString(), type.wireName()),
        type,
        at,
        new WebhookSubject(Optional.of(run.workflow()), Optional.empty(), run.tenant()),
        shown,
        Optional.empty(),
        Optional.of(WebhookTrace.of(run)));
  }

  /**
   * That a workflow, layout, translation, partial or source's action was changed or committed.
   *
   * @param key of what was changed
   * @param commit which commit did it; empty for a change that is not committed
   * @param cause names the change among those of the key: the commit, or the hash of the content
   * @param shown what was changed, as the management API shows it
   */
  public static WebhookEvent ofChange(
      EnvironmentId environment,
      Committable what,
      String key,
      Optional<String> commit,
      String cause,
      Instant at,
      Json.Obj shown) {
    WebhookEventType type = commit.isPresent() ? what.committed() : what.updated();
    return new WebhookEvent(
        environment,
        id(at, type.wireName(), key, cause),
        type,
        at,
        what.subject(key),
        shown,
        commit.map(it -> Json.object().with("commit_id", it)));
  }

  /**
   * That a workflow which events of a source start was committed, told of what they do.
   *
   * @param place names the mapping among those of all sources
   * @param shown the mapping, as the management API shows it
   */
  public static WebhookEvent ofActionCommit(
      EnvironmentId environment,
      WorkflowKey workflow,
      String place,
      String commit,
      Instant at,
      Json.Obj shown) {
    WebhookEventType type = WebhookEventType.SOURCE_EVENT_ACTION_COMMITTED;
    return new WebhookEvent(
        environment,
        id(at, type.wireName(), place, commit),
        type,
        at,
        Committable.WORKFLOW.subject(workflow.value()),
        shown,
        Optional.of(Json.object().with("commit_id", commit)));
  }

  /**
   * The second product's events of a mail, which a person opened or followed a link of.
   *
   * @param trackingId that of the tracking event
   * @param shown the {@code email_event}
   * @throws IllegalArgumentException when the type is none of a mail's
   */
  public static WebhookEvent ofEmail(
      Message message, WebhookEventType type, String trackingId, Instant at, Json.Obj shown) {
    require(EMAILS, type);
    return new WebhookEvent(
        message.environment(),
        id(at, type.wireName(), message.id().value(), trackingId),
        type,
        at,
        subject(message),
        shown,
        Optional.empty(),
        Optional.of(traceOf(message)));
  }

  /** To try an endpoint out; {@code cause} names the attempt of the caller. */
  public static WebhookEvent test(WebhookEndpoint endpoint, String cause, Instant at) {
    return new WebhookEvent(
        endpoint.environment(),
        id(at, "test", endpoint.id().toString(), cause),
        WebhookEventType.TEST,
        at,
        WebhookSubject.NONE,
        Json.object()
            .with("__typename", "WebhookEndpoint")
            .with("id", endpoint.id().toString())
            .with("url", endpoint.url()),
        Optional.empty());
  }

  /**
   * That an endpoint was given up, for the others; empty when it was not.
   *
   * @param endpoint as it stands since
   */
  public static Optional<WebhookEvent> disabled(WebhookEndpoint endpoint) {
    return switch (endpoint.health().state()) {
      case EndpointHealth.State.Enabled() -> Optional.empty();
      case EndpointHealth.State.Disabled(var cause, var at) ->
          Optional.of(
              new WebhookEvent(
                  endpoint.environment(),
                  id(at, "disabled", endpoint.id().toString()),
                  WebhookEventType.ENDPOINT_DISABLED,
                  at,
                  WebhookSubject.NONE,
                  Json.object()
                      .with("__typename", "WebhookEndpoint")
                      .with("id", endpoint.id().toString())
                      .with("url", endpoint.url()),
                  Optional.of(Json.object().with("reason", cause.wireName()))));
    };
  }

  /** The id of an event in a message's timeline, under which webhooks and the stream have it. */
  public static String idOf(Message message, int index) {
    return id(
        message.events().get(index).at(), "message", message.id().value(), Integer.toString(index));
  }

  /** As Knock documents them for each type; null for the others. */
  public static Optional<Json.Obj> details(WebhookEventType type, Json.Obj data) {
    return switch (type) {
      case MESSAGE_DELIVERY_ATTEMPTED ->
          Optional.of(only(data, List.of("attempt", "max_attempts", "retryable")));
      case MESSAGE_UNDELIVERED ->
          Optional.of(only(data, List.of("failure_reason", "failure_details")));
      case MESSAGE_BOUNCED ->
          Optional.of(only(data, List.of("failure_reason", "failure_details", "token")));
      case MESSAGE_LINK_CLICKED -> Optional.of(only(data, List.of("url")));
      case MESSAGE_INTERACTED -> {
        Json.Obj shown = data;
        for (String key : INTERNAL) {
          shown = shown.without(key);
        }
        yield Optional.of(shown).filter(it -> !it.fields().isEmpty());
      }
      case MESSAGE_SENT,
          MESSAGE_DELIVERED,
          MESSAGE_SEEN,
          MESSAGE_UNSEEN,
          MESSAGE_READ,
          MESSAGE_UNREAD,
          MESSAGE_ARCHIVED,
          MESSAGE_UNARCHIVED,
          RUN_STARTED,
          RUN_COMPLETED,
          RUN_ERROR,
          WORKFLOW_UPDATED,
          WORKFLOW_COMMITTED,
          EMAIL_LAYOUT_UPDATED,
          EMAIL_LAYOUT_COMMITTED,
          TRANSLATION_UPDATED,
          TRANSLATION_COMMITTED,
          PARTIAL_UPDATED,
          PARTIAL_COMMITTED,
          SOURCE_EVENT_ACTION_UPDATED,
          SOURCE_EVENT_ACTION_COMMITTED,
          EMAIL_OPENED,
          EMAIL_CLICKED,
          ENDPOINT_DISABLED,
          TEST ->
          Optional.empty();
    };
  }

  /** These fields, null where there is none, so that a receiver finds each where it looks. */
  private static Json.Obj only(Json.Obj data, List<String> keys) {
    var fields = new LinkedHashMap<String, Json>();
    keys.forEach(key -> fields.put(key, data.get(key).orElse(Json.NULL)));
    return new Json.Obj(fields);
  }

  private static WebhookTrace traceOf(Message message) {
    return WebhookTrace.of(message.trace(), message.source().run());
  }

  private static WebhookSubject subject(Message message) {
    return new WebhookSubject(
        Optional.of(message.source().workflow()), Optional.of(message.channel()), message.tenant());
  }

  private static String id(Instant at, String... of) {
    var parts = new String[of.length + 1];
    parts[0] = "webhook event";
    System.arraycopy(of, 0, parts, 1, of.length);
    return WebhookEvent.id(at, Digest.of(parts));
  }

  private static void require(Set<WebhookEventType> among, WebhookEventType type) {
    if (!among.contains(type)) {
      throw new IllegalArgumentException(type.wireName() + " is none of " + among);
    }
  }
}
