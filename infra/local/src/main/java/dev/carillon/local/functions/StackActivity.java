package dev.carillon.local.functions;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Knows whether anything is at work in the stack, so that time moves only over a stack at rest.
 * What may change something is under way from before it looks for work until all it sends has been
 * sent.
 */
public final class StackActivity {
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger gathering = new AtomicInteger();
  private final Set<String> gatheredFrom = ConcurrentHashMap.newKeySet();
  private final AtomicLong begun = new AtomicLong();

  /** Work begins: an invocation, say. Each begin needs one {@link #end}. */
  public void begin() {
    underWay.incrementAndGet();
    begun.incrementAndGet();
  }

  /** A poller looks for work and may find none. Needs one {@link #end}, like a begin. */
  public void look() {
    underWay.incrementAndGet();
  }

  /** What {@link #look} looked for was found. */
  public void found() {
    begun.incrementAndGet();
  }

  public void end() {
    underWay.decrementAndGet();
  }

  /**
   * What is under way waits for more of its kind, from a queue that nothing else takes from. Needs
   * one {@link #gathered}.
   */
  public void gather(String queue) {
    gatheredFrom.add(queue);
    gathering.incrementAndGet();
  }

  public void gathered(String queue) {
    gathering.decrementAndGet();
    gatheredFrom.remove(queue);
  }

  /** Whether a message of the queue is about to be taken by what is under way already. */
  public boolean gathersFrom(String queue) {
    return gatheredFrom.contains(queue);
  }

  /**
   * Whether whatever is under way waits for more, and nothing is there to come: then no more comes.
   *
   * @param nothingWaits as for {@link #isIdle}
   */
  public boolean onlyGathers(BooleanSupplier nothingWaits) {
    var before = begun.get();
    return underWay.get() == gathering.get()
        && nothingWaits.getAsBoolean()
        && underWay.get() == gathering.get()
        && begun.get() == before;
  }

  /**
   * Whether nothing is at work and nothing waits for it now.
   *
   * @param nothingWaits whether no message can be received; asked at most once
   */
  public boolean isIdle(BooleanSupplier nothingWaits) {
    // Between the two looks at who is under way a message may have been taken, worked on and
    // followed by another: then something has begun in the meantime.
    var before = begun.get();
    return underWay.get() == 0
        && nothingWaits.getAsBoolean()
        && underWay.get() == 0
        && begun.get() == before;
  }
}
