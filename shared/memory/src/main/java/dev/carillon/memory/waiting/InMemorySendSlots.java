package dev.carillon.memory.waiting;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.SendSlots;
import dev.carillon.channel.SlotBook;
import dev.carillon.environment.EnvironmentId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Slots in memory. */
public final class InMemorySendSlots implements SendSlots {
  private record Of(EnvironmentId environment, ChannelId channel) {}

  private final Map<Of, SlotBook> books = new HashMap<>();

  @Override
  public synchronized Slots take(Line line, int perSecond, int most, Instant now) {
    var of = new Of(line.environment(), line.channel());
    var given = books.getOrDefault(of, SlotBook.EMPTY).give(line.group(), perSecond, most, now);
    books.put(of, given.book());
    return given.slots();
  }
}
