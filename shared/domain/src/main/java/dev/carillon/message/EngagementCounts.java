package dev.carillon.message;

import java.util.List;

/**
 * How often what happened with tracked messages, to be added up. Rates are {@code opened / sent}
 * and {@code clicked / sent}: messages, not events.
 *
 * @param sent messages that were handed over: accepted by their provider, or in their feed
 * @param opened messages that were read at least once
 * @param clicked messages of which a link was clicked at least once
 * @param opens times that messages were read
 * @param clicks times that links were clicked
 * @param machineOpens opens that a machine made; in none of the above
 * @param machineClicks clicks that a machine made; in none of the above
 */
public record EngagementCounts(
    long sent,
    long opened,
    long clicked,
    long opens,
    long clicks,
    long machineOpens,
    long machineClicks) {
  public static final EngagementCounts NONE = new EngagementCounts(0, 0, 0, 0, 0, 0, 0);

  /** The types of the events that machines leave; no engagement bears these names. */
  public static final String MACHINE_READ = "machine_read";

  public static final String MACHINE_LINK_CLICKED = "machine_link_clicked";

  /**
   * What a change of a message adds; {@link #NONE} of one that is not tracked. Read off the events
   * that the change added to its timeline, so that what was counted is not counted again.
   */
  public static EngagementCounts ofChange(Message before, Message after) {
    return after.tracked() ? of(before.events(), after.events()) : NONE;
  }

  /** What a message adds that has just been made. */
  public static EngagementCounts ofMade(Message message) {
    return message.tracked() ? of(List.of(), message.events()) : NONE;
  }

  private static EngagementCounts of(List<Message.Event> before, List<Message.Event> after) {
    List<Message.Event> added = after.subList(before.size(), after.size());
    long opens = count(added, Engagement.READ.wireName());
    long clicks = count(added, Engagement.LINK_CLICKED.wireName());
    return new EngagementCounts(
        handedOver(after) && !handedOver(before) ? 1 : 0,
        opens > 0 && count(before, Engagement.READ.wireName()) == 0 ? 1 : 0,
        clicks > 0 && count(before, Engagement.LINK_CLICKED.wireName()) == 0 ? 1 : 0,
        opens,
        clicks,
        count(added, MACHINE_READ),
        count(added, MACHINE_LINK_CLICKED));
  }

  private static boolean handedOver(List<Message.Event> events) {
    return count(events, DeliveryStatus.SENT.wireName()) > 0
        || count(events, DeliveryStatus.DELIVERED.wireName()) > 0;
  }

  private static long count(List<Message.Event> events, String type) {
    return events.stream().filter(event -> event.type().equals(type)).count();
  }

  public EngagementCounts plus(EngagementCounts more) {
    return new EngagementCounts(
        sent + more.sent,
        opened + more.opened,
        clicked + more.clicked,
        opens + more.opens,
        clicks + more.clicks,
        machineOpens + more.machineOpens,
        machineClicks + more.machineClicks);
  }
}
