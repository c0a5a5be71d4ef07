package dev.carillon.functions.api.messages;

import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.route.Operation.at;

import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.edge.Cursors;
import dev.carillon.edge.Cursors.Paging;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.ListFilters;
import dev.carillon.edge.access.Ability;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.ActivityView;
import dev.carillon.edge.view.AnswerRoom;
import dev.carillon.edge.view.MessageView;
import dev.carillon.edge.view.Pages;
import dev.carillon.edge.view.RecipientView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.FlatData;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.rate.RateTier;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.run.RunMessages;
import dev.carillon.run.Runs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Calls that read messages. None of them changes one. */
final class MessageCalls {
  static final List<Operation<MessageCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/messages", SECRET_KEY, MessageCalls::list),
          Operation.byCaller(
              HttpMethod.GET, "/v1/messages/{id}", Access.feedMessages(), MessageCalls::show),
          Operation.get("/v1/messages/{id}/activities", SECRET_KEY, MessageCalls::activities),
          Operation.get("/v1/messages/{id}/content", SECRET_KEY, MessageCalls::content),
          Operation.get("/v1/messages/batch/content", SECRET_KEY, MessageCalls::contents),
          at(
              RateTier.TIER_3,
              Operation.get(
                  "/v1/messages/{id}/delivery_logs", SECRET_KEY, MessageCalls::deliveryLogs)),
          at(
              RateTier.TIER_3,
              Operation.get("/v1/messages/{id}/events", SECRET_KEY, MessageCalls::events)));

  private static final Set<String> PAGING = Set.of("after", "before", "page_size");
  private static final int AT_ONCE = 100;

  private final Messages messages;
  private final Runs runs;
  private final Channels channels;
  private final Recipients recipients;
  private final Json.Obj standard;

  /**
   * @param standard settings that the deployment gives channels which do not say otherwise
   */
  MessageCalls(
      Messages messages, Runs runs, Channels channels, Recipients recipients, Json.Obj standard) {
    this.messages = messages;
    this.runs = runs;
    this.channels = channels;
    this.recipients = recipients;
    this.standard = standard;
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query = request.query();
    var configured = channels.all(environment);
    var filters = MessageFilters.of(query, configured);
    var cursors = request.cursors(environment, "messages");
    var paging = cursors.paging(query);
    var page = find(environment, filters, paging);
    var contents = messages.contents(environment, page.items().stream().map(Message::id).toList());
    return Pages.answer(
        cursors,
        paging,
        page,
        MessageCalls::position,
        message -> {
          var content = contents.get(message.id());
          return MessageView.of(
              message, configured, content == null ? Json.Obj.EMPTY : content.data());
        });
  }

  /** Clients are shown items of feeds that they may read; all else is not there for them. */
  HttpResponse show(HttpRequest request, Caller caller) {
    request.query().heeding(Set.of());
    EnvironmentId environment = caller.environment();
    var message = message(request, environment);
    if (!caller.mayTouchAll()
        && (message.channelType() != ChannelType.IN_APP_FEED
            || !caller.may(Ability.FEED_READ, message.recipient())
            || !caller.mayWithin(message.tenant()))) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    return HttpResponse.ok(
        MessageView.to(
            caller, message, channels.all(environment), content(environment, message).data()));
  }

  HttpResponse content(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    var message = message(request, environment);
    return messages
        .content(environment, message.id())
        .map(content -> HttpResponse.ok(ContentView.of(message, content)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  /**
   * Those of up to {@value Limits#IDS} messages, in the order asked for; unknown ones are left out.
   */
  HttpResponse contents(HttpRequest request, EnvironmentId environment) {
    var ids = MessageFilters.ids(request.query().heeding(Set.of("message_ids")));
    if (ids.isEmpty()) {
      throw ErrorCode.INVALID_PARAMS.at("message_ids", "is required");
    }
    var found = messages.withContents(environment, ids);
    var views =
        ids.stream()
            .map(found::get)
            .filter(Objects::nonNull)
            .flatMap(
                it -> it.content().stream().map(content -> ContentView.of(it.message(), content)))
            .toList();
    var room = new AnswerRoom();
    if (!views.stream().allMatch(room::takes) && views.size() > 1) {
      throw ErrorCode.INVALID_PARAMS.at(
          "message_ids",
          "names messages that say more than one answer can hold (5 MB): ask for fewer at a time");
    }
    return HttpResponse.ok(Json.array(views));
  }

  HttpResponse events(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(PAGING);
    var message = message(request, environment);
    var cursors = request.cursors(environment, "events", message.id().value());
    var newestFirst = IntStream.range(0, message.events().size()).boxed().toList().reversed();
    return answer(
        cursors,
        cursors.paging(query),
        newestFirst,
        index -> "%06d".formatted(index),
        index -> MessageView.event(message, index));
  }

  HttpResponse deliveryLogs(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(PAGING);
    var message = message(request, environment);
    var cursors = request.cursors(environment, "delivery_logs", message.id().value());
    var content = content(environment, message);
    var all = channels.all(environment);
    return answer(
        cursors,
        cursors.paging(query),
        requests(message).reversed(),
        attempt -> "%06d".formatted(attempt.number()),
        attempt -> DeliveryLogView.of(message, attempt, content, all, standard));
  }

  HttpResponse activities(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(Set.of("after", "before", "page_size", "trigger_data"));
    var wanted = ListFilters.triggerData(query);
    var message = message(request, environment);
    var cursors = request.cursors(environment, "activities", message.id().value());
    var people = new HashMap<RecipientId, Json.Obj>();
    var activities =
        ActivityView.all(
                message,
                content(environment, message),
                id -> people.computeIfAbsent(id, it -> recipient(environment, it, message)))
            .stream()
            .filter(it -> ListFilters.holds(wanted, FlatData.of(it.object("data"))))
            .toList();
    return answer(
        cursors,
        cursors.paging(query),
        activities.reversed(),
        it -> it.text("id").orElseThrow(),
        it -> it);
  }

  private Page<Message> find(EnvironmentId environment, MessageFilters filters, Paging paging) {
    if (!filters.ids().isEmpty()) {
      return among(environment, filters.ids(), filters, paging);
    }
    if (filters.run().isPresent()) {
      return among(environment, madeBy(environment, filters), filters, paging);
    }
    return Pages.filled(
        paging,
        part ->
            messages.newestFirst(
                environment, filters.range(), it -> wants(environment, filters, it), part));
  }

  /** The messages of the run that the filters name, by what the run says of its steps. */
  private List<MessageId> madeBy(EnvironmentId environment, MessageFilters filters) {
    return filters
        .run()
        .flatMap(id -> runs.find(environment, id))
        .map(RunMessages::ids)
        .orElse(List.of());
  }

  private Page<Message> among(
      EnvironmentId environment, List<MessageId> ids, MessageFilters filters, Paging paging) {
    var found = new ArrayList<Message>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      found.addAll(
          messages
              .findAll(environment, ids.subList(from, Math.min(ids.size(), from + AT_ONCE)))
              .values());
    }
    var wanted =
        found.stream()
            .filter(it -> wants(environment, filters, it))
            .sorted(Comparator.comparing(MessageCalls::position).reversed())
            .toList();
    return Pages.sliced(wanted, paging, MessageCalls::position);
  }

  private boolean wants(EnvironmentId environment, MessageFilters filters, Message message) {
    return filters.wants(message, it -> content(environment, it).data());
  }

  private Message message(HttpRequest request, EnvironmentId environment) {
    return messages
        .find(environment, StatusCalls.messageId(request))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  private MessageContent content(EnvironmentId environment, Message message) {
    return messages.content(environment, message.id()).orElse(MessageContent.NOTHING);
  }

  private Json.Obj recipient(EnvironmentId environment, RecipientId id, Message message) {
    return RecipientView.of(id, recipients.find(environment, id), message.insertedAt());
  }

  /** The attempts that were requests to somebody outside: a feed has nobody to ask. */
  private static List<Attempt> requests(Message message) {
    return switch (message.channelType()) {
      case EMAIL, HTTP, SMS, PUSH, CHAT -> message.attempts();
      case IN_APP_FEED -> List.of();
    };
  }

  private static <T> HttpResponse answer(
      Cursors cursors,
      Paging paging,
      List<T> newestFirst,
      Function<T, String> position,
      Function<T, Json.Obj> view) {
    return Pages.answer(
        cursors, paging, Pages.sliced(newestFirst, paging, position), position, view);
  }

  static String position(Message message) {
    return message.id().value();
  }
}
