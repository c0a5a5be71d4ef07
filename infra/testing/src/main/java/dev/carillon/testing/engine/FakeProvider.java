package dev.carillon.testing.engine;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.functions.delivery.SendMessage;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.Messages;
import dev.carillon.provider.DeliveryResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A provider that takes everything and keeps it, unless told what to answer instead. Safe to use
 * from several threads.
 */
public final class FakeProvider implements SendMessage {
  private final Duration patience;
  private final Function<Integer, Sent> taking;
  private final Messages messages;
  private final InstantSource clock;
  private final Deque<Sent> next = new ArrayDeque<>();
  private final List<Offer> offers = new ArrayList<>();
  private final Map<String, BiFunction<Message, MessageContent, Optional<Sent>>> ofChannels =
      new HashMap<>();
  private Optional<Sent> always = Optional.empty();
  private OptionalInt perSecond = OptionalInt.empty();

  /**
   * One request made to the provider.
   *
   * @param message as the worker that made the request had claimed it
   * @param channel whose provider was asked
   * @param standing as it stood in the store at that moment
   */
  public record Offer(
      Instant at,
      Message message,
      ChannelId channel,
      Optional<Message> standing,
      MessageContent content,
      Sent sent) {
    /** What it was to say, as it is stored. */
    public Json.Obj words() {
      return ContentCodec.write(content.content());
    }

    public boolean accepted() {
      return sent.result() instanceof DeliveryResult.Accepted;
    }
  }

  private FakeProvider(
      Duration patience, Function<Integer, Sent> taking, Messages messages, InstantSource clock) {
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
            new Sent(
                new DeliveryResult.Accepted(Optional.of("ses-" + number), DeliveryStatus.SENT),
                Optional.of(new Attempt.Answer(200, "{}"))),
        messages,
        clock);
  }

  /** As a customer's endpoint: what it took is delivered. */
  public static FakeProvider webhook(Messages messages, InstantSource clock) {
    return new FakeProvider(
        Duration.ofSeconds(45),
        _ ->
            new Sent(
                new DeliveryResult.Accepted(Optional.empty(), DeliveryStatus.DELIVERED),
                Optional.of(new Attempt.Answer(200, "ok"))),
        messages,
        clock);
  }

  /** Says this to the next requests, one each, before anything else. */
  public synchronized FakeProvider says(Sent... answers) {
    next.addAll(List.of(answers));
    return this;
  }

  /** Says this to every request from now on. */
  public synchronized FakeProvider saysAlways(Sent answer) {
    always = Optional.of(answer);
    return this;
  }

  /** Answers 429 to all but so many requests in each second of the clock, from now on. */
  public synchronized FakeProvider takesPerSecond(int most) {
    perSecond = OptionalInt.of(most);
    return this;
  }

  private boolean beyondItsRate() {
    long second = clock.instant().getEpochSecond();
    return perSecond.isPresent()
        && offers.stream().filter(it -> it.at().getEpochSecond() == second).count()
            >= perSecond.getAsInt();
  }

  /** What that channel's provider says from now on, where it says anything. */
  public synchronized FakeProvider answers(
      String channel, BiFunction<Message, MessageContent, Optional<Sent>> answer) {
    ofChannels.put(channel, answer);
    return this;
  }

  private Sent answer(Message message, MessageContent content, Channel channel) {
    return ofChannels
        .getOrDefault(channel.key(), (_, _) -> Optional.empty())
        .apply(message, content)
        .orElseGet(this::answer);
  }

  private Sent answer() {
    if (beyondItsRate()) {
      return new Sent(
          new DeliveryResult.Deferred("rate_limited", Optional.empty()),
          Optional.of(new Attempt.Answer(429, "")));
    }
    return next.isEmpty() ? always.orElseGet(() -> taking.apply(offers.size() + 1)) : next.poll();
  }

  @Override
  public synchronized Sent send(Message message, MessageContent content, Channel channel) {
    Sent sent = answer(message, content, channel);
    offers.add(
        new Offer(
            clock.instant(),
            message,
            channel.id(),
            messages.find(message.environment(), message.id()),
            content,
            sent));
    return sent;
  }

  @Override
  public Duration patience(Channel channel) {
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
