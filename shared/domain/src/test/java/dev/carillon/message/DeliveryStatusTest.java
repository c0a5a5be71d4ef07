package dev.carillon.message;

import static dev.carillon.message.DeliveryStatus.BOUNCED;
import static dev.carillon.message.DeliveryStatus.DELIVERED;
import static dev.carillon.message.DeliveryStatus.DELIVERY_ATTEMPTED;
import static dev.carillon.message.DeliveryStatus.NOT_SENT;
import static dev.carillon.message.DeliveryStatus.QUEUED;
import static dev.carillon.message.DeliveryStatus.SENT;
import static dev.carillon.message.DeliveryStatus.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DeliveryStatusTest {

  /** Knock's life of a message, and what reports out of order add to it. */
  private static final Map<DeliveryStatus, Set<DeliveryStatus>> MAY_BECOME =
      Map.of(
          QUEUED,
          Set.of(DELIVERY_ATTEMPTED, NOT_SENT, SENT, UNDELIVERED, DELIVERED, BOUNCED),
          DELIVERY_ATTEMPTED,
          Set.of(QUEUED, DELIVERY_ATTEMPTED, NOT_SENT, SENT, UNDELIVERED, DELIVERED, BOUNCED),
          NOT_SENT,
          Set.of(SENT, UNDELIVERED, DELIVERED, BOUNCED),
          SENT,
          Set.of(UNDELIVERED, DELIVERED, BOUNCED),
          UNDELIVERED,
          Set.of(DELIVERED, BOUNCED),
          DELIVERED,
          Set.of(BOUNCED),
          BOUNCED,
          Set.of());

  @Test
  void a_status_only_gives_way_to_one_that_says_more() {
    for (DeliveryStatus from : DeliveryStatus.values()) {
      for (DeliveryStatus to : DeliveryStatus.values()) {
        assertThat(from.mayBecome(to))
            .as("%s -> %s", from, to)
            .isEqualTo(MAY_BECOME.get(from).contains(to));
      }
    }
  }

  /** All 1,957 sequences of different events, from none to six, and each with a repetition. */
  @Test
  void whatever_the_order_of_events_the_last_word_is_the_same() {
    var events = List.of(DELIVERY_ATTEMPTED, NOT_SENT, SENT, UNDELIVERED, DELIVERED, BOUNCED);
    var sequences = new ArrayList<List<DeliveryStatus>>();
    collect(List.of(), events, sequences);
    assertThat(sequences).hasSize(1_957);

    Map<Set<DeliveryStatus>, Set<DeliveryStatus>> ends = new HashMap<>();
    for (var sequence : sequences) {
      Set<DeliveryStatus> different = Set.copyOf(sequence);
      ends.computeIfAbsent(different, _ -> new TreeSet<>()).add(end(sequence));
      for (DeliveryStatus again : sequence) {
        var twice = new ArrayList<>(sequence);
        twice.add(again);
        ends.get(different).add(end(twice));
      }
    }
    assertThat(ends).hasSize(64).allSatisfy((_, end) -> assertThat(end).hasSize(1));
    assertThat(ends.get(Set.of(SENT, DELIVERED))).containsExactly(DELIVERED);
    assertThat(ends.get(Set.of(SENT, UNDELIVERED))).containsExactly(UNDELIVERED);
    assertThat(ends.get(Set.of(UNDELIVERED, DELIVERED))).containsExactly(DELIVERED);
    assertThat(ends.get(Set.copyOf(events))).containsExactly(BOUNCED);
  }

  @Test
  void the_names_are_those_of_the_api() {
    var names = new TreeMap<DeliveryStatus, String>();
    for (DeliveryStatus status : DeliveryStatus.values()) {
      names.put(status, status.wireName());
    }
    assertThat(names.values())
        .containsExactly(
            "undelivered",
            "bounced",
            "delivery_attempted",
            "queued",
            "not_sent",
            "sent",
            "delivered");
  }

  private static DeliveryStatus end(List<DeliveryStatus> events) {
    DeliveryStatus status = QUEUED;
    for (DeliveryStatus next : events) {
      status = status.mayBecome(next) ? next : status;
    }
    return status;
  }

  private static void collect(
      List<DeliveryStatus> begun, List<DeliveryStatus> left, List<List<DeliveryStatus>> into) {
    into.add(begun);
    for (DeliveryStatus next : left) {
      var longer = new ArrayList<>(begun);
      longer.add(next);
      collect(longer, left.stream().filter(other -> other != next).toList(), into);
    }
  }
}
