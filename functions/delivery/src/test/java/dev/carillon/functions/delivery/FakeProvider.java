package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.DeliveryResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says what it is told to, and that it accepted when it is told nothing. */
final class FakeProvider implements SendMessage {
  static final Duration PATIENCE = Duration.ofSeconds(12);
  static final Sent ACCEPTED =
      new Sent(
          new DeliveryResult.Accepted(Optional.of("ses-1"), DeliveryStatus.SENT),
          Optional.of(new Answer(200, "ok")));
  static final Sent UNAVAILABLE =
      new Sent(
          new DeliveryResult.Deferred("status 503", Optional.empty()),
          Optional.of(new Answer(503, "")));

  private final List<Message> offered = new ArrayList<>();
  private final Deque<Function<Message, Sent>> next = new ArrayDeque<>();

  /** What comes of the next offer that nothing was told about yet. */
  FakeProvider then(Sent sent) {
    return then(_ -> sent);
  }

  FakeProvider then(Function<Message, Sent> sent) {
    next.addLast(sent);
    return this;
  }

  /** The messages as they were when they were offered. */
  List<Message> offered() {
    return List.copyOf(offered);
  }

  @Override
  public Sent send(Message message, MessageContent content, Channel channel) {
    offered.add(message);
    return next.isEmpty() ? ACCEPTED : next.removeFirst().apply(message);
  }

  @Override
  public Duration patience(Channel channel) {
    return PATIENCE;
  }
}
