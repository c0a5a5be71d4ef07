package dev.carillon.functions.feeds;

import static dev.carillon.edge.route.Operation.ofEachUserAt;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.ExcludedFields;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Ability;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.feed.FeedFilters;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.AnswerRoom;
import dev.carillon.edge.view.Pages;
import dev.carillon.edge.view.RecipientView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.feed.FeedQuery;
import dev.carillon.functions.feeds.ReadFeed.Item;
import dev.carillon.json.Json;
import dev.carillon.rate.RateTier;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.variable.Variables;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code GET /v1/users/{id}/feeds/{channel}} and its settings. A user nobody has heard of has an
 * empty feed.
 */
final class FeedCall {
  static final List<Operation<FeedCall>> OPERATIONS =
      List.of(
          ofEachUserAt(
              RateTier.TIER_2,
              Operation.byCaller(
                  HttpMethod.GET,
                  "/v1/users/{id}/feeds/{channel}",
                  Access.everyday(Ability.FEED_READ),
                  FeedCall::show)),
          Operation.byCaller(
              HttpMethod.GET,
              "/v1/users/{id}/feeds/{channel}/settings",
              Access.everyday(Ability.FEED_READ),
              FeedCall::settings));

  private final ReadFeed reading;
  private final Channels channels;
  private final Recipients recipients;
  private final Variables variables;

  FeedCall(ReadFeed reading, Channels channels, Recipients recipients, Variables variables) {
    this.reading = reading;
    this.channels = channels;
    this.recipients = recipients;
    this.variables = variables;
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    EnvironmentId environment = caller.environment();
    var user = request.pathId("id");
    var channel = channel(environment, request.pathId("channel"));
    var query = request.query();
    var wanted = FeedFilters.of(query, environment, user, channel.id());
    checkTenant(caller, wanted);
    boolean compact = FeedFilters.compact(query);
    var excluded = ExcludedFields.of(query);
    // A position is a place in the whole feed, so a cursor may go from one filter to another, as
    // it does in clients that ask for what is newer than the head of a filtered list.
    var cursors = request.cursors(environment, "feed", user, channel.id().toString());
    var paging = cursors.paging(query);
    var page = paging.of(part -> reading.page(wanted, part));
    var counts = reading.counts(wanted);
    var people = people(caller, page.items(), compact);
    var fitted =
        Pages.fitted(
            paging,
            page,
            Item::position,
            item -> {
              var cursor = cursors.cursor(item.position());
              return compact
                  ? ItemView.compact(item, cursor, people)
                  : ItemView.rich(item, cursor, people);
            });
    var answer =
        Json.object()
            .with(
                "entries", Json.array(fitted.shown().stream().map(AnswerRoom.Shown::view).toList()))
            .with("meta", counts.json().with("__typename", "FeedMetadata"))
            .with("page_info", cursors.pageInfo(paging.size(), fitted.next(), fitted.newer()))
            .with("vars", variables.open(environment));
    return HttpResponse.ok(excluded.from(answer));
  }

  /** Nobody has to show whose work the feed is. */
  HttpResponse settings(HttpRequest request, Caller caller) {
    request.pathId("id");
    channel(caller.environment(), request.pathId("channel"));
    return HttpResponse.ok(
        Json.object().with("features", Json.object().with("branding_required", Json.FALSE)));
  }

  /** Who may see the items of some tenants only has to say of which. */
  private static void checkTenant(Caller caller, FeedQuery wanted) {
    if (!caller.feeds().allows(wanted.tenancy())) {
      throw ErrorCode.NOT_AUTHORIZED.at("tenant", "must be one that the user token is for");
    }
  }

  private Channel channel(EnvironmentId environment, String keyOrId) {
    return channels
        .find(environment, keyOrId)
        .filter(it -> it.type() == ChannelType.IN_APP_FEED)
        .orElseThrow(
            () -> ErrorCode.CHANNEL_INVALID.at("channel_id", "is not an in-app feed channel"));
  }

  /** Everybody whom the items show, each looked up once. */
  private Map<RecipientId, Json.Obj> people(Caller caller, List<Item> items, boolean compact) {
    var people = new LinkedHashMap<RecipientId, Json.Obj>();
    for (var item : items) {
      var message = item.message();
      var shown =
          compact
              ? ItemView.shownCompact(message).stream()
              : Stream.concat(Stream.of(message.recipient()), message.actors().stream());
      shown.forEach(
          id -> people.computeIfAbsent(id, it -> person(caller, it, message.insertedAt())));
    }
    return people;
  }

  private Json.Obj person(Caller caller, RecipientId id, Instant mentioned) {
    var known = recipients.find(caller.environment(), id);
    return caller.seesProperties()
        ? RecipientView.of(id, known, mentioned)
        : RecipientView.profile(id, known, mentioned);
  }
}
