package dev.carillon.testing.simulation;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.Message;
import dev.carillon.message.RetryPolicy;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.Scenarios;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How mail goes out of an engine whose provider is {@linkplain
 * dev.carillon.testing.scenarios.DeliveryScenarios#shaky shaky} and whose second channel takes
 * everything: what is turned away goes on at once, nobody is asked before it is time, and no faster
 * than a channel's rate allows.
 */
final class MailPace {
  /** Up to here the window of all tries shortens no wait. */
  private static final int UNSHORTENED = 5;

  private final InProcessEngine engine;
  private final Channel mail;

  MailPace(InProcessEngine engine) {
    this.engine = engine;
    this.mail = engine.ports().channels().find(InProcessEngine.ENVIRONMENT, "email").orElseThrow();
  }

  /**
   * @param punctual whether clocks agree, and no time passes within an invocation
   */
  void check(boolean punctual, Consumer<String> wrong) {
    for (Message message : Scenarios.messages(engine, it -> it.channel().equals(mail.id()))) {
      takenOver(message, wrong);
      if (punctual) {
        waited(message, wrong);
      }
    }
    if (punctual) {
      inItsRate(wrong);
    }
  }

  /** What the first channel turns away goes on to the second, unless it may have been sent. */
  private static void takenOver(Message message, Consumer<String> wrong) {
    for (Attempt attempt : message.attempts()) {
      if (attempt.result() instanceof Result.Ambiguous) {
        return;
      }
      if (attempt.result() instanceof Result.Deferred
          && attempt.other().isEmpty()
          && !attempt.wentOn()) {
        wrong.accept("turned away, and not taken over: " + message.id());
      }
    }
  }

  /** Between two times that one channel is asked, after the first was turned away. */
  private void waited(Message message, Consumer<String> wrong) {
    List<Attempt> asked =
        message.attempts().stream()
            .filter(attempt -> message.through(attempt).equals(mail.id()))
            .toList();
    for (int i = 1; i < Math.min(asked.size(), UNSHORTENED); i++) {
      Attempt before = asked.get(i - 1);
      boolean early =
          before.result() instanceof Result.Deferred
              && RetryPolicy.next(message.id(), i, before.at(), before.at(), Optional.empty())
                  .filter(asked.get(i).at()::isBefore)
                  .isPresent();
      if (early) {
        wrong.accept("tried again before it was time: " + message.id() + " " + asked);
      }
    }
  }

  /** A slot is good for the second after its own, too. */
  private void inItsRate(Consumer<String> wrong) {
    ChannelId channel = mail.id();
    engine.email().offers().stream()
        .filter(offer -> offer.channel().equals(channel))
        .collect(Collectors.groupingBy(it -> it.at().getEpochSecond(), Collectors.counting()))
        .forEach(
            (second, count) -> {
              if (count > 2L * mail.perSecond().orElseThrow()) {
                wrong.accept(count + " mails in one second, " + second);
              }
            });
  }
}
