package dev.carillon.testing.simulation;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What SES reports of the mails of a simulation, in any order and as often as it likes, and whether
 * each mail came to what was said of it.
 */
public final class MailReports {
  /** Clocks are off by less, and time passes meanwhile. */
  private static final Duration AFTERWARDS = Duration.ofMinutes(15);

  private final InProcessEngine engine;
  private final Set<MessageId> reported = new HashSet<>();
  private final List<Report> open = new ArrayList<>();
  private final Map<MessageId, Set<Word>> heard = new HashMap<>();
  private final Map<String, Instant> dead = new HashMap<>();

  MailReports(InProcessEngine engine) {
    this.engine = engine;
  }

  private enum Word {
    ARRIVED,
    BOUNCED_IN_PASSING,
    BOUNCED_FOR_GOOD
  }

  /** One of them. */
  public record Report(MessageId message, Word word) {
    Json.Obj event() {
      return switch (word) {
        case ARRIVED -> InProcessEngine.sesReport("Delivery", "", message);
        case BOUNCED_IN_PASSING -> InProcessEngine.sesReport("Bounce", "Transient", message);
        case BOUNCED_FOR_GOOD -> InProcessEngine.sesReport("Bounce", "Permanent", message);
      };
    }
  }

  /** What is said of a mail in the end, by its id; of some nothing is. */
  private static List<Word> of(MessageId message) {
    return switch (Math.floorMod(message.hashCode() * 31, 16)) {
      case 0 -> List.of(Word.BOUNCED_FOR_GOOD);
      case 1 -> List.of(Word.ARRIVED, Word.BOUNCED_FOR_GOOD);
      case 2 -> List.of(Word.BOUNCED_IN_PASSING);
      case 3 -> List.of(Word.BOUNCED_IN_PASSING, Word.ARRIVED);
      case 4, 5, 6, 7, 8, 9 -> List.of(Word.ARRIVED);
      default -> List.of();
    };
  }

  /** Any of those that are to come; empty when there is none. */
  Optional<Report> next(SplittableRandom chance) {
    for (var offer : engine.email().accepted()) {
      MessageId message = offer.message().id();
      if (reported.add(message)) {
        of(message).forEach(word -> open.add(new Report(message, word)));
      }
    }
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(open.remove(chance.nextInt(open.size())));
  }

  /** It was not taken, or comes once more. */
  void again(Report report) {
    open.add(report);
  }

  void taken(Report report) {
    heard.computeIfAbsent(report.message(), _ -> EnumSet.noneOf(Word.class)).add(report.word());
    if (report.word() == Word.BOUNCED_FOR_GOOD) {
      address(report.message()).ifPresent(it -> dead.putIfAbsent(it, engine.now()));
    }
  }

  /** All that are still to come, through a queue that brings them until they are taken. */
  void rest() {
    for (Report report : open) {
      engine.functions().callback(report.event());
      taken(report);
    }
    open.clear();
  }

  private Optional<String> address(MessageId message) {
    return engine
        .ports()
        .messages()
        .content(InProcessEngine.ENVIRONMENT, message)
        .map(MessageContent::content)
        .flatMap(
            it -> it instanceof Content.Email mail ? EmailParts.primary(mail) : Optional.empty());
  }

  /** What a mail did not come to, and what was made for an address that is dead. */
  void check(Consumer<String> wrong) {
    heard.forEach(
        (id, words) ->
            engine
                .ports()
                .messages()
                .find(InProcessEngine.ENVIRONMENT, id)
                .filter(message -> !fits(message, words))
                .ifPresent(
                    message ->
                        wrong.accept(id + " is " + message.status() + ", and was said " + words)));
    dead.forEach(
        (address, since) -> {
          if (engine.ports().suppressions().find(InProcessEngine.ENVIRONMENT, address).isEmpty()) {
            wrong.accept("not suppressed: " + address);
          }
          Scenarios.messages(
                  engine, message -> message.insertedAt().isAfter(since.plus(AFTERWARDS)))
              .forEach(
                  message ->
                      address(message.id())
                          .filter(address::equals)
                          .ifPresent(
                              it -> wrong.accept("made for an address that is dead: " + it)));
        });
  }

  private static boolean fits(Message message, Set<Word> words) {
    DeliveryStatus status = message.status();
    boolean ended =
        words.contains(Word.BOUNCED_FOR_GOOD)
            ? status == DeliveryStatus.BOUNCED
            : status == DeliveryStatus.DELIVERED
                // Who is asked may know that it arrived after all.
                || status == DeliveryStatus.BOUNCED && !words.contains(Word.ARRIVED);
    return ended && times(message, "delivered") <= 1 && times(message, "bounced") <= 2;
  }

  private static long times(Message message, String type) {
    return message.events().stream().filter(it -> it.type().equals(type)).count();
  }
}
