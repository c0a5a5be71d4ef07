package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

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
 * env#MSG#hour#shard          message id | ~CONTENT#message id | ~CONTENT#message id#chunk   short content is in the message
 * env#XID#sha256              MESSAGE | REPORT#status   the message that a provider calls so, and what it reported too early
 * env#SCH#schedule            SCHEDULE
 * env#SCHW#workflow#shard     time-schedule           the schedules of a workflow
 * env#SCHR#collection#id      time-schedule           the schedules of a recipient
 * env#BROADCAST#key           HEAD | BODY#chunk | PART#sending#part   a broadcast, and how far its sending has got
 * env#BROADCASTS#ALL          time-key                the broadcasts of an environment
 * env#BATCH#sha256            HEAD#generation | ACT#generation#activity | RUN#run
 *                             | DATA#ACT#generation#activity#chunk
 * env#BULK#operation          OPERATION | ROWS#page | ROWS#page#chunk
 * env#THR#sha256              HEAD | P#sha256 of who passed
 * env#SLOTS#channel           HEAD
 * env#WAIT#collection#id      source#trigger#wait     who waits for an event of the recipient
 * env#WAITING                 minute#shard            under what the environment's waits are listed
 * env#HOOKS                   webhook endpoint
 * env#HOOK.endpoint#hour#shard   event                what was told to a webhook endpoint
 * env#SOURCES                 S#source | X#source     what it does | the secret that verifies, sealed
 * env#SRC.source#hour#shard   event                   what came in by a source
 * env#SRCID#source#sha256     EVENT                   which event was the first of its key
 * env#SRCU#user              event source            in the index of runs: what came in of a user
 * env#SRCN#source             day#type                how many came in
 * SOURCE#sha256               SOURCE                  where a source receives
 * env#FIRST#workflow#collection#id    FIRST | FIRST#tenant
 * env#CHANNELS                channel id
 * env#ASSETS                  LIVE | hash#chunk       which layouts, partials, translations serve
 * env#VARS                    OPEN
 * env#SETTINGS                ENVIRONMENT | CLIENTS
 * env#RATE#sha256              second              how many calls were let in
 * env#AUDIENCES               A#key                   what each audience is
 * env#AUD#key#shard           user#tenant | user#     who was put into a static one
 * env#STAY#user               A#audience              the stays of a user in dynamic ones
 * env#ENTRY#audience          workflow                what may be triggered for who comes in
 * env#KEYS                    kind#sha256             the API keys there ever were
 * env#SUP#shard               A#address               who gets no more mail
 * env#CONTENT#type            key                     how each content of the type stands
 * env#CONTENT#type#key        V#version | V#version#chunk   workflows lie with what serves
 * env#CONTENT#branch          slug                    a branch, and what it began with
 * env#COMMITS                 commit
 * env#COMMITS#type#key        commit                  those of one content
 * env#CHANGES                 change                  who changed what
 * env#CATALOG#name            CATALOG                 a list of the team's; TEAM#CATALOG#name of all
 * ENVIRONMENTS                env
 * TOKENS                      sha256                  the service tokens there ever were
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

  public static String recipient(RecipientId id) {
    return part(id.collection()) + "#" + part(id.id());
  }

  /** Halves of surrogate pairs would all hash as a question mark. */
  public static String unicode(String key) {
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
}
