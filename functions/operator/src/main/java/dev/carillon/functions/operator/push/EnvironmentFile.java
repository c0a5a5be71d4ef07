package dev.carillon.functions.operator.push;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.json.Json;
import dev.carillon.project.Finding;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.subscription.Subscription;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What {@code environment.json} says: settings of the environment, and some of those it knows.
 *
 * @param timezone empty when the file does not say
 * @param preferences the default preference set; empty when the file does not say
 * @param channelGroups as the file has them, each with its {@code key}
 * @param trackingDomains as the file has them; empty when it does not say
 * @param preferenceCenter as the file has it; empty when it does not say
 * @param findings what was not taken, and why
 */
record EnvironmentFile(
    String path,
    Optional<ZoneId> timezone,
    Optional<Json.Obj> preferences,
    List<Json.Obj> channelGroups,
    List<Described> tenants,
    List<Described> objects,
    List<Described> users,
    List<KeyedAudience> audiences,
    Optional<Json.Obj> trackingDomains,
    Optional<Json.Obj> preferenceCenter,
    List<Finding> findings) {

  EnvironmentFile {
    channelGroups = List.copyOf(channelGroups);
    tenants = List.copyOf(tenants);
    objects = List.copyOf(objects);
    users = List.copyOf(users);
    audiences = List.copyOf(audiences);
    findings = List.copyOf(findings);
  }

  /**
   * A recipient.
   *
   * @param field where it stands in the file
   * @param subscriptions to it; only objects have any
   */
  record Described(
      String field,
      RecipientId id,
      Identification identification,
      List<Subscription> subscriptions) {
    Described {
      subscriptions = List.copyOf(subscriptions);
    }
  }

  /**
   * @param members none when it is dynamic
   */
  record KeyedAudience(String key, Audience audience, List<Member> members) {
    KeyedAudience {
      members = List.copyOf(members);
    }
  }

  /** About a field of the file. */
  Finding finding(String field, String reason) {
    return Finding.inFile(path, field + ": " + reason);
  }
}
