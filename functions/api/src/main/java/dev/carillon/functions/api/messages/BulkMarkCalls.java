package dev.carillon.functions.api.messages;

import static dev.carillon.edge.route.Operation.at;

import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.bulk.Marking;
import dev.carillon.bulk.MessageSelection;
import dev.carillon.bulk.MessageSelection.Tenancy;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Ability;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.functions.api.bulk.BulkOperationView;
import dev.carillon.message.Mark;
import dev.carillon.rate.RateTier;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /v1/channels/{channel}/messages/bulk/{action}}: one change of all messages of a
 * channel that the body selects, done by tasks. What comes into being after the call is left alone.
 */
final class BulkMarkCalls {
  static final List<Operation<BulkMarkCalls>> OPERATIONS =
      List.of(
          at(
              RateTier.TIER_2,
              Operation.byCaller(
                  HttpMethod.POST,
                  "/v1/channels/{channel}/messages/bulk/{action}",
                  Access.marks(),
                  BulkMarkCalls::begin)));

  /** An action that has a second name. */
  private static final Map<String, Mark> ALIASES =
      Map.of("archive", Mark.ARCHIVED, "unarchive", Mark.UNARCHIVED);

  private static final String DELETE = "delete";

  private final BulkOperations operations;
  private final Channels channels;
  private final Tasks tasks;
  private final InstantSource clock;

  BulkMarkCalls(BulkOperations operations, Channels channels, Tasks tasks, InstantSource clock) {
    this.operations = operations;
    this.channels = channels;
    this.tasks = tasks;
    this.clock = clock;
  }

  private HttpResponse begin(HttpRequest request, Caller caller) {
    var environment = caller.environment();
    Channel channel =
        channels
            .find(environment, request.pathId("channel"))
            .orElseThrow(() -> ErrorCode.CHANNEL_INVALID.at("channel_id", "is no channel"));
    Optional<Mark> mark = mark(request.pathId("action"));
    var which = SelectionReader.read(request.fields(), channel.id(), clock.instant());
    if (!caller.mayTouchAll()) {
      check(caller, channel, mark, which);
    }
    var operation =
        operations.create(
            BulkOperation.of(
                environment,
                BulkOperationId.of(request.id()),
                "messages." + mark.map(Mark::wireName).orElse(DELETE),
                Marking.of(mark, which),
                clock.instant()),
            List.of());
    tasks.send(new FanoutTask.MarkAll(environment, operation.id()));
    return HttpResponse.ok(BulkOperationView.of(operation));
  }

  /** Empty to delete. */
  private static Optional<Mark> mark(String action) {
    if (action.equals(DELETE)) {
      return Optional.empty();
    }
    return Optional.of(
        Optional.ofNullable(ALIASES.get(action))
            .or(() -> Mark.named(action))
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_PARAMS.at(
                        "action",
                        "must be archive, unarchive, delete or a status that messages are marked"
                            + " with")));
  }

  /** A client marks what is in the feeds of those whom it names, and deletes nothing. */
  private static void check(
      Caller caller, Channel channel, Optional<Mark> mark, MessageSelection which) {
    if (mark.isEmpty()) {
      throw ErrorCode.INCORRECT_TOKEN_TYPE.at("action", "must be another one for clients");
    }
    if (channel.type() != ChannelType.IN_APP_FEED) {
      throw ErrorCode.NOT_AUTHORIZED.at("channel_id", "must be an in-app feed for clients");
    }
    if (which.recipients().isEmpty()) {
      throw ErrorCode.NOT_AUTHORIZED.at("recipient_ids", "is required of clients");
    }
    for (RecipientId recipient : which.recipients()) {
      caller.check(Ability.FEED_WRITE, recipient);
    }
    Tenancy tenancy = which.tenancy();
    boolean ofNone = tenancy.having().equals(Optional.of(false));
    boolean allowed =
        !caller.isLimitedToTenants()
            || ofNone
            || (!tenancy.tenants().isEmpty()
                && tenancy.tenants().stream().allMatch(it -> caller.mayWithin(Optional.of(it))));
    if (!allowed) {
      throw ErrorCode.NOT_AUTHORIZED.at("tenants", "must be those that the user token is for");
    }
  }
}
