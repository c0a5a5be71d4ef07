package dev.carillon.local.ses;

import dev.carillon.local.clock.StackClock;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.sqs.SqsQueues;
import dev.carillon.local.template.AccountRegion;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * SES v2 that delivers to the outbox: accepts mail by SES's rules, tells the stack, and publishes
 * events through configuration set, topic and subscription as SES, SNS and SQS would. A mail to
 * success@, bounce@, complaint@ or suppressionlist@simulator.amazonses.com gets the event of that
 * name; every other mail only its Send event, since nobody has confirmed anything. Safe for many
 * threads; holds nothing that would have to survive.
 */
public final class SimulatedSes {
  private record Destination(Set<String> eventTypes, String topicArn) {}

  private final StackClock clock;
  private final SnsTopics topics;
  private final Consumer<SentEmail> listener;
  private final Map<String, Set<Destination>> configurationSets = new HashMap<>();

  /**
   * @param listener is given each accepted mail before its sender has the answer
   */
  public SimulatedSes(
      StackClock clock, SqsQueues queues, AccessControl access, Consumer<SentEmail> listener) {
    this.clock = clock;
    this.topics = new SnsTopics(queues, access);
    this.listener = listener;
  }

  /** Creates the configuration set without destinations; does nothing when there is one. */
  public synchronized void configurationSet(String name) {
    configurationSets.computeIfAbsent(name, _ -> new LinkedHashSet<>());
  }

  /**
   * Adds an event destination; the same again changes nothing.
   *
   * @param eventTypes as in the API: SEND, DELIVERY, BOUNCE, COMPLAINT …; in any case of letters
   */
  public synchronized void destination(
      String configurationSet, Set<String> eventTypes, String topicArn) {
    configurationSets
        .computeIfAbsent(configurationSet, _ -> new LinkedHashSet<>())
        .add(
            new Destination(
                eventTypes.stream()
                    .map(type -> type.toUpperCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet()),
                topicArn));
  }

  /** Subscribes a queue to a topic; the same again changes nothing. */
  public void subscribe(String topicArn, String queueArn, boolean rawMessageDelivery) {
    topics.subscribe(topicArn, queueArn, rawMessageDelivery);
  }

  synchronized boolean hasConfigurationSet(String name) {
    return configurationSets.containsKey(name);
  }

  Instant now() {
    return clock.instant();
  }

  /** An id in the shape of SES's own. */
  String nextMessageId() {
    return "%016x-%s-000000".formatted(clock.millis(), UUID.randomUUID());
  }

  /** The mail is out: the outbox first, so that no event tells of a mail that nobody sees. */
  void deliver(SentEmail email) {
    listener.accept(email);
    email.configurationSet().ifPresent(name -> publish(name, email));
  }

  private synchronized void publish(String configurationSet, SentEmail email) {
    var destinations = configurationSets.getOrDefault(configurationSet, Set.of());
    for (var event : PublishSesEvents.of(email)) {
      destinations.stream()
          .filter(destination -> destination.eventTypes().contains(event.type()))
          .forEach(
              destination ->
                  topics.publish(
                      AccountRegion.LOCAL.arn("ses", "configuration-set/" + configurationSet),
                      destination.topicArn(),
                      "Amazon SES Email Event Notification",
                      event.body(),
                      email.at()));
    }
  }
}
