package dev.carillon.memory.outgoing;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.message.InMemoryMessages;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.EngagementTotals;
import dev.carillon.message.Message;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Totals in memory, told by {@link InMemoryMessages}. */
public final class InMemoryEngagementTotals implements EngagementTotals {

  private record Key(
      EnvironmentId environment,
      WorkflowKey workflow,
      ChannelId channel,
      VersionId version,
      LocalDate day) {}

  private final Map<Key, EngagementCounts> totals = new HashMap<>();

  /** Make them before the first message is stored. */
  public InMemoryEngagementTotals(InMemoryMessages messages) {
    messages.observeCounts(this::add);
  }

  private synchronized void add(Message message, EngagementCounts counts) {
    totals.merge(
        new Key(
            message.environment(),
            message.source().workflow(),
            message.channel(),
            message.source().version(),
            EngagementTotals.day(message)),
        counts,
        EngagementCounts::plus);
  }

  @Override
  public synchronized List<Total> of(
      EnvironmentId environment, WorkflowKey workflow, LocalDate from, LocalDate to) {
    if (from.plusDays(MOST_DAYS).compareTo(to) <= 0) {
      throw new IllegalArgumentException("More than " + MOST_DAYS + " days");
    }
    return totals.entrySet().stream()
        .filter(it -> it.getKey().environment().equals(environment))
        .filter(it -> it.getKey().workflow().equals(workflow))
        .filter(it -> !it.getKey().day().isBefore(from) && !it.getKey().day().isAfter(to))
        .map(
            it ->
                new Total(
                    it.getKey().channel(), it.getKey().version(), it.getKey().day(), it.getValue()))
        .sorted(
            Comparator.comparing(Total::day)
                .thenComparing(total -> total.channel().toString())
                .thenComparing(total -> total.version().toString()))
        .toList();
  }
}
