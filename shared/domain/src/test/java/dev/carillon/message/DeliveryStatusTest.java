package dev.carillon.message;

import static dev.carillon.message.DeliveryStatus.BOUNCED;
import static dev.carillon.message.DeliveryStatus.DELIVERED;
import static dev.carillon.message.DeliveryStatus.DELIVERY_ATTEMPTED;
import static dev.carillon.message.DeliveryStatus.NOT_SENT;
import static dev.carillon.message.DeliveryStatus.QUEUED;
import static dev.carillon.message.DeliveryStatus.SENT;
import static dev.carillon.message.DeliveryStatus.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryStatusTest {

  /** Knock's life of a mail, and what reports out of order add to it. */
  private static final Map<DeliveryStatus, Set<DeliveryStatus>> OF_MAIL =
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

  private static boolean mayBecome(DeliveryStatus from, DeliveryStatus to, ChannelType on) {
    boolean ofMail = OF_MAIL.get(from).contains(to);
    return switch (on) {
      case EMAIL -> ofMail;
      case SMS, HTTP, IN_APP_FEED ->
          from == BOUNCED && to == DELIVERED || ofMail && from != DELIVERED;
      case PUSH, CHAT -> ofMail && from != DELIVERED && to != DELIVERED;
    };
  }

  @ParameterizedTest
  @EnumSource
  void a_status_only_gives_way_to_one_that_says_more(ChannelType on) {
    for (DeliveryStatus from : DeliveryStatus.values()) {
      for (DeliveryStatus to : DeliveryStatus.values()) {
        assertThat(from.mayBecome(to, on))
            .as("%s -> %s", from, to)
            .isEqualTo(mayBecome(from, to, on));
      }
    }
  }

  private static final List<DeliveryStatus> HEARD =
      List.of(DELIVERY_ATTEMPTED, NOT_SENT, SENT, UNDELIVERED, DELIVERED, BOUNCED);

  /** All 55,987 sequences of up to six, repeats included, on a channel of each type. */
  @ParameterizedTest
  @EnumSource
  void whatever_is_heard_in_whatever_order_the_end_is_the_same(ChannelType on) {
    Map<Set<DeliveryStatus>, Set<DeliveryStatus>> ends = new HashMap<>();
    Set<DeliveryStatus> left = EnumSet.noneOf(DeliveryStatus.class);
    assertThat(play(QUEUED, EnumSet.noneOf(DeliveryStatus.class), 6, on, ends, left))
        .isEqualTo(55_987);
    assertThat(ends).hasSize(64).allSatisfy((_, end) -> assertThat(end).hasSize(1));
    DeliveryStatus last =
        switch (on) {
          case EMAIL, PUSH, CHAT -> BOUNCED;
          case SMS, HTTP, IN_APP_FEED -> DELIVERED;
        };
    assertThat(ends.get(Set.copyOf(HEARD))).containsExactly(last);
    assertThat(left).as("never left").doesNotContain(last);
    boolean confirmed = !on.severalTargets();
    assertThat(ends.get(Set.of(SENT, DELIVERED))).containsExactly(confirmed ? DELIVERED : SENT);
    assertThat(ends.get(Set.of(SENT, UNDELIVERED))).containsExactly(UNDELIVERED);
    assertThat(ends.get(Set.of(UNDELIVERED, DELIVERED)))
        .containsExactly(confirmed ? DELIVERED : UNDELIVERED);
  }

  /**
   * @param ends by what was heard, where it ended
   * @param left the statuses that something led out of
   */
  private static int play(
      DeliveryStatus status,
      Set<DeliveryStatus> heard,
      int more,
      ChannelType on,
      Map<Set<DeliveryStatus>, Set<DeliveryStatus>> ends,
      Set<DeliveryStatus> left) {
    ends.computeIfAbsent(Set.copyOf(heard), _ -> EnumSet.noneOf(DeliveryStatus.class)).add(status);
    int sequences = 1;
    for (DeliveryStatus next : more == 0 ? List.<DeliveryStatus>of() : HEARD) {
      boolean changes = status.mayBecome(next, on);
      if (changes && next != status) {
        left.add(status);
      }
      var longer = EnumSet.of(next);
      longer.addAll(heard);
      sequences += play(changes ? next : status, longer, more - 1, on, ends, left);
    }
    return sequences;
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
}
