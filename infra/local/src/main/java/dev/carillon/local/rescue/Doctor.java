package dev.carillon.local.rescue;

import java.util.ArrayList;
import java.util.List;
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
   * @param configurationSet the one of SES that mail is sent under
   * @param operator what its operator function says
   * @param mail what SES says of the account; nothing of a local stack, which may send to anybody
   */
  record Facts(
      String name,
      Look<List<DeadLetters.Buried>> queues,
      Look<Table> table,
      Look<String> configurationSet,
      Look<List<EnvironmentFacts>> operator,
      Look<MailAccount> mail) {}

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
    var name = facts.name();
    switch (facts.queues()) {
      case Look.Found<List<DeadLetters.Buried>>(var queues) -> queues(name, queues, found);
      case Look.Nothing<List<DeadLetters.Buried>> _ ->
          found.add(
              "There is no queue whose name begins with %s-: deploy first, or name the installation with --stack."
                  .formatted(name));
      case Look.Failed<List<DeadLetters.Buried>>(var reason) ->
          found.add(unseen("the queues", reason));
    }
    switch (facts.table()) {
      case Look.Found<Table>(var table) -> table(name, table, found);
      case Look.Nothing<Table> _ ->
          found.add("There is no table %s: deploy the stack %s-Data.".formatted(name, name));
      case Look.Failed<Table>(var reason) -> found.add(unseen("the table", reason));
    }
    switch (facts.configurationSet()) {
      case Look.Found<String> _ -> {
        // Mail is sent under it.
      }
      case Look.Nothing<String> _ ->
          found.add(
              "SES has no configuration set %s, so no mail is sent: deploy the stack %s-Data."
                  .formatted(name, name));
      case Look.Failed<String>(var reason) -> found.add(unseen("SES's configuration set", reason));
    }
    switch (facts.operator()) {
      case Look.Found<List<EnvironmentFacts>>(var environments) ->
          environments(environments, found);
      case Look.Nothing<List<EnvironmentFacts>> _ ->
          found.add(
              "There is no function %s-operator: deploy the stack %s-Services."
                  .formatted(name, name));
      case Look.Failed<List<EnvironmentFacts>>(var reason) ->
          found.add(unseen("the environments", reason));
    }
    switch (facts.mail()) {
      case Look.Found<MailAccount>(var mail) -> mail(mail, found);
      case Look.Nothing<MailAccount> _ -> {
        // A local stack sends to anybody.
      }
      case Look.Failed<MailAccount>(var reason) ->
          found.add(unseen("what SES lets this account do", reason));
    }
    return List.copyOf(found);
  }

  private static String unseen(String what, String reason) {
    var sentence = "Could not look at %s: %s".formatted(what, reason.strip());
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }

  private static void queues(String name, List<DeadLetters.Buried> queues, List<String> found) {
    var there = queues.stream().map(DeadLetters.Buried::queue).collect(Collectors.toSet());
    QUEUES.stream()
        .map(function -> name + "-" + function)
        .filter(queue -> !there.contains(queue))
        .forEach(
            queue ->
                found.add(
                    "There is no queue %s with dead letters: deploy the stack %s-Data."
                        .formatted(queue, name)));
    for (var queue : queues) {
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

  private static void table(String name, Table table, List<String> found) {
    if (!table.active()) {
      found.add("The table %s is not active.".formatted(name));
    }
    if (!table.restorable()) {
      found.add(
          "The table %s cannot be restored to a moment before a mistake: switch its point-in-time recovery on."
              .formatted(name));
    }
    if (!table.locked()) {
      found.add(
          "Anybody who may delete tables can delete %s: switch its deletion protection on."
              .formatted(name));
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
