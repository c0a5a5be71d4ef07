package dev.carillon.functions.fanout;

import dev.carillon.bulk.Marking;
import dev.carillon.bulk.Marking.Place;
import dev.carillon.bulk.MessageSelection;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.feed.FeedQuery;
import dev.carillon.feed.FeedQuery.Archived;
import dev.carillon.feed.FeedQuery.Status;
import dev.carillon.feed.Feeds;
import dev.carillon.json.Json;
import dev.carillon.message.FlatData;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.RunMessages;
import dev.carillon.run.Runs;
import dev.carillon.runtime.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the messages that a bulk operation is to change, a page at a time: those in a user's feed
 * by the feed, other messages of a user by the runs that made them, all of a channel hour by hour.
 * Those that stand already as they are to stand are left out.
 */
final class FindMarked {
  /** Messages that one page brings. */
  private static final int PAGE = 50;

  private final Messages messages;
  private final Feeds feeds;
  private final Runs runs;
  private final Channels channels;

  private FindMarked(Messages messages, Feeds feeds, Runs runs, Channels channels) {
    this.messages = messages;
    this.feeds = feeds;
    this.runs = runs;
    this.channels = channels;
  }

  static FindMarked on(Ports ports) {
    return new FindMarked(ports.messages(), ports.feeds(), ports.runs(), ports.channels());
  }

  /**
   * What a search came to.
   *
   * @param about how many more there may be of a recipient whose search begins here
   */
  record Found(List<MessageId> ids, Optional<Place> next, OptionalInt about) {}

  /** The page at that place, which may be empty and yet have a next one. */
  Found at(EnvironmentId environment, Marking marking, Place place) {
    MessageSelection which = marking.which();
    if (which.recipients().isEmpty()) {
      var page =
          messages.newestFirst(
              environment,
              which.insertedAt(),
              it -> isToChange(marking, it),
              request(place.cursor()));
      return found(environment, marking, page, place, OptionalInt.empty());
    }
    RecipientId recipient = which.recipients().get(place.recipient());
    boolean feed =
        channels
            .find(environment, which.channel().toString())
            .filter(it -> it.type() == ChannelType.IN_APP_FEED)
            .isPresent();
    return feed
        ? inFeed(environment, marking, recipient, place)
        : byRuns(environment, marking, recipient, place);
  }

  private Found inFeed(EnvironmentId environment, Marking marking, RecipientId user, Place place) {
    FeedQuery query = query(environment, marking, user);
    var page = feeds.page(query, request(place.cursor()));
    var known =
        messages.findAll(environment, page.items().stream().map(Feeds.Entry::message).toList());
    List<Message> some =
        page.items().stream()
            .map(it -> known.get(it.message()))
            .filter(Objects::nonNull)
            .filter(it -> isToChange(marking, it))
            .toList();
    OptionalInt about =
        place.cursor().isEmpty() && page.next().isPresent()
            ? OptionalInt.of(feeds.count(query))
            : OptionalInt.empty();
    return found(environment, marking, new Page<>(some, page.next()), place, about);
  }

  private Found byRuns(EnvironmentId environment, Marking marking, RecipientId user, Place place) {
    var page =
        runs.newestFirst(
            environment, user, marking.which().insertedAt(), _ -> true, request(place.cursor()));
    var made = RunMessages.by(page.items(), environment, messages);
    List<Message> some =
        page.items().stream()
            .flatMap(run -> RunMessages.of(run, made).stream())
            .filter(it -> isToChange(marking, it))
            .toList();
    return found(environment, marking, new Page<>(some, page.next()), place, OptionalInt.empty());
  }

  private Found found(
      EnvironmentId environment,
      Marking marking,
      Page<Message> page,
      Place place,
      OptionalInt about) {
    Optional<Place> next =
        page.next()
            .map(cursor -> new Place(place.recipient(), Optional.of(cursor)))
            .or(
                () ->
                    Optional.of(new Place(place.recipient() + 1, Optional.empty()))
                        .filter(it -> it.recipient() < marking.which().recipients().size()));
    return new Found(withData(environment, marking.which(), page.items()), next, about);
  }

  private List<MessageId> withData(
      EnvironmentId environment, MessageSelection which, List<Message> some) {
    Map<String, Json> wanted = which.data();
    if (wanted.isEmpty()) {
      return some.stream().map(Message::id).toList();
    }
    var contents = new ArrayList<MessageId>();
    for (Message message : some) {
      Json.Obj data =
          message.channelType() == ChannelType.IN_APP_FEED
              ? message.flatData()
              : messages
                  .content(environment, message.id())
                  .map(MessageContent::data)
                  .map(FlatData::of)
                  .orElse(Json.Obj.EMPTY);
      if (wanted.entrySet().stream()
          .allMatch(it -> it.getValue().equals(data.fields().get(it.getKey())))) {
        contents.add(message.id());
      }
    }
    return contents;
  }

  private static boolean isToChange(Marking marking, Message message) {
    return marking.which().wants(message)
        && !marking.mark().map(mark -> mark.holds(message)).orElse(false);
  }

  /** Only items that the mark changes are looked at: a feed may hold any number of others. */
  private static FeedQuery query(EnvironmentId environment, Marking marking, RecipientId user) {
    Status status = Status.ALL;
    Archived archived = marking.which().state().archived();
    if (marking.mark().isPresent()) {
      switch (marking.mark().get()) {
        case SEEN -> status = Status.UNSEEN;
        case UNSEEN -> status = Status.SEEN;
        case READ -> status = Status.UNREAD;
        case UNREAD -> status = Status.READ;
        case ARCHIVED -> archived = Archived.EXCLUDE;
        case UNARCHIVED -> archived = Archived.ONLY;
        case INTERACTED -> {}
      }
    }
    return new FeedQuery(
        environment,
        user.id(),
        marking.which().channel(),
        status,
        archived,
        new FeedQuery.Tenancy.Everything(),
        Optional.empty(),
        Set.of(),
        Map.of(),
        marking.which().insertedAt());
  }

  private static PageRequest request(Optional<String> after) {
    return new PageRequest(after, Optional.empty(), PAGE);
  }
}
