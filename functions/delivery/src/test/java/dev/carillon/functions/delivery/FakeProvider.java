package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says what it is told to, and that it accepted when it is told nothing. */
final class FakeProvider implements Provider {
  static final Duration PATIENCE = Duration.ofSeconds(12);
  static final Said ACCEPTED =
      new Said.Accepted(new Answer(200, "ok"), Optional.of("ses-1"), DeliveryStatus.SENT);
  static final Said UNAVAILABLE =
      new Said.Deferred(Optional.of(new Answer(503, "")), "status 503", Optional.empty());

  private final List<Message> offered = new ArrayList<>();
  private final Deque<Function<Message, Said>> next = new ArrayDeque<>();

  /** What comes of the next offer that nothing was told about yet. */
  FakeProvider then(Said said) {
    return then(_ -> said);
  }

  FakeProvider then(Function<Message, Said> said) {
    next.addLast(said);
    return this;
  }

  /** The messages as they were when they were offered. */
  List<Message> offered() {
    return List.copyOf(offered);
  }

  @Override
  public Said offer(Message message, MessageContent content, Channel channel) {
    offered.add(message);
    return next.isEmpty() ? ACCEPTED : next.removeFirst().apply(message);
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }
}
