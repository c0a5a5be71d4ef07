package dev.carillon.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far the seconds of a channel that has a rate are given away: a bucket of tokens for each
 * second of the clock. Where several tenants share the channel, every fifth slot is set apart for
 * those that do not wait in line, so that a tenant with ten thousand messages keeps nobody waiting
 * but itself; it gets four fifths of the rate meanwhile. Where one tenant, or none, was alone for a
 * day, it gets the whole.
 *
 * @param common up to where slots are given to anybody
 * @param apart up to where those that are set apart are given
 * @param inLine the groups that wait in line, and the second from which on they do not
 * @param latest the group that took last; empty before anybody did
 * @param sharedUntil the second of the epoch until which the channel counts as shared
 */
public record SlotBook(
    Place common, Place apart, Map<String, Long> inLine, String latest, long sharedUntil) {
  private static final int APART = 5;

  /** So far ahead a slot that is set apart may be, and its tenant may still have another. */
  private static final long SOON = 2;

  private static final Duration REMEMBERED = Duration.ofDays(1);

  /** More are not kept in the item: one that is forgotten may jump the line once. */
  private static final int GROUPS = 32;

  public static final SlotBook EMPTY = new SlotBook(Place.START, Place.START, Map.of(), "", 0);

  public SlotBook {
    inLine = Map.copyOf(inLine);
  }

  /**
   * Before it nothing is left.
   *
   * @param second of the epoch
   * @param taken how many of that second are gone or passed by
   */
  public record Place(long second, int taken) {
    static final Place START = new Place(0, 0);

    private Place notBefore(Place other) {
      boolean behind = second < other.second || (second == other.second && taken < other.taken);
      return behind ? other : this;
    }
  }

  /** The book after it, and what was given. */
  public record Given(SlotBook book, SendSlots.Slots slots) {}

  /** Which slots of a second are meant. */
  private enum Which {
    ALL,
    COMMON,
    APART;

    private boolean has(long second, int slot, int perSecond) {
      boolean apart = Math.floorMod(second * perSecond + slot, SlotBook.APART) == 0;
      return switch (this) {
        case ALL -> true;
        case COMMON -> !apart;
        case APART -> apart;
      };
    }
  }

  private record Found(Place next, SendSlots.Slots slots) {}

  /**
   * Gives slots of the first second that has any for the group, now or later.
   *
   * @param group whose they are: a tenant's, or of all that have none
   * @param perSecond how many a second has, at least 1
   * @param most how many are wanted, at least 1
   */
  public Given give(String group, int perSecond, int most, Instant now) {
    long second = now.getEpochSecond();
    boolean other = !latest.isEmpty() && !latest.equals(group);
    long shared = other ? second + REMEMBERED.toSeconds() : sharedUntil;
    Place start = new Place(second, 0);
    if (second >= shared) {
      Found found = first(common.notBefore(apart).notBefore(start), Which.ALL, perSecond, most);
      return new Given(
          new SlotBook(found.next(), found.next(), Map.of(), group, shared), found.slots());
    }
    Found open = first(common.notBefore(start), Which.COMMON, perSecond, most);
    if (open.slots().second() > second && inLine.getOrDefault(group, 0L) <= second) {
      Found kept = first(apart.notBefore(start), Which.APART, perSecond, 1);
      if (kept.slots().second() < open.slots().second()) {
        var line = waiting(group, kept.slots().second() - SOON, second);
        return new Given(new SlotBook(common, kept.next(), line, group, shared), kept.slots());
      }
    }
    var line = waiting(group, open.slots().second(), second);
    return new Given(new SlotBook(open.next(), apart, line, group, shared), open.slots());
  }

  private static Found first(Place from, Which which, int perSecond, int most) {
    int slot = from.taken();
    for (long second = from.second(); ; second++) {
      int count = 0;
      while (slot < perSecond && count < most) {
        if (which.has(second, slot, perSecond)) {
          count++;
        }
        slot++;
      }
      if (count > 0) {
        return new Found(new Place(second, slot), new SendSlots.Slots(second, count));
      }
      slot = 0;
    }
  }

  private Map<String, Long> waiting(String group, long until, long second) {
    var line = new HashMap<>(inLine);
    line.merge(group, until, Math::max);
    return line.entrySet().stream()
        .filter(entry -> entry.getValue() > second)
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(GROUPS)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
