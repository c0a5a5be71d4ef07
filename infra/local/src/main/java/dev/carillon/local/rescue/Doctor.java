package dev.carillon.local.rescue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what a deployment lacks, in a sentence each. */
final class Doctor {
  /** The functions that have a queue, by whose names the queues are called. */
  static final List<String> QUEUES =
      List.of(
          "Fanout", "Steps", "Delivery", "Wake", "Callbacks", "Engage", "Broadcast", "Webhooks");

  private Doctor() {}

  /**
   * What was found.
   *
   * @param name of the installation
   * @param queues its queues with what is buried of them
   * @param table empty when there is none
   * @param configurationSet whether SES has the one that mail is sent under; so on a local stack
   * @param operator what its operator function says; empty when there is none
   * @param mail what SES says of the account; empty on a local stack, which may send to anybody
   */
  record Facts(
      String name,
      List<DeadLetters.Buried> queues,
      Optional<Table> table,
      boolean configurationSet,
      Optional<List<EnvironmentFacts>> operator,
      Optional<MailAccount> mail) {
    Facts {
      queues = List.copyOf(queues);
      operator = operator.map(List::copyOf);
    }
  }

  /**
   * The table.
   *
   * @param active whether it can be read and written
   * @param restorable whether it can be restored to any second
   * @param locked whether it refuses to be deleted
   */
  record Table(boolean active, boolean restorable, boolean locked) {}

  /**
   * What an environment has.
   *
   * @param workflows how many serve
   */
  record EnvironmentFacts(
      String slug, boolean secretKey, List<ChannelFacts> channels, int workflows) {
    EnvironmentFacts {
      channels = List.copyOf(channels);
    }
  }

  /**
   * A channel.
   *
   * @param missing the credentials without which its provider takes nothing
   */
  record ChannelFacts(String key, String provider, List<String> missing) {
    ChannelFacts {
      missing = List.copyOf(missing);
    }
  }

  /**
   * SES in this account and Region.
   *
   * @param production whether it is out of the sandbox
   * @param sending whether it may send at all
   * @param verified how many of its addresses and domains may be sent from
   */
  record MailAccount(boolean production, boolean sending, int verified) {}

  /** Nothing when all is well. */
  static List<String> findings(Facts facts) {
    var found = new ArrayList<String>();
    queues(facts, found);
    table(facts, found);
    if (!facts.configurationSet()) {
      found.add(
          "SES has no configuration set %s, so no mail is sent: deploy the stack %s-Data."
              .formatted(facts.name(), facts.name()));
    }
    facts
        .operator()
        .ifPresentOrElse(
            environments -> environments(environments, found),
            () ->
                found.add(
                    "There is no function %s-operator: deploy the stack %s-Services."
                        .formatted(facts.name(), facts.name())));
    facts.mail().ifPresent(mail -> mail(mail, found));
    return List.copyOf(found);
  }

  private static void queues(Facts facts, List<String> found) {
    if (facts.queues().isEmpty()) {
      found.add(
          "There is no queue whose name begins with %s-: deploy first, or name the installation with --stack."
              .formatted(facts.name()));
      return;
    }
    var there = facts.queues().stream().map(DeadLetters.Buried::queue).collect(Collectors.toSet());
    QUEUES.stream()
        .map(function -> facts.name() + "-" + function)
        .filter(queue -> !there.contains(queue))
        .forEach(
            queue ->
                found.add(
                    "There is no queue %s with dead letters: deploy the stack %s-Data."
                        .formatted(queue, facts.name())));
    for (var queue : facts.queues()) {
      if (queue.letters() > 0) {
        found.add(
            "%d tasks of %s failed five times: the log of its function says why, ./carillon redrive takes them back."
                .formatted(queue.letters(), queue.queue()));
      }
      if (queue.waiting() > 0 && queue.taken() == 0) {
        found.add(
            "%d tasks wait in %s and nobody works on any: see whether its function's event source mapping is there and enabled, and whether Lambda throttles it."
                .formatted(queue.waiting(), queue.queue()));
      }
    }
  }

  private static void table(Facts facts, List<String> found) {
    if (facts.table().isEmpty()) {
      found.add(
          "There is no table %s: deploy the stack %s-Data.".formatted(facts.name(), facts.name()));
      return;
    }
    var table = facts.table().get();
    if (!table.active()) {
      found.add("The table %s is not active.".formatted(facts.name()));
    }
    if (!table.restorable()) {
      found.add(
          "The table %s cannot be restored to a moment before a mistake: switch its point-in-time recovery on."
              .formatted(facts.name()));
    }
    if (!table.locked()) {
      found.add(
          "Anybody who may delete tables can delete %s: switch its deletion protection on."
              .formatted(facts.name()));
    }
  }

  private static void environments(List<EnvironmentFacts> environments, List<String> found) {
    if (environments.isEmpty()) {
      found.add(
          "There is no environment: ./carillon push --channels FILE --workflows DIR makes one and"
              + " prints its keys.");
    }
    for (var environment : environments) {
      if (!environment.secretKey()) {
        found.add(
            "The environment %s has no secret key, so nobody can trigger anything in it."
                .formatted(environment.slug()));
      }
      if (environment.channels().isEmpty()) {
        found.add(
            "The environment %s has no channel, so nothing can be sent in it."
                .formatted(environment.slug()));
      }
      if (environment.workflows() == 0) {
        found.add(
            "The environment %s has no committed workflow, so there is nothing to trigger in it."
                .formatted(environment.slug()));
      }
      for (var channel : environment.channels()) {
        if (!channel.missing().isEmpty()) {
          found.add(
              "The channel %s of %s (%s) lacks %s: ./carillon operator with the action channel_credentials sets it."
                  .formatted(
                      channel.key(),
                      environment.slug(),
                      channel.provider(),
                      String.join(", ", channel.missing())));
        }
      }
    }
  }

  private static void mail(MailAccount mail, List<String> found) {
    if (!mail.sending()) {
      found.add("SES has paused sending for this account: its console says why.");
    }
    if (!mail.production()) {
      found.add(
          "SES is in its sandbox here, so mail reaches verified addresses only: ask AWS for"
              + " production access.");
    }
    if (mail.verified() == 0) {
      found.add(
          "SES knows no verified address or domain here: verify the one that your channels send"
              + " from.");
    }
  }
}
