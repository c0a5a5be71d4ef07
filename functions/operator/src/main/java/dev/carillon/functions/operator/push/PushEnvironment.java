package dev.carillon.functions.operator.push;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.environment.Environments;
import dev.carillon.event.PublishEvents;
import dev.carillon.functions.operator.push.EnvironmentFile.Described;
import dev.carillon.functions.operator.push.EnvironmentFile.KeyedAudience;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.project.Finding;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.Identified;
import dev.carillon.subscription.Subscriptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets what {@code environment.json} says hold. It adds and changes and removes nothing; what is so
 * already is left alone, so that pushing again writes nothing.
 */
public final class PushEnvironment {
  private final Environments environments;
  private final Recipients recipients;
  private final Subscriptions subscriptions;
  private final PushAudiences audiences;
  private final PublishEvents tell;
  private final InstantSource clock;

  /**
   * @param tell audiences alone; nothing else need hear of a push
   */
  public PushEnvironment(
      Environments environments,
      Recipients recipients,
      Subscriptions subscriptions,
      PushAudiences audiences,
      PublishEvents tell,
      InstantSource clock) {
    this.environments = environments;
    this.recipients = recipients;
    this.subscriptions = subscriptions;
    this.audiences = audiences;
    this.tell = tell;
    this.clock = clock;
  }

  /**
   * What holds now of what the file says, by name.
   *
   * @param findings gets what could not be taken
   */
  Json.Obj run(EnvironmentId environment, EnvironmentFile file, List<Finding> findings) {
    findings.addAll(file.findings());
    putSettings(environment, file);
    List<KeyedAudience> taken = audiences.run(environment, file, findings);
    return Json.object()
        .with("timezone", Json.ofNullable(file.timezone().map(zone -> zone.getId())))
        .with("preferences", Json.of(file.preferences().isPresent()))
        .with(
            "channel_groups", names(file.channelGroups(), group -> group.text("key").orElseThrow()))
        .with("tracking_domains", file.trackingDomains().orElse(Json.Obj.EMPTY))
        .with("preference_center", Json.of(file.preferenceCenter().isPresent()))
        .with("audiences", names(taken, KeyedAudience::key))
        .with("tenants", identified(environment, file, file.tenants(), findings))
        .with("users", identified(environment, file, file.users(), findings))
        .with("objects", identified(environment, file, file.objects(), findings));
  }

  private void putSettings(EnvironmentId environment, EnvironmentFile file) {
    environments.change(environment, before -> with(before, file));
  }

  private static EnvironmentSettings with(EnvironmentSettings before, EnvironmentFile file) {
    Map<Optional<String>, Json.Obj> groups = new LinkedHashMap<>();
    before.channelGroups().forEach(group -> groups.put(group.text("key"), group));
    file.channelGroups().forEach(group -> groups.put(group.text("key"), group));
    return new EnvironmentSettings(
        file.timezone().or(before::timezone),
        file.preferences().orElse(before.preferences()),
        List.copyOf(groups.values()),
        file.trackingDomains().orElse(before.trackingDomains()),
        file.preferenceCenter().orElse(before.preferenceCenter()));
  }

  /** The names of those that are known now as the file has them. */
  private Json identified(
      EnvironmentId environment,
      EnvironmentFile file,
      List<Described> described,
      List<Finding> findings) {
    var taken = new ArrayList<Described>();
    for (var one : described) {
      if (!identify(environment, one)) {
        findings.add(
            file.finding(
                one.field(),
                "would make what is known of it take more than %d bytes."
                    .formatted(Recipients.MAX_PROPERTIES_BYTES)));
        continue;
      }
      subscribe(environment, one);
      taken.add(one);
    }
    return names(taken, one -> name(one.id()));
  }

  /** False when it would be too large. */
  private boolean identify(EnvironmentId environment, Described one) {
    var known = recipients.find(environment, one.id());
    if (known.isPresent() && says(known.get(), one.identification())) {
      return true;
    }
    var now = clock.instant();
    // Of this push alone: the same words must count again when something else came in between.
    var cause =
        Digest.of(
                "environment.json",
                now.toString(),
                one.field(),
                JsonText.write(known.map(Recipient::properties).orElse(Json.Obj.EMPTY)))
            .hex();
    return switch (recipients.identify(environment, one.id(), one.identification(), cause, now)) {
      case Identified.Merged _ -> {
        tell.ofRecipient(environment, one.id(), one.identification(), cause);
        yield true;
      }
      case Identified.TooLarge _ -> false;
    };
  }

  /** Whether it would change nothing. */
  private static boolean says(Recipient known, Identification said) {
    return known.identified(said, known.updatedAt()).equals(known);
  }

  private void subscribe(EnvironmentId environment, Described object) {
    for (var wanted : object.subscriptions()) {
      var known = subscriptions.find(environment, wanted.object(), wanted.recipient());
      if (!known.equals(Optional.of(wanted))) {
        subscriptions.put(environment, wanted);
      }
    }
  }

  private static String name(RecipientId id) {
    return id.isUser() || id.isTenant() ? id.id() : id.collection() + "/" + id.id();
  }

  private static <T> Json names(List<T> items, Function<T, String> name) {
    return Json.texts(items.stream().map(name).toList());
  }
}
