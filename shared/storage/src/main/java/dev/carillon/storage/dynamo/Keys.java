package dev.carillon.storage.dynamo;

import dev.carillon.audience.Audiences.Member;
import dev.carillon.batch.BatchId;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.channel.ChannelId;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Listener;
import dev.carillon.id.Digest;
import dev.carillon.message.EngagementTotals;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.link.ShortKey;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The layout of the table.
 *
 * <pre>
 * env#RCP#collection#id       PROFILE | PREF#set | CHAN#channel
 * env#RCPS#collection#shard   R#id                    by what recipients are listed
 * env#OBJ#collection#id#shard SUB#collection#id       who is subscribed to an object
 * env#SUBR#collection#id      SUB#collection#id       to what objects a recipient is subscribed
 * env#WF#key                  LIVE | V#version | V#version#chunk
 * env#TRG#hour#shard          trigger                 the heads of triggers
 * env#TRG#trigger             DATA#chunk | CANCEL | CANCEL#collection#id
 *                             ROSTER#page | PART#page#chunk | SENT#page | END#page/piece | VIA#collection#id
 * env#CXL#workflow#sha256     WAITS#collection#id#trigger#wait   what waits under a cancellation key
 *                             | trigger               which earlier builds listed there
 * env#CXL#workflow#sha256#BY  ALL | RCP#collection#id the calls that cancelled under it
 * env#IDEM#sha256             IDEM
 * env#HOURS                   RUN#hour | MSG#hour | TRG#hour | HOOK.endpoint#hour   the hours that hold anything
 * env#RUN#hour#shard          run id | ~DETAILS#run id#chunk
 * env#MSG#hour#shard          message id | ~CONTENT#message id | ~CONTENT#message id#chunk
 * env#SCH#schedule            SCHEDULE
 * env#SCHW#workflow#shard     time-schedule           the schedules of a workflow
 * env#SCHR#collection#id      time-schedule           the schedules of a recipient
 * env#BATCH#sha256            HEAD#generation | ACT#generation#activity | RUN#run
 *                             | DATA#ACT#generation#activity#chunk
 * env#BULK#operation          OPERATION | ROWS#page | ROWS#page#chunk
 * env#THR#sha256              HEAD | P#sha256 of who passed
 * env#WAIT#collection#id      source#trigger#wait     who waits for an event of the recipient
 * env#WAITING                 minute#shard            under what the environment's waits are listed
 * env#HOOKS                   webhook endpoint
 * env#HOOK.endpoint#hour#shard   event                what was told to a webhook endpoint
 * env#FIRST#workflow#collection#id    FIRST | FIRST#tenant
 * env#CHANNELS                channel id
 * env#ASSETS                  LIVE | hash#chunk
 * env#VARS                    OPEN
 * env#SETTINGS                ENVIRONMENT | CLIENTS
 * env#AUDIENCES               A#key                   what each audience is
 * env#AUD#key#shard           user#tenant | user#     who was put into a static one
 * env#KEYS                    kind#sha256             the API keys there ever were
 * env#SUP#shard               A#address               who gets no more mail
 * env#CONTENT#type            key                     how each content of the type stands
 * env#CONTENT#type#key        V#version | V#version#chunk   workflows lie with what serves
 * env#CONTENT#branch          slug                    a branch, and what it began with
 * env#COMMITS                 commit
 * env#COMMITS#type#key        commit                  those of one content
 * env#CHANGES                 change                  who changed what
 * ENVIRONMENTS                env
 * TOKEN#sha256                TOKEN                   a token of the management API
 * env#SOCK#user#channel       W#connection | TOLD     who watches a feed, and when they were told
 * KEY#sha256                  KEY
 * env#TRK#message             T#time#id               clicks and opens of a mail
 * env#ENG#workflow            day#channel#version#shard    totals of tracked messages
 * LINK#short key              LINK                    where a short link leads
 * SOCKET#connection           SOCKET                  an open connection of a client
 * KEY#DEPLOYMENT              SECRET                  by which cursors are known again
 * DUE#minute#shard            env#run#wait
 * DUE#MINUTES#day             minute
 * DUE                         WATERMARK
 * </pre>
 *
 * <p>The environment comes first in every key of customer data, so that no id, whatever it holds,
 * reaches into another environment. Ids of customers pass through {@link #part}.
 */
public final class Keys {
  /** Room for two parts in a partition key (2,048 bytes) and for two in a sort key (1,024). */
  private static final int LONGEST_PART = 400;

  /**
   * Writes to one object are bounded by this many partitions, 1,000 a second each; and a list of
   * its subscribers costs this many reads, even when it has none.
   */
  public static final int SUBSCRIPTION_SHARDS = 4;

  public static final String SUBSCRIPTION = "SUB#";

  public static final String AUDIENCE = "A#";

  public static final String WATCHER = "W#";

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HH").withZone(ZoneOffset.UTC);

  private Keys() {}

  /**
   * The id as a part of a key: two ids never give the same part, and no part holds a {@code #}. A
   * part too long for a key is a hash instead, which no escaped id looks like.
   */
  public static String part(String id) {
    var escaped = new StringBuilder(id.length());
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < id.length()
          && Character.isLowSurrogate(id.charAt(i + 1))) {
        escaped.append(c).append(id.charAt(++i));
      } else if (c == '%' || c == '#' || c < ' ' || Character.isSurrogate(c)) {
        escaped.append('%').append("%04X".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    String part = escaped.toString();
    return part.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PART
        ? part
        : "%sha256-" + Digest.of("part", part).hex();
  }

  public static String recipient(EnvironmentId environment, RecipientId id) {
    return environment.value() + "#RCP#" + recipient(id);
  }

  /** The partition of those of a collection's recipients that are listed in a shard. */
  public static String recipientLinks(EnvironmentId environment, String collection, int shard) {
    return environment.value() + "#RCPS#" + part(collection) + "#" + Integer.toHexString(shard);
  }

  private static String recipient(RecipientId id) {
    return part(id.collection()) + "#" + part(id.id());
  }

  public static String runsOf(EnvironmentId environment, RecipientId id) {
    return environment.value() + "#" + recipient(id);
  }

  public static String feed(EnvironmentId environment, String userId, ChannelId channel) {
    return environment.value() + "#" + part(userId) + "#" + channel;
  }

  /** The partition of those of an object's subscribers that are in a shard. */
  public static String subscribers(EnvironmentId environment, RecipientId object, int shard) {
    return environment.value() + "#OBJ#" + recipient(object) + "#" + shard;
  }

  public static Key subscription(
      EnvironmentId environment, RecipientId object, RecipientId recipient) {
    Digest digest = Digest.of("subscriber", recipient.collection(), recipient.id());
    int shard = (int) (digest.bits(16) % SUBSCRIPTION_SHARDS);
    return new Key(subscribers(environment, object, shard), SUBSCRIPTION + recipient(recipient));
  }

  /** Beside the recipient's own partition, which is read as a whole for each of its runs. */
  public static String subscriptionsOf(EnvironmentId environment, RecipientId recipient) {
    return environment.value() + "#SUBR#" + recipient(recipient);
  }

  public static Key subscriptionLink(
      EnvironmentId environment, RecipientId object, RecipientId recipient) {
    return new Key(subscriptionsOf(environment, recipient), SUBSCRIPTION + recipient(object));
  }

  public static String workflow(EnvironmentId environment, WorkflowKey key) {
    return environment.value() + "#WF#" + key.value();
  }

  public static String version(VersionId version) {
    return "V#" + version;
  }

  public static String trigger(EnvironmentId environment, TriggerId id) {
    return environment.value() + "#TRG#" + id;
  }

  public static Key head(EnvironmentId environment, TriggerId id) {
    return new Key(shard(environment, "TRG", hour(id.time()), id.shard()), id.toString());
  }

  public static Key cancelAll(EnvironmentId environment, TriggerId id) {
    return new Key(trigger(environment, id), "CANCEL");
  }

  public static Key cancel(EnvironmentId environment, TriggerId id, RecipientId recipient) {
    return new Key(trigger(environment, id), "CANCEL#" + recipient(recipient));
  }

  public static Key claim(EnvironmentId environment, TriggerId id, RecipientId recipient) {
    return new Key(trigger(environment, id), "VIA#" + recipient(recipient));
  }

  public static String cancellation(EnvironmentId environment, WorkflowKey workflow, String key) {
    return environment.value() + "#CXL#" + workflow.value() + "#" + Digest.hex(unicode(key));
  }

  /** What was cancelled under a key, for all. */
  public static Key cancellations(EnvironmentId environment, WorkflowKey workflow, String key) {
    return new Key(cancellation(environment, workflow, key) + "#BY", "ALL");
  }

  /** What was cancelled under a key for one recipient. */
  public static Key cancellations(
      EnvironmentId environment, WorkflowKey workflow, String key, RecipientId recipient) {
    return new Key(cancellation(environment, workflow, key) + "#BY", "RCP#" + recipient(recipient));
  }

  /** What sort keys of a recipient's waits under a cancellation key begin with. */
  public static String waits(RecipientId recipient) {
    return "WAITS#" + recipient(recipient) + "#";
  }

  public static Key idempotency(EnvironmentId environment, String key) {
    return new Key(environment.value() + "#IDEM#" + Digest.hex(unicode(key)), "IDEM");
  }

  /** Halves of surrogate pairs would all hash as a question mark. */
  private static String unicode(String key) {
    return key.chars().anyMatch(c -> Character.isSurrogate((char) c)) ? part(key) : key;
  }

  static String hours(EnvironmentId environment) {
    return environment.value() + "#HOURS";
  }

  public static String hour(Instant instant) {
    return HOUR.format(instant);
  }

  /** The partition of an hour and a shard; {@code kind} is RUN, MSG or TRG. */
  public static String shard(EnvironmentId environment, String kind, String hour, int shard) {
    return environment.value() + "#" + kind + "#" + hour + "#" + Integer.toHexString(shard);
  }

  public static Key run(EnvironmentId environment, RunId id) {
    return new Key(shard(environment, "RUN", hour(id.time()), id.shard()), id.toString());
  }

  /** Behind all run ids, so that a list of runs does not read what makes one large. */
  public static Key details(EnvironmentId environment, RunId id) {
    return new Key(run(environment, id).partition(), "~DETAILS#" + id);
  }

  public static Key message(EnvironmentId environment, MessageId id) {
    return new Key(shard(environment, "MSG", hour(id.time()), id.shard()), id.value());
  }

  /** Behind all message ids, so that a list of messages does not read what they say. */
  public static Key content(EnvironmentId environment, MessageId id) {
    return new Key(message(environment, id).partition(), "~CONTENT#" + id.value());
  }

  public static Key schedule(EnvironmentId environment, ScheduleId id) {
    return new Key(environment.value() + "#SCH#" + id, "SCHEDULE");
  }

  public static String schedulesOf(EnvironmentId environment, WorkflowKey workflow, int shard) {
    return environment.value() + "#SCHW#" + workflow.value() + "#" + Integer.toHexString(shard);
  }

  /** Beside the recipient's own partition, which is read as a whole for each of its runs. */
  public static String schedulesOf(EnvironmentId environment, RecipientId id) {
    return environment.value() + "#SCHR#" + recipient(id);
  }

  /** The id is a hash already. */
  public static String batch(EnvironmentId environment, BatchId batch) {
    return environment.value() + "#BATCH#" + batch.value();
  }

  public static Key bulkOperation(EnvironmentId environment, BulkOperationId id) {
    return new Key(environment.value() + "#BULK#" + id, "OPERATION");
  }

  /** The {@code page}th page of rows, from 0. */
  public static Key bulkRows(EnvironmentId environment, BulkOperationId id, int page) {
    return new Key(environment.value() + "#BULK#" + id, "ROWS#%04d".formatted(page));
  }

  /** The partitions of an environment's suppressed addresses: one hexadecimal digit. */
  public static final int SUPPRESSION_SHARDS = 16;

  /** What the sort keys of suppressed addresses begin with. */
  public static final String SUPPRESSED = "A#";

  public static String suppressions(EnvironmentId environment, int shard) {
    return environment.value() + "#SUP#" + Integer.toHexString(shard);
  }

  /**
   * @param address at most 320 characters
   */
  public static Key suppression(EnvironmentId environment, String address) {
    int shard = Character.digit(Digest.hex(unicode(address)).charAt(0), SUPPRESSION_SHARDS);
    return new Key(suppressions(environment, shard), SUPPRESSED + part(address));
  }

  public static Key throttle(EnvironmentId environment, ThrottleId throttle) {
    return new Key(environment.value() + "#THR#" + throttle.value(), "HEAD");
  }

  public static Key passer(EnvironmentId environment, ThrottleId throttle, String passer) {
    return new Key(throttle(environment, throttle).partition(), "P#" + Digest.hex(unicode(passer)));
  }

  public static String waiting(EnvironmentId environment) {
    return environment.value() + "#WAITING";
  }

  public static String listeners(EnvironmentId environment, RecipientId recipient) {
    return environment.value() + "#WAIT#" + recipient(recipient);
  }

  /** That somebody in the environment waits for that source. No recipient is called so. */
  public static Key awaited(EnvironmentId environment, String source) {
    return new Key(awaited(environment), part(source));
  }

  public static String awaited(EnvironmentId environment) {
    return environment.value() + "#WAIT#ANYBODY";
  }

  /** What the sort keys of those who wait for that source begin with. */
  public static String listenersFor(String source) {
    return part(source) + "#";
  }

  public static Key listener(EnvironmentId environment, Listener listener) {
    return new Key(
        listeners(environment, listener.recipient()),
        listenersFor(listener.source()) + listener.trigger() + "#" + part(listener.waitId()));
  }

  public static String webhookEndpoints(EnvironmentId environment) {
    return environment.value() + "#HOOKS";
  }

  public static Key webhookEndpoint(EnvironmentId environment, WebhookEndpointId id) {
    return new Key(webhookEndpoints(environment), id.toString());
  }

  /** The kind under which hours and shards hold what was told to an endpoint. */
  public static String webhookLog(WebhookEndpointId endpoint) {
    return "HOOK." + endpoint;
  }

  /**
   * @param event its id, which says the hour and the shard
   */
  public static Key webhookDelivery(
      EnvironmentId environment, WebhookEndpointId endpoint, String event) {
    String hour = hour(WebhookEvent.second(event));
    return new Key(
        shard(environment, webhookLog(endpoint), hour, WebhookEvent.shard(event)), event);
  }

  public static Key first(
      EnvironmentId environment,
      WorkflowKey workflow,
      RecipientId recipient,
      Optional<TenantId> tenant) {
    return new Key(
        environment.value() + "#FIRST#" + workflow.value() + "#" + recipient(recipient),
        tenant.map(it -> "FIRST#" + part(it.value())).orElse("FIRST"));
  }

  public static String channels(EnvironmentId environment) {
    return environment.value() + "#CHANNELS";
  }

  public static Key assets(EnvironmentId environment) {
    return new Key(environment.value() + "#ASSETS", "LIVE");
  }

  public static Key variables(EnvironmentId environment) {
    return new Key(environment.value() + "#VARS", "OPEN");
  }

  public static Key settings(EnvironmentId environment) {
    return new Key(environment.value() + "#SETTINGS", "ENVIRONMENT");
  }

  public static Key clientAccess(EnvironmentId environment) {
    return new Key(settings(environment).partition(), "CLIENTS");
  }

  public static final int MEMBER_SHARDS = 16;

  public static String audiences(EnvironmentId environment) {
    return environment.value() + "#AUDIENCES";
  }

  public static Key audience(EnvironmentId environment, String key) {
    return new Key(audiences(environment), AUDIENCE + part(key));
  }

  /** An audience may hold everybody there is, so its members lie in sixteen partitions. */
  public static Key member(EnvironmentId environment, String key, Member member) {
    String user = member.user().id();
    return new Key(
        members(environment, key, memberShard(user)),
        part(user) + "#" + member.tenant().map(tenant -> part(tenant.value())).orElse(""));
  }

  /** Within all tenants and within none. */
  public static Range memberships(EnvironmentId environment, String key, RecipientId user) {
    return Range.prefix(members(environment, key, memberShard(user.id())), part(user.id()) + "#");
  }

  private static int memberShard(String user) {
    return (int) Digest.of("member", user).bits(4);
  }

  public static String members(EnvironmentId environment, String key, int shard) {
    return environment.value() + "#AUD#" + part(key) + "#" + Integer.toHexString(shard);
  }

  /** API Gateway says of a message only on which connection it came. */
  public static Key connection(ConnectionId id) {
    return new Key("SOCKET#" + part(id.value()), "SOCKET");
  }

  public static String watchers(WatchedFeed feed) {
    return feed.environment().value() + "#SOCK#" + part(feed.user()) + "#" + feed.channel();
  }

  public static Key watcher(WatchedFeed feed, ConnectionId connection) {
    return new Key(watchers(feed), watcherOf(connection));
  }

  public static String watcherOf(ConnectionId connection) {
    return WATCHER + part(connection.value());
  }

  public static Key announcement(WatchedFeed feed) {
    return new Key(watchers(feed), "TOLD");
  }

  public static String apiKeys(EnvironmentId environment) {
    return environment.value() + "#KEYS";
  }

  /** The partition of how the contents of a type stand. */
  public static String contents(EnvironmentId environment, ContentType type) {
    return environment.value() + "#CONTENT#" + type.wireName();
  }

  public static Key content(EnvironmentId environment, ContentId id) {
    return new Key(contents(environment, id.type()), part(id.key()));
  }

  /** Those of a workflow lie where its runs look for them, so that each is stored once. */
  public static String contentVersions(EnvironmentId environment, ContentId id) {
    return id.type() == ContentType.WORKFLOW
        ? workflow(environment, new WorkflowKey(id.key()))
        : contents(environment, id.type()) + "#" + part(id.key());
  }

  /** The partition of the branches; no type of content is called so. */
  public static String branches(EnvironmentId environment) {
    return environment.value() + "#CONTENT#branch";
  }

  public static String commits(EnvironmentId environment) {
    return environment.value() + "#COMMITS";
  }

  public static String commits(EnvironmentId environment, ContentId id) {
    return commits(environment) + "#" + id.type().wireName() + "#" + part(id.key());
  }

  public static String changes(EnvironmentId environment) {
    return environment.value() + "#CHANGES";
  }

  /** No id of an environment has capitals. */
  public static String environments() {
    return "ENVIRONMENTS";
  }

  public static Key serviceToken(String sha256) {
    return new Key("TOKEN#" + sha256, "TOKEN");
  }

  /** What the sort keys of clicks and opens begin with. */
  public static final String TRACKED = "T#";

  /**
   * How many items the totals of one day, channel and version are spread over: a thousand messages
   * a second write to each of them sixteen times.
   */
  static final int TOTAL_SHARDS = 64;

  public static String trackingEvents(EnvironmentId environment, MessageId message) {
    return environment.value() + "#TRK#" + message.value();
  }

  /** Told again, it has the same. */
  public static Key trackingEvent(TrackingEvent event) {
    return new Key(
        trackingEvents(event.subject().environment(), event.subject().message()),
        TRACKED + "%013d#".formatted(event.at().toEpochMilli()) + event.id());
  }

  public static String totals(EnvironmentId environment, WorkflowKey workflow) {
    return environment.value() + "#ENG#" + workflow.value();
  }

  public static Key total(Message message) {
    long shard = Digest.of("total", message.id().value()).bits(16) % TOTAL_SHARDS;
    return new Key(
        totals(message.environment(), message.source().workflow()),
        "%s#%s#%s#%02d"
            .formatted(
                EngagementTotals.day(message),
                message.channel(),
                message.source().version(),
                shard));
  }

  public static Key shortLink(ShortKey key) {
    return new Key("LINK#" + key, "LINK");
  }

  /** No hash of a key is spelled like that. */
  public static Key deploymentKey() {
    return new Key("KEY#DEPLOYMENT", "SECRET");
  }

  public static Key apiKey(String sha256) {
    return new Key("KEY#" + sha256, "KEY");
  }
}
