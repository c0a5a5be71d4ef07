package dev.carillon.testing.engine;

import dev.carillon.channel.Channel;
import dev.carillon.functions.delivery.Provider;
import dev.carillon.message.Attempt;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A provider that takes everything and keeps it, unless told what to answer instead. Safe to use
 * from several threads.
 */
public final class FakeProvider implements Provider {
  private final Duration patience;
  private final Function<Integer, Said> taking;
  private final Messages messages;
  private final InstantSource clock;
  private final Deque<Said> next = new ArrayDeque<>();
  private final List<Offer> offers = new ArrayList<>();
  private Optional<Said> always = Optional.empty();

  /**
   * One request made to the provider.
   *
   * @param message as the worker that made the request had claimed it
   * @param standing as it stood in the store at that moment
   */
  public record Offer(
      Instant at, Message message, Optional<Message> standing, MessageContent content, Said said) {
    public boolean accepted() {
      return said instanceof Said.Accepted;
    }
  }

  private FakeProvider(
      Duration patience, Function<Integer, Said> taking, Messages messages, InstantSource clock) {
    this.patience = patience;
    this.taking = taking;
    this.messages = messages;
    this.clock = clock;
  }

  /** As SES: a mail it took is sent, and bears its id. */
  public static FakeProvider email(Messages messages, InstantSource clock) {
    return new FakeProvider(
        Duration.ofSeconds(10),
        number ->
            new Said.Accepted(
                new Attempt.Answer(200, "{}"), Optional.of("ses-" + number), DeliveryStatus.SENT),
        messages,
        clock);
  }

  /** As a customer's endpoint: what it took is delivered. */
  public static FakeProvider webhook(Messages messages, InstantSource clock) {
    return new FakeProvider(
        Duration.ofSeconds(45),
        _ ->
            new Said.Accepted(
                new Attempt.Answer(200, "ok"), Optional.empty(), DeliveryStatus.DELIVERED),
        messages,
        clock);
  }

  /** Says this to the next requests, one each, before anything else. */
  public synchronized FakeProvider says(Said... answers) {
    next.addAll(List.of(answers));
    return this;
  }

  /** Says this to every request from now on. */
  public synchronized FakeProvider saysAlways(Said answer) {
    always = Optional.of(answer);
    return this;
  }

  @Override
  public synchronized Said offer(Message message, MessageContent content, Channel channel) {
    Said said =
        next.isEmpty() ? always.orElseGet(() -> taking.apply(offers.size() + 1)) : next.poll();
    offers.add(
        new Offer(
            clock.instant(),
            message,
            messages.find(message.environment(), message.id()),
            content,
            said));
    return said;
  }

  @Override
  public Duration patience() {
    return patience;
  }

  /** All requests, in order. */
  public synchronized List<Offer> offers() {
    return List.copyOf(offers);
  }

  /** The requests it accepted, in order. */
  public List<Offer> accepted() {
    return offers().stream().filter(Offer::accepted).toList();
  }
}
