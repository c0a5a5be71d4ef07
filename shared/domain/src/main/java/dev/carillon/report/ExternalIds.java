package dev.carillon.report;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which message is meant by a provider's id: for providers whose reports cannot bring ours. An id
 * is one of its environment and channel; of any length and spelling, case counts.
 *
 * <p>A report and the record that the provider took the message may come in any order. Who records
 * calls {@link #add} and then {@link #early}; who hears a report calls {@link #find}, where that is
 * empty {@link #park}, and then {@link #find} once more. Each sees what was stored before, so one
 * of both finds the other's, or both do.
 */
public interface ExternalIds {

  /** How long an early report is kept: as long as a task may lie among the dead letters. */
  Duration PARKED = Duration.ofDays(14);

  /**
   * From now on, and for as long as the message is kept, its {@linkplain Message#externalId()
   * external id} leads to it from {@linkplain Message#takenBy() the channel that took it}. An id
   * that leads to a message already stays with that; without one nothing is stored. Safe to repeat.
   */
  void add(Message message);

  /** Empty when the id leads to no message, or that one's retention is over. */
  Optional<MessageId> find(EnvironmentId environment, ChannelId channel, String externalId);

  /**
   * Keeps the report for {@link #PARKED} at least, one of each status. Safe to repeat: the reason
   * that is told last stays.
   */
  void park(EnvironmentId environment, ChannelId channel, String externalId, EarlyReport report);

  /** What was parked under the message's external id; none for most. Takes none away. */
  List<EarlyReport> early(Message message);

  /**
   * Removes what {@link #add} and {@link #park} stored under the message's external id; does
   * nothing when there is nothing. Safe to repeat.
   */
  void forget(Message message);
}
