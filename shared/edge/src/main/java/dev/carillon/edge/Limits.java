package dev.carillon.edge;

import dev.carillon.id.ClientId;
import dev.carillon.source.Source;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.Sources;
import dev.carillon.trigger.Trigger;
import dev.carillon.webhook.WebhookEndpoints;

/** The published limits, all of them. Each is enforced where a request enters. */
public final class Limits {
  /** Bytes of one request body, unescaped. A Lambda event holds 6 MB, the body in it escaped. */
  public static final int BODY_BYTES = 4 * 1024 * 1024;

  /**
   * Bytes of the list in one answer, as Lambda counts them. An answer of a function has 6 MB at
   * most; what stands beside the list needs a part of it.
   */
  public static final int ANSWER_BYTES = 5 * 1024 * 1024;

  /** Bytes of one event that is posted to a source. */
  public static final int SOURCE_EVENT_BYTES = SourceEvent.MOST_BYTES;

  /** Sources of one environment. */
  public static final int SOURCES = Sources.MOST;

  /** Actions that the events of one source are mapped to. */
  public static final int SOURCE_MAPPINGS = Source.MOST_MAPPINGS;

  /** Levels of nesting in a body. Less than what we store can have, because we wrap it. */
  public static final int BODY_DEPTH = 32;

  /**
   * When to come again after a 503, in seconds: DynamoDB lets a partition's unused capacity of
   * minutes be used in bursts, and doubles a table within some more.
   */
  public static final String RETRY_AFTER_SECONDS = "2";

  /** When to come again after a 429, in seconds: calls are counted by the second. */
  public static final String NEXT_SECOND = "1";

  /** Recipients of one trigger or one cancellation. */
  public static final int RECIPIENTS = Trigger.MOST_RECIPIENTS;

  /** Schedules that one call makes, changes or deletes. */
  public static final int SCHEDULES = 100;

  /** Recipients that one call subscribes to an object, or whose subscriptions it ends. */
  public static final int SUBSCRIPTIONS = 100;

  /** Entries of one bulk call. */
  public static final int BULK_ROWS = 1_000;

  /** Rules by which one schedule repeats. */
  public static final int REPEATS = 100;

  /** Bytes of one schedule's data as JSON: it is stored with each of them. */
  public static final int SCHEDULE_DATA_BYTES = 256 * 1024;

  /** Characters (code points) of an id that a client chose. */
  public static final int ID_CHARACTERS = ClientId.CHARACTERS;

  /** Characters of an {@code Idempotency-Key}. */
  public static final int IDEMPOTENCY_KEY_CHARACTERS = 255;

  /** Characters (code points) of a cancellation key. */
  public static final int CANCELLATION_KEY_CHARACTERS = 256;

  /** Bytes of one recipient's properties as JSON. */
  public static final int PROPERTIES_BYTES = 256 * 1024;

  /** Entries of one page, and what is given when nothing is asked for. */
  public static final int PAGE_SIZE = 50;

  /** Ids in one list of ids: batches, and filters such as {@code message_ids[]}. */
  public static final int IDS = 50;

  /** Recipients, tenants or workflows that one call names to mark all their messages. */
  public static final int MARKED_RECIPIENTS = 100;

  /** Keys of the metadata of an interaction. */
  public static final int METADATA_KEYS = 5;

  /** Views of one feed that a client joins with at once. */
  public static final int FEED_VIEWS = 20;

  /** Bytes of what a client joins a feed with, as JSON: it is stored with the connection. */
  public static final int JOIN_BYTES = 16 * 1024;

  /** Webhook endpoints of one environment; each is asked of every event. */
  public static final int WEBHOOKS = WebhookEndpoints.MOST;

  /** Workflows, channels or tenants that one webhook endpoint is bound to. */
  public static final int WEBHOOK_FILTER = 100;

  /** Hours for which a retiring webhook secret may go on signing. */
  public static final int WEBHOOK_OVERLAP_HOURS = 7 * 24;

  /** Characters of an API key. */
  public static final int API_KEY_CHARACTERS = 255;

  /** Characters of a broadcast's name. */
  public static final int BROADCAST_NAME_CHARACTERS = 255;

  /** Characters of a broadcast's description. */
  public static final int BROADCAST_DESCRIPTION_CHARACTERS = 280;

  /** Days ahead for which a broadcast can be scheduled. */
  public static final int BROADCAST_DAYS_AHEAD = 365;

  /** Triggers of the last hour that one plan looks at, the latest first. */
  public static final int PLAN_TRIGGERS = 1_000;

  /** Runs that one plan replays, each in two versions. */
  public static final int PLAN_RUNS = 500;

  /** Waits that one plan looks at, those that are due first. */
  public static final int PLAN_WAITS = 500;

  /** Runs, and recipients, that a plan names. */
  public static final int PLAN_SHOWN = 200;

  private Limits() {}
}
