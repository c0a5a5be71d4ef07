package dev.carillon.functions.fanout.erase;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.feed.FeedQuery;
import dev.carillon.feed.Feeds;
import dev.carillon.message.MessageId;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.run.Run;
import dev.carillon.run.RunMessages;
import dev.carillon.run.Runs;
import dev.carillon.runtime.Ports;
import dev.carillon.task.FanoutTask;
import dev.carillon.tracking.TrackingEvents;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Removes the messages of a deleted recipient, a page at a time. */
final class EraseMessages {
  private static final int PAGE = 50;

  private final Runs runs;
  private final DeleteMessage delete;
  private final TrackingEvents events;
  private final EraseWebhookLogs logs;
  private final Feeds feeds;
  private final Channels channels;

  private EraseMessages(
      Runs runs,
      DeleteMessage delete,
      TrackingEvents events,
      EraseWebhookLogs logs,
      Feeds feeds,
      Channels channels) {
    this.runs = runs;
    this.delete = delete;
    this.events = events;
    this.logs = logs;
    this.feeds = feeds;
    this.channels = channels;
  }

  static EraseMessages on(Ports ports) {
    return new EraseMessages(
        ports.runs(),
        DeleteMessage.on(ports),
        ports.trackingEvents(),
        new EraseWebhookLogs(ports.messages(), ports.webhookEndpoints(), ports.webhookDeliveries()),
        ports.feeds(),
        ports.channels());
  }

  /**
   * The messages of its runs, as far as runs are kept.
   *
   * @return where to go on; empty when there are no more
   */
  Optional<String> ofRuns(FanoutTask.Erase task) {
    var page =
        runs.newestFirst(
            task.environment(), task.recipient(), until(task), _ -> true, request(task.cursor()));
    for (Run run : page.items()) {
      for (MessageId id : RunMessages.ids(run)) {
        // By the message's timeline, so before the message.
        logs.ofMessage(task.environment(), id);
        // Browsers and addresses are in what is known of its clicks.
        events.deleteOf(task.environment(), id);
        delete.delete(task.environment(), id);
      }
    }
    return page.next();
  }

  /**
   * The items of its feeds. A cursor is the id of a feed's channel, a space, and a position.
   *
   * @return where to go on; empty when there are no more
   */
  Optional<String> ofFeeds(FanoutTask.Erase task) {
    String from = task.cursor().orElse("");
    String begun = from.substring(0, Math.max(0, from.indexOf(' ')));
    if (!task.recipient().isUser()) {
      return Optional.empty();
    }
    List<ChannelId> left =
        channels.all(task.environment()).stream()
            .filter(it -> it.type() == ChannelType.IN_APP_FEED)
            .map(Channel::id)
            .filter(it -> it.toString().compareTo(begun) >= 0)
            .sorted(Comparator.comparing(ChannelId::toString))
            .toList();
    if (left.isEmpty()) {
      return Optional.empty();
    }
    ChannelId feed = left.getFirst();
    Optional<String> position =
        feed.toString().equals(begun)
            ? Optional.of(from.substring(begun.length() + 1)).filter(it -> !it.isEmpty())
            : Optional.empty();
    var page = feeds.page(query(task, feed), request(position));
    page.items()
        .forEach(
            it -> {
              logs.ofMessage(task.environment(), it.message());
              delete.delete(task.environment(), it.message());
            });
    return page.next()
        .map(next -> feed + " " + next)
        .or(() -> left.stream().skip(1).findFirst().map(next -> next + " "));
  }

  private static FeedQuery query(FanoutTask.Erase task, ChannelId feed) {
    return new FeedQuery(
        task.environment(),
        task.recipient().id(),
        feed,
        FeedQuery.Status.ALL,
        FeedQuery.Archived.INCLUDE,
        new FeedQuery.Tenancy.Everything(),
        Optional.empty(),
        Set.of(),
        Map.of(),
        until(task));
  }

  private static TimeRange until(FanoutTask.Erase task) {
    return new TimeRange(Instant.EPOCH, task.deletedAt().plusNanos(1));
  }

  private static PageRequest request(Optional<String> after) {
    return new PageRequest(after, Optional.empty(), PAGE);
  }
}
