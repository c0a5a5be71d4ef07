package dev.carillon.tracking;

import static dev.carillon.tracking.Tracking.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.Message;
import dev.carillon.tracking.visitor.MachineSign;
import dev.carillon.tracking.visitor.Visitor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngageTest {
  private static final String URL = "https://acme.example/orders/7";
  private static final Message EMAIL =
      Tracking.message(ChannelType.EMAIL, DeliveryStatus.DELIVERED);

  private static TrackingEvent event(String id, Tracked subject, Instant at, Visitor visitor) {
    return new TrackingEvent(
        id, subject, at, visitor, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static TrackingEvent click(String id, int minute) {
    return event(id, Tracking.link(URL), minutes(minute), new Visitor.Person());
  }

  private static TrackingEvent open(String id, int minute) {
    return event(id, Tracking.mail(), minutes(minute), new Visitor.Person());
  }

  private static Instant minutes(int minute) {
    return NOON.plusSeconds(60L * minute);
  }

  private static Message after(Message message, TrackingEvent... events) {
    Message after = message;
    for (TrackingEvent event : events) {
      after = Engage.take(event, after).orElse(after);
    }
    return after;
  }

  private static List<String> types(Message message) {
    return message.events().stream().map(Message.Event::type).toList();
  }

  @Test
  void the_timestamp_of_a_click_is_that_of_the_latest() {
    var message = after(EMAIL, click("a", 1), click("b", 9), click("c", 5));
    assertThat(message.engagement()).containsOnlyKeys(Engagement.LINK_CLICKED);
    assertThat(message.engagement()).containsEntry(Engagement.LINK_CLICKED, minutes(9));
  }

  @Test
  void each_click_and_each_open_is_an_event_of_its_own() {
    var message = after(EMAIL, open("a", 1), click("b", 2), click("c", 3), open("d", 4));
    assertThat(types(message)).containsExactly("read", "link_clicked", "link_clicked", "read");
    assertThat(message.events().get(1).data().text("url")).contains(URL);
  }

  @Test
  void read_at_is_the_latest_open_and_opened_at_the_first() {
    var message = after(EMAIL, open("a", 5), open("b", 9), open("c", 3));
    assertThat(message.engagement()).containsEntry(Engagement.READ, minutes(9));
    assertThat(Engage.openedAt(message)).contains(minutes(3));
  }

  @Test
  void a_mail_that_was_marked_as_read_or_clicked_only_was_not_opened() {
    var read = EMAIL.engaged(Engagement.READ, Json.object(), NOON);
    assertThat(Engage.openedAt(read)).isEmpty();
    var sms = Tracking.message(ChannelType.SMS, DeliveryStatus.SENT);
    assertThat(Engage.openedAt(after(sms, click("a", 1)))).isEmpty();
  }

  @Test
  void an_event_told_twice_counts_once() {
    var once = after(EMAIL, click("a", 1));
    assertThat(Engage.take(click("a", 1), once)).isEmpty();
    var machine = event("m", Tracking.mail(), NOON, new Visitor.Automaton(MachineSign.IMAGE_PROXY));
    assertThat(Engage.take(machine, after(EMAIL, machine))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ChannelType.class)
  void a_click_on_sms_or_chat_is_also_a_read(ChannelType channel) {
    var message = after(Tracking.message(channel, DeliveryStatus.SENT), click("a", 1));
    var also = Set.of(ChannelType.SMS, ChannelType.CHAT);
    assertThat(message.engagement().containsKey(Engagement.LINK_CLICKED)).isTrue();
    assertThat(message.engagement().containsKey(Engagement.READ)).isEqualTo(also.contains(channel));
    assertThat(types(message))
        .isEqualTo(
            also.contains(channel) ? List.of("link_clicked", "read") : List.of("link_clicked"));
  }

  @Test
  void what_an_item_of_a_feed_opens_counts_as_interacted_and_clicked() {
    var item = Tracking.message(ChannelType.IN_APP_FEED, DeliveryStatus.DELIVERED);
    var message = after(item, event("a", Tracking.action(URL), minutes(1), new Visitor.Person()));
    assertThat(message.engagement())
        .containsOnlyKeys(Engagement.READ, Engagement.INTERACTED, Engagement.LINK_CLICKED);
    var again = after(message, event("b", Tracking.action(URL), minutes(2), new Visitor.Person()));
    assertThat(types(again).subList(3, 5)).containsExactly("link_clicked", "interacted");
    assertThat(again.engagement()).containsEntry(Engagement.READ, minutes(1));
  }

  @Test
  void marking_all_as_read_never_means_clicked() {
    var item = Tracking.message(ChannelType.IN_APP_FEED, DeliveryStatus.DELIVERED);
    var read = item.engaged(Engagement.READ, Json.object(), NOON);
    assertThat(read.engagement()).containsOnlyKeys(Engagement.READ);
  }

  @ParameterizedTest
  @EnumSource(MachineSign.class)
  void a_machine_leaves_an_event_with_a_flag_and_moves_no_status(MachineSign sign) {
    for (Tracked subject : List.of(Tracking.mail(), Tracking.link(URL), Tracking.action(URL))) {
      for (ChannelType channel : ChannelType.values()) {
        var before = Tracking.message(channel, DeliveryStatus.SENT);
        var message = after(before, event("a", subject, NOON, new Visitor.Automaton(sign)));
        assertThat(message.engagement()).isEmpty();
        assertThat(message.status()).isEqualTo(DeliveryStatus.SENT);
        assertThat(message.events()).hasSize(1);
        assertThat(message.events().getFirst().data().text("machine")).contains(sign.wireName());
        assertThat(types(message))
            .containsAnyOf(EngagementCounts.MACHINE_READ, EngagementCounts.MACHINE_LINK_CLICKED)
            .doesNotContain("read", "link_clicked", "interacted");
        assertThat(Engage.openedAt(message)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DeliveryStatus.class)
  void no_click_and_no_open_moves_the_delivery_status(DeliveryStatus status) {
    var message = after(Tracking.message(ChannelType.EMAIL, status), click("a", 1), open("b", 2));
    assertThat(message.status()).isEqualTo(status);
  }

  @Test
  void an_event_of_another_message_or_environment_is_a_mistake_of_the_caller() {
    var elsewhere = new TrackedMail(new EnvironmentId("development"), Tracking.MESSAGE);
    assertThatThrownBy(() -> Engage.take(event("a", elsewhere, NOON, new Visitor.Person()), EMAIL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addresses_of_callers_are_not_kept_with_the_message() {
    var event =
        new TrackingEvent(
            "a",
            Tracking.link(URL),
            NOON,
            new Visitor.Person(),
            Optional.of("Safari"),
            Optional.of("203.0.113.9"),
            Optional.of("https://mail.example/"));
    assertThat(after(EMAIL, event).events().getFirst().data().toString())
        .doesNotContain("203.0.113.9", "Safari", "mail.example");
  }
}
