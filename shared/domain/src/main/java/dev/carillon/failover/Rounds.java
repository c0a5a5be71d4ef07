package dev.carillon.failover;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelSet;
import dev.carillon.message.Attempt;
import dev.carillon.message.Message;
import dev.carillon.message.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Through which channels a message may go next, and which try that would be. A round is one attempt
 * through each of its channels, in their order and without a wait between them; the rounds follow
 * one another by {@link RetryPolicy}. A message with one channel has rounds of one attempt.
 *
 * <p>A message whose attempt through a channel has an unknown outcome stays with that channel,
 * unless the channel says otherwise: it may have been sent.
 *
 * @param message with its attempts
 * @param channels all of its environment
 */
public record Rounds(Message message, ChannelSet channels) {

  /**
   * Its own channel and those that take over from it, but for any that lacks what its provider
   * needs; empty when it has no channel any more.
   */
  public List<Channel> all() {
    Optional<Channel> own = byId(message.channel());
    if (own.isEmpty()) {
      return List.of();
    }
    return bound()
        .map(to -> byId(to).stream().toList())
        .orElseGet(() -> configured(channels.withTakers(own.get())));
  }

  /** All of them when none is: the provider then says what it lacks. */
  private List<Channel> configured(List<Channel> all) {
    List<Channel> configured = all.stream().filter(it -> channels.lackedBy(it).isEmpty()).toList();
    return configured.isEmpty() ? all : configured;
  }

  /** The channel that may have sent it, and that alone may send it again. */
  private Optional<ChannelId> bound() {
    return message.currentAttempts().reversed().stream()
        .filter(it -> it.result() instanceof Attempt.Result.Ambiguous)
        .map(message::through)
        .filter(it -> byId(it).filter(Channel::failsOverWhenAmbiguous).isEmpty())
        .findFirst();
  }

  /** Those that it may go through at that time, the first the best. */
  public List<Channel> next(Instant now) {
    List<Channel> all = all();
    Set<ChannelId> asked = askedThisRound();
    List<Channel> left = all.stream().filter(it -> !asked.contains(it.id())).toList();
    boolean over = newRoundAt().filter(at -> !now.isBefore(at)).isPresent();
    return left.isEmpty() || over ? all : left;
  }

  /**
   * From when on those may be asked again that were asked in this round; empty when none was, or
   * when the round is over.
   */
  public Optional<Instant> newRoundAt() {
    return message
        .lastAttempt()
        .filter(_ -> !askedThisRound().isEmpty())
        .flatMap(last -> retryAt(last.number(), last.ended(), Optional.empty()));
  }

  /**
   * Whether, after an attempt through that channel came to nothing, another channel is left in its
   * round.
   *
   * @param unknown whether the message may have been sent
   */
  public boolean goesOn(Attempt attempt, boolean unknown) {
    ChannelId through = message.through(attempt);
    Set<ChannelId> asked = askedThisRound();
    boolean stays = unknown && byId(through).filter(Channel::failsOverWhenAmbiguous).isEmpty();
    return !stays
        && all().stream().anyMatch(it -> !it.id().equals(through) && !asked.contains(it.id()));
  }

  private Set<ChannelId> askedThisRound() {
    Set<ChannelId> asked = new HashSet<>();
    List<Attempt> ended = new ArrayList<>(message.currentAttempts());
    ended.removeIf(it -> it.result() instanceof Attempt.Result.Claimed);
    for (Attempt attempt : ended.reversed()) {
      if (!attempt.wentOn()) {
        break;
      }
      asked.add(message.through(attempt));
    }
    return asked;
  }

  /**
   * Which round the attempt belongs to, since somebody last asked for the message, from 1: as many
   * as one channel was asked, so that none is asked more often than {@link RetryPolicy} says.
   */
  public int round(int number) {
    return message.currentAttempts().stream()
        .filter(it -> it.number() <= number)
        .collect(Collectors.groupingBy(message::through, Collectors.summingInt(_ -> 1)))
        .values()
        .stream()
        .max(Integer::compare)
        .orElse(1);
  }

  /**
   * When the round after that of the attempt may start; empty when there is none.
   *
   * @param askedFor how long the provider asked to be left alone
   */
  public Optional<Instant> retryAt(int number, Instant now, Optional<Duration> askedFor) {
    Instant first = message.currentAttempts().getFirst().at();
    return RetryPolicy.next(message.id(), round(number), first.plus(waited()), now, askedFor);
  }

  /**
   * How long its turn was later than it might have been: while a provider was left alone, or a
   * channel's rate was used up. That time is not the message's.
   */
  private Duration waited() {
    Duration waited = Duration.ZERO;
    List<Attempt> attempts = message.currentAttempts();
    for (int i = 1; i < attempts.size(); i++) {
      Instant might = attempts.get(i - 1).retryAt().orElse(attempts.get(i).at());
      Duration late = Duration.between(might, attempts.get(i).at());
      waited = waited.plus(late.isNegative() ? Duration.ZERO : late);
    }
    return waited;
  }

  private Optional<Channel> byId(ChannelId id) {
    return channels.find(id);
  }
}
