package dev.carillon.infra;

import dev.carillon.infra.data.CarillonTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What one function may do with the table, action by action. Writing is bound to the partitions of
 * what it writes; reading is not, since nothing in the table is a secret from the system.
 */
final class TableAccess {

  /** Items by what their partition keys look like; the storage module lays them out. */
  enum Items {
    /** What is kept of an environment by id, and waits: keys of three parts and more. */
    OF_ENVIRONMENTS("*#*#*"),
    MESSAGES("*#MSG#*"),
    /** The endpoints that are told by webhooks. */
    WEBHOOK_ENDPOINTS("*#HOOKS"),
    /** What each endpoint was told, by hour. */
    WEBHOOK_LOG("*#HOOK.*#*"),
    /** The sockets of clients. */
    CONNECTIONS("SOCKET#*"),
    /** Which sockets watch a feed, and what was last announced of it. */
    WATCHED_FEEDS("*#SOCK#*"),
    /** What is kept of each user and object: profile, channel data, preferences. */
    RECIPIENTS("*#RCP#*"),
    /** By what users and objects are listed. */
    LISTED_RECIPIENTS("*#RCPS#*"),
    /** Addresses that get no more mail. */
    SUPPRESSIONS("*#SUP#*"),
    /** Which message a provider means by an id of its own. */
    EXTERNAL_IDS("*#XID#*"),
    /** When channels that have a rate may send. */
    SEND_SLOTS("*#SLOTS#*"),
    /** How many calls were let in, by the second. */
    CALL_COUNTS("*#RATE#*"),
    /** How the providers of channels fare. */
    CIRCUITS("*#CIRC#*"),
    /** Clicks and opens, one by one. */
    TRACKING_EVENTS("*#TRK#*"),
    /** How many were sent, opened and clicked. */
    TOTALS("*#ENG#*"),
    /** Where events come in by, and by what they are found when they do. */
    SOURCES("*#SOURCES", "SOURCE#*"),
    /** What came in. */
    SOURCE_EVENTS("*#SRC.*"),
    /** How much came in. */
    SOURCE_TALLIES("*#SRCN#*"),
    TRIGGERS("*#TRG#*", "*#IDEM#*"),
    /** What was cancelled under a key, and what waits under it. */
    CANCELLATIONS("*#CXL#*"),
    /** What audiences an environment has; who is in them is among the items of environments. */
    AUDIENCES("*#AUDIENCES"),
    /** The commits of an environment, and the log of who changed what. */
    COMMITS("*#COMMITS", "*#CHANGES"),
    /** The branches of an environment; their content is that of environments of their own. */
    BRANCHES("*#CONTENT#branch"),
    /** The layouts, partials and translations that serve. */
    ASSETS("*#ASSETS"),
    /** What holds of an environment: settings, variables, channels. */
    SETTINGS("*#SETTINGS", "*#VARS", "*#CHANNELS"),
    /** Channels without their credentials, which are secrets. */
    CHANNELS("*#CHANNELS"),
    /** API keys and service tokens, by their hash, and which there are. */
    CREDENTIALS("*#KEYS", "KEY#*", "TOKEN#*", "TOKENS"),
    /** The hours that hold runs, messages or triggers. */
    HOURS("*#HOURS"),
    /** Under what the waits of an environment are listed. */
    LIST_OF_WAITS("*#WAITING"),
    /** What is due, by minute. */
    DUE("DUE#*"),
    /** How far the sweep has come. */
    WATERMARK("DUE"),
    SHORT_LINKS("LINK#*"),
    /** By which cursors are known again; made by the first that needs it. */
    DEPLOYMENT_KEY("KEY#DEPLOYMENT");

    private final List<String> partitions;

    Items(String... partitions) {
      this.partitions = List.of(partitions);
    }
  }

  private final DeployedFunction function;
  private final String table;

  TableAccess(DeployedFunction function, String tableArn) {
    this.function = function;
    this.table = tableArn;
  }

  TableAccess gets() {
    return allow("GetItem", table);
  }

  /** Up to a hundred items by their keys in one call. */
  TableAccess getsMany() {
    return allow("BatchGetItem", table);
  }

  /** These items alone, one at a time: for a function that strangers call. */
  TableAccess gets(Items... items) {
    return allow("GetItem", items);
  }

  TableAccess queries() {
    return allow("Query", table);
  }

  TableAccess queries(CarillonTable.Index index) {
    return allow("Query", table + "/index/" + index.indexName());
  }

  TableAccess puts(Items... items) {
    return allow("PutItem", items);
  }

  /** Whatever it is: for the function of those who own the deployment. */
  TableAccess putsAnything() {
    return allow("PutItem", table);
  }

  TableAccess updates(Items... items) {
    return allow("UpdateItem", items);
  }

  TableAccess deletes(Items... items) {
    return allow("DeleteItem", items);
  }

  private TableAccess allow(String action, String resource) {
    function.allow(List.of("dynamodb:" + action), List.of(resource));
    return this;
  }

  /** Every key of a write must be one of these; a write always has one. */
  private TableAccess allow(String action, Items... items) {
    function.allow(
        PolicyStatement.Builder.create()
            .actions(List.of("dynamodb:" + action))
            .resources(List.of(table))
            .conditions(
                Map.of(
                    "ForAllValues:StringLike",
                    Map.of(
                        "dynamodb:LeadingKeys",
                        Stream.of(items).flatMap(it -> it.partitions.stream()).toList())))
            .build());
    return this;
  }
}
