package dev.carillon.memory.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.batch.Activity;
import dev.carillon.batch.Collected;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.Messages;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class MessagesContract {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final RecipientId ADA = RecipientId.user("ada");

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private Messages messages;

  protected abstract Messages messages(MutableClock clock, Duration retention);

  @BeforeEach
  void prepare() {
    messages = messages(clock, RETENTION);
  }

  private Message email() {
    return Samples.message(environment, ChannelType.EMAIL, ADA, Samples.NOW);
  }

  @Test
  void a_deleted_message_is_gone_with_its_content_and_may_be_deleted_again() {
    Message message = email();
    messages.create(message, Samples.content());
    messages.delete(environment, message.id());
    messages.delete(environment, message.id());
    assertThat(messages.find(environment, message.id())).isEmpty();
    assertThat(messages.content(environment, message.id())).isEmpty();
    assertThat(messages.contents(environment, List.of(message.id()))).isEmpty();
    assertThat(messages.create(message, Samples.content())).isTrue();
  }

  @Test
  void a_message_that_was_kept_out_is_never_made_and_nowhere_to_be_found() {
    Message message = email();
    assertThat(messages.keepOut(environment, message.id(), Samples.NOW)).isTrue();
    assertThat(messages.keepOut(environment, message.id(), Samples.NOW)).isTrue();
    assertThat(messages.create(message, Samples.content())).isFalse();
    assertThat(messages.save(message.stored())).isFalse();
    assertThat(messages.find(environment, message.id())).isEmpty();
    assertThat(messages.findAll(environment, List.of(message.id()))).isEmpty();
    assertThat(
            Samples.walk(
                7, page -> messages.newestFirst(environment, TimeRange.ALL, _ -> true, page)))
        .isEmpty();
  }

  @Test
  void a_message_that_exists_is_not_kept_out() {
    Message message = email();
    messages.create(message, Samples.content());
    assertThat(messages.keepOut(environment, message.id(), Samples.NOW)).isFalse();
    assertThat(messages.find(environment, message.id())).contains(message.stored());
  }

  @Test
  void a_stored_message_is_found_whole_with_its_content() {
    Message message =
        email()
            .with(
                claimed(1)
                    .ended(new Result.Deferred(answer(), "busy", Optional.of(Samples.NOW)), 12),
                Samples.NOW)
            .with(
                claimed(2)
                    .ended(new Result.Deferred(Optional.empty(), "busy", Optional.empty()), 1),
                Samples.NOW)
            .with(
                claimed(3).ended(new Result.Ambiguous("timeout", Optional.of(Samples.later(3))), 9),
                Samples.NOW)
            .with(claimed(4).ended(new Result.Refused(answer(), "no"), 9), Samples.NOW)
            .with(claimed(5).ended(new Result.Accepted(new Answer(202, "ok")), 9), Samples.NOW)
            .with(claimed(6), Samples.NOW)
            .known("ses-1")
            .become(DeliveryStatus.SENT, Json.Obj.EMPTY, Samples.later(1))
            .engaged(Engagement.LINK_CLICKED, Samples.DATA, Samples.later(2))
            .engaged(Engagement.ARCHIVED, Json.Obj.EMPTY, Samples.later(3));
    assertThat(messages.create(message, Samples.content())).isTrue();
    assertThat(messages.find(environment, message.id())).contains(message.stored());
    assertThat(messages.content(environment, message.id())).contains(Samples.content());
  }

  private static Attempt claimed(int number) {
    // Every other one goes through another channel.
    return new Attempt(
        number,
        Samples.NOW,
        new Result.Claimed(Samples.later(30)),
        0,
        Optional.of(Samples.FEED).filter(_ -> number % 2 == 0));
  }

  private static Optional<Answer> answer() {
    return Optional.of(new Answer(503, "try later ü"));
  }

  @Test
  void a_content_is_found_whole_whatever_it_was_said_to_be_like() {
    Random random = new Random(7);
    for (int length : List.of(0, 10, 1000, 40_000)) {
      var text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      Content like = Samples.email("<p>Hello</p>" + text);
      var data = Json.object().with("name", "Zoë").with("more", text.toString());
      var content = new MessageContent(Samples.email("<p>Hello Zoë</p>" + text), data);
      Message message = email();
      assertThat(messages.create(message, content, Optional.of(like))).isTrue();
      assertThat(messages.content(environment, message.id())).contains(content);
      assertThat(messages.glimpse(environment, message.id()).orElseThrow().content())
          .contains(content);
    }
  }

  @Test
  void a_message_that_exists_is_not_created_again() {
    Message message = email();
    messages.create(message, Samples.content());
    assertThat(messages.create(message.known("other"), MessageContent.NOTHING)).isFalse();
    assertThat(messages.find(environment, message.id())).contains(message.stored());
    assertThat(messages.content(environment, message.id())).contains(Samples.content());
  }

  @Test
  void what_a_batch_collected_is_kept_with_what_the_message_says() {
    var ben = Optional.of(RecipientId.user("ben"));
    var trigger = Samples.triggerId(Samples.NOW);
    var run = RunId.of(trigger, ADA);
    var activity =
        new Activity("id", run, trigger, ADA, ben, Samples.NOW, true, Json.object().with("n", "1"));
    var batch = new Collected(List.of(activity), 800, List.of(ben.get()), 70);
    var content =
        new MessageContent(
            new Content.Sms("+15550100", "hush", Json.Obj.EMPTY),
            new Content.Sms("+15550100", "[secret]", Json.Obj.EMPTY),
            Samples.DATA,
            Optional.of(batch));
    Message message = email();
    messages.create(message, content);
    assertThat(messages.content(environment, message.id())).contains(content);
  }

  @Test
  void only_who_read_the_last_revision_may_store() {
    Message message = email();
    assertThat(messages.save(message)).isFalse();
    assertThat(messages.save(message.stored())).isFalse();
    assertThat(messages.find(environment, message.id())).isEmpty();
    messages.create(message, Samples.content());
    assertThat(messages.save(message)).isFalse();
    assertThat(messages.save(message.stored())).isTrue();
    assertThat(messages.save(message.stored())).isFalse();
    assertThat(messages.find(environment, message.id()).orElseThrow().revision()).isEqualTo(2);
  }

  @Test
  void of_two_that_create_or_store_at_once_one_wins() throws Exception {
    for (int round = 0; round < 10; round++) {
      Message message = email();
      assertThat(Race.winners(2, () -> messages.create(message, Samples.content()))).isOne();
      assertThat(Race.winners(4, () -> messages.save(message.stored()))).isOne();
    }
  }

  @Test
  void a_large_content_is_found_whole() {
    var random = new Random(1);
    var text = new StringBuilder();
    for (int i = 0; i < 1_500_000; i++) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    Message message = email();
    var content = new MessageContent(Samples.email(text.toString()), Samples.DATA);
    messages.create(message, content);
    assertThat(messages.content(environment, message.id())).contains(content);
  }

  @Test
  void those_of_many_that_exist_are_found_in_the_order_asked_for() {
    Message one = email();
    Message two = email();
    messages.create(one, Samples.content());
    messages.create(two, Samples.content());
    var ids = List.of(two.id(), email().id(), one.id());
    assertThat(messages.findAll(environment, ids).keySet()).containsExactly(two.id(), one.id());
    assertThat(messages.contents(environment, ids).keySet()).containsExactly(two.id(), one.id());
    assertThat(messages.findAll(environment, List.of())).isEmpty();
    assertThat(messages.content(environment, email().id())).isEmpty();
  }

  @Test
  void messages_of_another_environment_are_not_seen() {
    Message message = email();
    messages.create(message, Samples.content());
    EnvironmentId other = Samples.environment();
    assertThat(messages.find(other, message.id())).isEmpty();
    assertThat(messages.content(other, message.id())).isEmpty();
    assertThat(Samples.walk(5, page -> messages.newestFirst(other, TimeRange.ALL, _ -> true, page)))
        .isEmpty();
  }

  @Test
  void a_message_is_kept_for_its_retention_unless_it_is_in_a_feed() {
    Message mail = email();
    Message item = Samples.message(environment, ChannelType.IN_APP_FEED, ADA, Samples.NOW);
    messages.create(mail, Samples.content());
    messages.create(item, Samples.content());
    clock.advance(RETENTION.minusMinutes(1));
    assertThat(messages.find(environment, mail.id())).isPresent();
    clock.advance(Duration.ofMinutes(2));
    assertThat(messages.find(environment, mail.id())).isEmpty();
    assertThat(messages.content(environment, mail.id())).isEmpty();
    assertThat(messages.find(environment, item.id())).isPresent();
    assertThat(messages.content(environment, item.id())).isPresent();
  }

  @Test
  void a_list_is_newest_first_and_holds_what_is_wanted() {
    var stored = new ArrayList<Message>();
    for (int i = 0; i < 30; i++) {
      Message message =
          Samples.message(environment, ChannelType.EMAIL, ADA, Samples.later(i * 1_300L));
      messages.create(message, Samples.content());
      stored.add(message.stored());
    }
    stored.sort(Comparator.comparing((Message message) -> message.id().value()).reversed());
    assertThat(
            Samples.walk(
                7, page -> messages.newestFirst(environment, TimeRange.ALL, _ -> true, page)))
        .isEqualTo(stored);
    var range = new TimeRange(Samples.later(5 * 1_300L), Samples.later(20 * 1_300L));
    assertThat(
            Samples.walk(
                7,
                page ->
                    messages.newestFirst(
                        environment, range, message -> !message.equals(stored.get(12)), page)))
        .hasSize(14)
        .allMatch(message -> range.contains(message.insertedAt()));
  }
}
