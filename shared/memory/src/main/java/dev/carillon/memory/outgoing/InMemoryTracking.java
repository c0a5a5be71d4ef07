package dev.carillon.memory.outgoing;

import dev.carillon.tracking.RecordTracking;
import dev.carillon.tracking.TrackingEvent;
import java.util.ArrayList;
import java.util.List;

/** Clicks and opens in memory, until somebody takes them out. */
public final class InMemoryTracking implements RecordTracking {
  private final List<TrackingEvent> events = new ArrayList<>();

  @Override
  public synchronized void record(TrackingEvent event) {
    events.add(event);
  }

  /** All that were told since the last time, oldest first. */
  public synchronized List<TrackingEvent> take() {
    var taken = List.copyOf(events);
    events.clear();
    return taken;
  }
}
