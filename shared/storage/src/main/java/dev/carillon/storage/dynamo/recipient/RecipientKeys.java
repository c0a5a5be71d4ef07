package dev.carillon.storage.dynamo.recipient;

import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.storage.dynamo.Range;

/**
 * Where the links of recipients, subscriptions and audiences lie. The whole layout is in {@link
 * Keys}.
 */
public final class RecipientKeys {

  /**
   * Writes to one object are bounded by this many partitions, 1,000 a second each; and a list of
   * its subscribers costs this many reads, even when it has none.
   */
  public static final int SUBSCRIPTION_SHARDS = 4;

  public static final String SUBSCRIPTION = "SUB#";

  public static final String AUDIENCE = "A#";

  private RecipientKeys() {}

  /** The partition of those of a collection's recipients that are listed in a shard. */
  public static String recipientLinks(EnvironmentId environment, String collection, int shard) {
    return environment.value()
        + "#RCPS#"
        + Keys.part(collection)
        + "#"
        + Integer.toHexString(shard);
  }

  /** The partition of those of an object's subscribers that are in a shard. */
  public static String subscribers(EnvironmentId environment, RecipientId object, int shard) {
    return environment.value() + "#OBJ#" + Keys.recipient(object) + "#" + shard;
  }

  public static Key subscription(
      EnvironmentId environment, RecipientId object, RecipientId recipient) {
    Digest digest = Digest.of("subscriber", recipient.collection(), recipient.id());
    int shard = (int) (digest.bits(16) % SUBSCRIPTION_SHARDS);
    return new Key(
        subscribers(environment, object, shard), SUBSCRIPTION + Keys.recipient(recipient));
  }

  /** Beside the recipient's own partition, which is read as a whole for each of its runs. */
  public static String subscriptionsOf(EnvironmentId environment, RecipientId recipient) {
    return environment.value() + "#SUBR#" + Keys.recipient(recipient);
  }

  public static Key subscriptionLink(
      EnvironmentId environment, RecipientId object, RecipientId recipient) {
    return new Key(subscriptionsOf(environment, recipient), SUBSCRIPTION + Keys.recipient(object));
  }

  public static final int MEMBER_SHARDS = Audiences.PARTS;

  public static String audiences(EnvironmentId environment) {
    return environment.value() + "#AUDIENCES";
  }

  public static Key audience(EnvironmentId environment, String key) {
    return new Key(audiences(environment), AUDIENCE + Keys.part(key));
  }

  /** An audience may hold everybody there is, so its members lie in sixteen partitions. */
  public static Key member(EnvironmentId environment, String key, Member member) {
    String user = member.user().id();
    return new Key(
        members(environment, key, memberShard(user)),
        Keys.part(user)
            + "#"
            + member.tenant().map(tenant -> Keys.part(tenant.value())).orElse(""));
  }

  /** Within all tenants and within none. */
  public static Range memberships(EnvironmentId environment, String key, RecipientId user) {
    return Range.prefix(
        members(environment, key, memberShard(user.id())), Keys.part(user.id()) + "#");
  }

  /** What a user's stays in dynamic audiences lie in. */
  static String stays(EnvironmentId environment, RecipientId user) {
    return environment.value() + "#STAY#" + Keys.part(user.id());
  }

  static Key stay(EnvironmentId environment, RecipientId user, String audience) {
    return new Key(stays(environment, user), AUDIENCE + Keys.part(audience));
  }

  static final String DYNAMIC_MEMBER = "U#";

  /** The partition of the index in which those of a dynamic audience are listed. */
  static String dynamicMembers(EnvironmentId environment, String audience, int shard) {
    return environment.value() + "#STAYS#" + Keys.part(audience) + "#" + Integer.toHexString(shard);
  }

  static String dynamicMember(RecipientId user) {
    return DYNAMIC_MEMBER + Keys.part(user.id());
  }

  static int memberShard(String user) {
    return (int) Digest.of("member", user).bits(4);
  }

  public static String members(EnvironmentId environment, String key, int shard) {
    return environment.value() + "#AUD#" + Keys.part(key) + "#" + Integer.toHexString(shard);
  }
}
