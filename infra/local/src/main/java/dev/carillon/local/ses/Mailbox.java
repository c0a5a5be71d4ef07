package dev.carillon.local.ses;

import java.util.Set;

/**
 * SES v2 that delivers to the outbox: accepts mail by SES's rules, tells the shell, and publishes
 * events through configuration set, topic and subscription as SES, SNS and SQS would. A mail to
 * success@, bounce@, complaint@ or suppressionlist@simulator.amazonses.com gets the event of that
 * name; every other mail only its Send event, since nobody has confirmed anything.
 */
public final class Mailbox {

  /** Creates the configuration set without destinations; does nothing when there is one. */
  public void configurationSet(String name) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds an event destination; the same again changes nothing.
   *
   * @param eventTypes as in the API: SEND, DELIVERY, BOUNCE, COMPLAINT …; in any case of letters
   */
  public void destination(String configurationSet, Set<String> eventTypes, String topicArn) {
    throw new UnsupportedOperationException();
  }

  /** Subscribes a queue to a topic; the same again changes nothing. */
  public void subscribe(String topicArn, String queueArn, boolean rawMessageDelivery) {
    throw new UnsupportedOperationException();
  }
}
