package dev.carillon.functions.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.ChangeMessage;
import dev.carillon.functions.callbacks.RecordStatus.Result;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.ses.SesEvents;
import dev.carillon.suppression.Suppression;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordStatusTest {

  @Test
  void a_delivery_is_recorded_with_the_time_it_was_heard_of() {
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    counter.clock.advance(Duration.ofSeconds(3));
    assertThat(counter.say("Delivery")).isEqualTo(Result.RECORDED);
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(counter.message().events())
        .containsExactly(new Message.Event("delivered", counter.clock.instant(), Json.Obj.EMPTY));
  }

  @Test
  void a_bounce_says_why_and_names_no_address() {
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    counter.say("Bounce");
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.BOUNCED);
    assertThat(counter.message().events().getLast().data())
        .isEqualTo(
            Json.object()
                .with("failure_reason", "bounced")
                .with("failure_details", "Permanent/General"));
    assertThat(counter.message().toString()).doesNotContain("ellie@example.com");
  }

  @Test
  void a_rejected_mail_is_undelivered() {
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    counter.say("Reject");
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(counter.message().events().getLast().data().text("failure_details"))
        .contains("Bad content");
  }

  /** Whatever comes first, twice or late: the last word is the same. */
  @ParameterizedTest
  @MethodSource("orders")
  void the_order_of_events_does_not_matter(List<String> order) {
    for (DeliveryStatus before :
        List.of(DeliveryStatus.QUEUED, DeliveryStatus.DELIVERY_ATTEMPTED, DeliveryStatus.SENT)) {
      var counter = new CallbacksFixture(before);
      order.forEach(counter::say);
      DeliveryStatus expected =
          order.contains("Bounce") ? DeliveryStatus.BOUNCED : DeliveryStatus.DELIVERED;
      assertThat(counter.message().status()).as("%s after %s", order, before).isEqualTo(expected);
      assertThat(counter.events()).doesNotHaveDuplicates();
    }
  }

  private static Stream<List<String>> orders() {
    return Stream.of(
            List.of("Delivery"),
            List.of("Delivery", "Delivery"),
            List.of("Bounce", "Bounce"),
            List.of("Delivery", "Bounce"),
            List.of("Delivery", "Delivery", "Bounce", "Bounce"),
            List.of("Send", "Delivery", "Bounce", "Reject", "Complaint"))
        .flatMap(RecordStatusTest::permutations)
        .distinct();
  }

  private static Stream<List<String>> permutations(List<String> items) {
    if (items.isEmpty()) {
      return Stream.of(List.of());
    }
    return items.stream()
        .flatMap(
            first -> {
              var others = new ArrayList<>(items);
              others.remove(first);
              return permutations(others)
                  .map(
                      rest -> {
                        var whole = new ArrayList<String>();
                        whole.add(first);
                        whole.addAll(rest);
                        return List.copyOf(whole);
                      });
            });
  }

  private static final List<String> WORDS =
      List.of("Delivery", "Transient", "Permanent", "Reject", "Complaint");

  /**
   * All 19,530 sequences of up to six events of five kinds, repeats included: what has been said,
   * not when or how often, is where the message ends. Each change is one write and one event, whose
   * id is that of its place in the timeline; a final status never opens again.
   */
  @Test
  void every_sequence_of_up_to_six_events_ends_by_what_is_in_it() {
    Map<Set<String>, Set<DeliveryStatus>> ends = new HashMap<>();
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    int sequences = continued(counter, counter.message(), Set.of(), 6, ends);
    assertThat(sequences).isEqualTo(19_530);
    assertThat(ends).hasSize(31).allSatisfy((_, end) -> assertThat(end).hasSize(1));
    assertThat(ends.get(Set.of("Complaint"))).containsExactly(DeliveryStatus.SENT);
    assertThat(ends.get(Set.of("Delivery", "Transient"))).containsExactly(DeliveryStatus.DELIVERED);
    assertThat(ends.get(Set.copyOf(WORDS))).containsExactly(DeliveryStatus.BOUNCED);
  }

  /** Says each of the events to the message as it was before, and goes on from there. */
  private static int continued(
      CallbacksFixture counter,
      Message before,
      Set<String> said,
      int left,
      Map<Set<String>, Set<DeliveryStatus>> ends) {
    int sequences = 0;
    for (int i = 0; left > 0 && i < WORDS.size(); i++) {
      counter.stands(before);
      Message standing = counter.message();
      int changes = counter.say(EVENTS.get(i)) == Result.RECORDED ? 1 : 0;
      Message after = counter.message();
      if (after.events().size() - standing.events().size() != changes
          || after.revision() - standing.revision() != changes
          || isOpen(after) && !isOpen(standing)) {
        throw new AssertionError(WORDS.get(i) + ": " + standing + " -> " + after);
      }
      var more = new TreeSet<>(said);
      more.add(WORDS.get(i));
      ends.computeIfAbsent(more, _ -> new TreeSet<>()).add(after.status());
      sequences += 1 + continued(counter, after, more, left - 1, ends);
    }
    return sequences;
  }

  private static final List<Json.Obj> EVENTS =
      List.of(
          CallbacksFixture.event("Delivery"),
          CallbacksFixture.about("Bounce", "Transient", "ellie@example.com"),
          CallbacksFixture.event("Bounce"),
          CallbacksFixture.event("Reject"),
          CallbacksFixture.event("Complaint"));

  private static boolean isOpen(Message message) {
    return switch (message.status()) {
      case QUEUED, DELIVERY_ATTEMPTED, SENT -> true;
      case NOT_SENT, UNDELIVERED, DELIVERED, BOUNCED -> false;
    };
  }

  @ParameterizedTest
  @EnumSource(DeliveryStatus.class)
  void a_status_never_goes_back(DeliveryStatus before) {
    var counter = new CallbacksFixture(before);
    counter.say("Delivery");
    DeliveryStatus expected =
        switch (before) {
          // Withheld before anybody was asked to take it: there is nothing to report.
          case NOT_SENT, BOUNCED -> before;
          case UNDELIVERED, DELIVERY_ATTEMPTED, QUEUED, SENT, DELIVERED -> DeliveryStatus.DELIVERED;
        };
    assertThat(counter.message().status()).isEqualTo(expected);
  }

  @Test
  void a_failure_of_what_was_tried_anew_since_is_nothing_new_and_that_it_arrived_is() {
    Json.Obj bounce = called(CallbacksFixture.event("Bounce"), "first");
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    counter.stands(counter.message().known("first"));
    counter.say(bounce);
    Message again = counter.message().retried(counter.clock.instant()).known("second");
    counter.stands(again.become(DeliveryStatus.SENT, Json.Obj.EMPTY, counter.clock.instant()));
    assertThat(counter.say(bounce)).isEqualTo(Result.NOTHING_NEW);
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.SENT);
    counter.say(called(CallbacksFixture.event("Delivery"), "first"));
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
    counter.say(called(CallbacksFixture.event("Bounce"), "second"));
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.BOUNCED);
  }

  private static Json.Obj called(Json.Obj event, String messageId) {
    return event.with("mail", event.object("mail").with("messageId", messageId));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Send", "Open", "Click", "DeliveryDelay", "Subscription", ""})
  void what_means_no_status_changes_nothing(String type) {
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    assertThat(counter.say(type)).isEqualTo(Result.NO_STATUS);
    assertThat(counter.message().revision()).isEqualTo(1);
  }

  @Test
  void the_same_news_twice_is_nothing_new() {
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    counter.say("Delivery");
    assertThat(counter.say("Delivery")).isEqualTo(Result.NOTHING_NEW);
    assertThat(counter.message().revision()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"local, 37pcsdaWZgZounTGP8TSxTMWo8x", "other, 37pcsdaWZgZounTGP8TSxTMWo8w"})
  void a_message_that_is_not_known_there_is_no_concern(String environment, String message) {
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    var event = CallbacksFixture.read(CallbacksFixture.event("Delivery", environment, message));
    assertThat(
            counter.record.handle(
                new EnvironmentId(environment), new MessageId(message), event.getFirst()))
        .isEqualTo(Result.UNKNOWN_MESSAGE);
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.SENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Local  | 37pcsdaWZgZounTGP8TSxTMWo8w
          a#b    | 37pcsdaWZgZounTGP8TSxTMWo8w
          ''     | 37pcsdaWZgZounTGP8TSxTMWo8w
          local  | 37pcsdaWZgZounTGP8TSxTMWo8
          local  | zzzzzzzzzzzzzzzzzzzzzzzzzzz
          local  | ''
          """)
  void tags_that_we_did_not_write_are_somebody_elses(String environment, String message) {
    Json.Obj event = CallbacksFixture.event("Delivery", environment, message);
    boolean ours =
        SesEvents.environment(event).isPresent()
            && CallbacksFixture.read(event).getFirst().message().isPresent();
    assertThat(ours).isFalse();
  }

  @Test
  void what_is_recorded_is_told_to_the_runs_that_wait_for_it_and_again_when_it_is_said_again() {
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    counter.listens("bounced");
    counter.say("Delivery");
    assertThat(counter.told()).isEmpty();
    counter.say("Bounce");
    counter.say("Bounce");
    assertThat(counter.told())
        .containsExactly(CallbacksFixture.ID + " bounced 1", CallbacksFixture.ID + " bounced 1");
  }

  @Test
  void a_mail_without_our_tags_is_somebody_elses() {
    for (Json mail :
        List.of(Json.NULL, Json.of("text"), Json.object().with("tags", Json.array(List.of())))) {
      assertThat(SesEvents.environment(Json.object().with("mail", mail))).isEmpty();
    }
  }

  @Test
  void only_what_is_said_of_the_recipients_own_address_decides() {
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    assertThat(counter.say(CallbacksFixture.about("Delivery", "", "cc@example.com")))
        .isEqualTo(Result.RECORDED);
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.SENT);
    counter.say(CallbacksFixture.about("Bounce", "Permanent", "CC@example.com"));
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(counter.events()).containsExactly("reported", "reported");
    assertThat(counter.message().toString()).doesNotContain("cc@example.com", "CC@example.com");
    counter.say(CallbacksFixture.about("Delivery", "", "cc@example.com", "Ellie@Example.com"));
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ada@straße.example   | ada@xn--strae-oqa.example
          ada@straße.example   | Ada@Straße.example
          ellie@example.com    | <Ellie@EXAMPLE.com>
          ellie@example.com    | ellie@forwarded.example
          """)
  void the_recipient_is_known_however_its_address_is_spelled_or_forwarded(
      String address, String reported) {
    var counter = new CallbacksFixture(DeliveryStatus.SENT, List.of(address), List.of());
    counter.say(CallbacksFixture.about("Delivery", "", reported));
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
    counter.say(CallbacksFixture.about("Bounce", "Permanent", reported));
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.BOUNCED);
  }

  @Test
  void a_second_address_of_the_recipient_does_not_decide() {
    var counter =
        new CallbacksFixture(
            DeliveryStatus.SENT, List.of("ellie@example.com", "e2@example.com"), List.of());
    counter.say(CallbacksFixture.about("Bounce", "Permanent", "e2@example.com"));
    counter.say(CallbacksFixture.about("Bounce", "Permanent", "elsewhere@example.com"));
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void a_complaint_is_in_the_timeline_once_and_leaves_the_status() {
    var counter = new CallbacksFixture(DeliveryStatus.DELIVERED);
    Json.Obj complaint = CallbacksFixture.about("Complaint", "", "ellie@example.com");
    assertThat(counter.say(complaint)).isEqualTo(Result.RECORDED);
    assertThat(counter.say(complaint)).isEqualTo(Result.NOTHING_NEW);
    assertThat(counter.events()).containsExactly("complained");
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @ParameterizedTest
  @MethodSource("bounces")
  void a_reply_that_nobody_wrote_takes_no_delivery_back_in_whatever_order(List<String> order) {
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    for (String event : order) {
      counter.say(
          event.equals("Delivery")
              ? CallbacksFixture.about("Delivery", "", "ellie@example.com")
              : CallbacksFixture.about("Bounce", event, "ellie@example.com"));
    }
    DeliveryStatus expected =
        order.contains("Permanent") || !order.contains("Delivery")
            ? DeliveryStatus.BOUNCED
            : DeliveryStatus.DELIVERED;
    assertThat(counter.message().status()).as("%s", order).isEqualTo(expected);
  }

  private static Stream<List<String>> bounces() {
    return Stream.of(
            List.of("Transient"),
            List.of("Delivery", "Transient", "Transient", "Delivery"),
            List.of("Delivery", "Undetermined", "Transient"),
            List.of("Delivery", "Transient", "Permanent", "Permanent"))
        .flatMap(RecordStatusTest::permutations)
        .distinct();
  }

  @Test
  void a_failure_keeps_its_words() {
    var counter = new CallbacksFixture(DeliveryStatus.SENT);
    counter.say(
        CallbacksFixture.event("Rendering Failure")
            .with("failure", Json.object().with("errorMessage", "Attribute 'name' is missing")));
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(counter.message().events().getLast().data().text("failure_details"))
        .contains("Attribute 'name' is missing");
  }

  @Test
  void whoever_changes_the_message_meanwhile_is_not_overwritten() {
    var counter = new CallbacksFixture(DeliveryStatus.QUEUED);
    // The clock is read between reading the message and storing it.
    InstantSource clock =
        () -> {
          if (counter.message().status() == DeliveryStatus.QUEUED) {
            var sent =
                counter
                    .message()
                    .become(DeliveryStatus.SENT, Json.Obj.EMPTY, counter.clock.instant());
            assertThat(counter.ports.messages().save(sent)).isTrue();
          }
          return counter.clock.instant();
        };
    var record =
        new RecordStatus(
            counter.ports.messages(),
            new ChangeMessage(counter.ports.messages(), counter.tell()),
            counter.ports.suppressions(),
            clock);
    CallbackEvent delivery = CallbacksFixture.read(CallbacksFixture.event("Delivery")).getFirst();
    assertThat(record.handle(CallbacksFixture.LOCAL, CallbacksFixture.ID, delivery))
        .isEqualTo(Result.RECORDED);
    assertThat(counter.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(counter.events()).containsExactly("sent", "delivered");
  }

  private final CallbacksFixture mail = new CallbacksFixture(DeliveryStatus.SENT);

  @Test
  void an_address_that_mail_comes_back_from_for_good_gets_no_more() {
    mail.say(CallbacksFixture.about("Bounce", "Transient", "ellie@example.com"));
    assertThat(suppressed("ellie@example.com")).isEmpty();
    var hard = CallbacksFixture.about("Bounce", "Permanent", "Ellie@Example.com");
    mail.say(hard);
    mail.say(hard);
    assertThat(suppressed("ellie@example.com").map(Suppression::reason))
        .contains(Suppression.Reason.BOUNCED);
    assertThat(suppressed("ellie@example.com").orElseThrow().message())
        .isEqualTo(CallbacksFixture.ID);
    assertThat(suppressed("cc@example.com")).isEmpty();
  }

  @Test
  void an_address_in_copy_is_suppressed_by_itself() {
    mail.say(CallbacksFixture.about("Bounce", "Permanent", "cc@example.com"));
    assertThat(suppressed("cc@example.com")).isPresent();
    assertThat(suppressed("ellie@example.com")).isEmpty();
    assertThat(mail.message().status()).isNotEqualTo(DeliveryStatus.BOUNCED);
  }

  @Test
  void who_complains_gets_no_more_mail() {
    mail.say(CallbacksFixture.about("Complaint", "", "ellie@example.com"));
    assertThat(suppressed("ellie@example.com").map(Suppression::reason))
        .contains(Suppression.Reason.COMPLAINED);
  }

  private Optional<Suppression> suppressed(String address) {
    return mail.ports.suppressions().find(CallbacksFixture.LOCAL, address);
  }
}
