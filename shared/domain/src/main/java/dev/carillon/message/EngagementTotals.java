package dev.carillon.message;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What became of tracked messages, added up as it happens. {@link Messages} adds to them in the
 * write that stores what is counted, so that they neither drift nor count twice, and reading them
 * costs by the days asked for and not by the messages there were.
 */
public interface EngagementTotals {

  /** How many days one call may ask for. */
  int MOST_DAYS = 92;

  /**
   * What the messages came to that this version of the workflow made on that channel on that day.
   *
   * @param day in UTC, on which the messages were made, whenever they were opened
   */
  record Total(ChannelId channel, VersionId version, LocalDate day, EngagementCounts counts) {}

  /**
   * Those of the workflow's messages made from the first of the days to the last, both included; by
   * day, then channel, then version. Days, channels and versions without any are left out. What was
   * stored a moment ago may be missing.
   *
   * @throws IllegalArgumentException when it is more than {@value #MOST_DAYS} days
   */
  List<Total> of(EnvironmentId environment, WorkflowKey workflow, LocalDate from, LocalDate to);

  /** The day that the message counts for. */
  static LocalDate day(Message message) {
    return LocalDate.ofInstant(message.insertedAt(), ZoneOffset.UTC);
  }
}
