package dev.carillon.local.rescue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what a deployment lacks, in a sentence each. */
final class Doctor {
  private Doctor() {}

  /**
   * What was found.
   *
   * @param name of the deployment
   * @param queues its queues with what is buried of them
   * @param mail what SES says of the account; empty on a local stack, which may send to anybody
   */
  record Facts(String name, List<DeadLetters.Buried> queues, Optional<MailAccount> mail) {
    Facts {
      queues = List.copyOf(queues);
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
    if (facts.queues().isEmpty()) {
      found.add(
          "There is no queue whose name begins with %s-: deploy first, or name the stack with --stack."
              .formatted(facts.name()));
    }
    for (var buried : facts.queues()) {
      if (buried.letters() > 0) {
        found.add(
            "%d tasks of %s failed five times: the log of its function says why, ./carillon redrive takes them back."
                .formatted(buried.letters(), buried.queue()));
      }
    }
    facts.mail().ifPresent(mail -> mail(mail, found));
    return List.copyOf(found);
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
