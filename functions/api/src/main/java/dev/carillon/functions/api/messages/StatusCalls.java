package dev.carillon.functions.api.messages;

import static dev.carillon.edge.route.HttpMethod.DELETE;
import static dev.carillon.edge.route.HttpMethod.PUT;
import static dev.carillon.edge.route.Operation.at;

import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Ability;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.route.Operation.Handler;
import dev.carillon.edge.view.MessageView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.rate.RateTier;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Calls that say what a recipient did with a message. Each answers with the message. */
final class StatusCalls {
  static final List<Operation<StatusCalls>> OPERATIONS =
      List.of(
          marking(PUT, "/v1/messages/{id}/seen", did(Engagement.SEEN)),
          marking(PUT, "/v1/messages/{id}/read", did(Engagement.READ)),
          marking(PUT, "/v1/messages/{id}/archived", did(Engagement.ARCHIVED)),
          marking(PUT, "/v1/messages/{id}/interacted", StatusCalls::interacted),
          marking(DELETE, "/v1/messages/{id}/seen", undid(Engagement.SEEN)),
          marking(DELETE, "/v1/messages/{id}/read", undid(Engagement.READ)),
          marking(DELETE, "/v1/messages/{id}/archived", undid(Engagement.ARCHIVED)),
          // As older clients take a mark back; they mean the same.
          marking(DELETE, "/v1/messages/{id}/unseen", undid(Engagement.SEEN)),
          marking(DELETE, "/v1/messages/{id}/unread", undid(Engagement.READ)),
          marking(DELETE, "/v1/messages/{id}/unarchived", undid(Engagement.ARCHIVED)));

  private static Operation<StatusCalls> marking(
      HttpMethod method, String path, Handler<StatusCalls> handler) {
    return at(RateTier.TIER_2, Operation.byCaller(method, path, Access.marks(), handler));
  }

  private final MarkMessage marking;
  private final Messages messages;
  private final Channels channels;

  StatusCalls(MarkMessage marking, Messages messages, Channels channels) {
    this.marking = marking;
    this.messages = messages;
    this.channels = channels;
  }

  /** Marks the message, again if it was: the timestamp is that of the latest action. */
  static Handler<StatusCalls> did(Engagement what) {
    return (calls, request, caller) -> {
      request.fields(); // a body means nothing here, but a broken one is a mistake to be told of
      return calls.mark(request, caller, (it, now) -> it.engaged(what, Json.Obj.EMPTY, now));
    };
  }

  /** Takes a mark back; a message without it stays as it is. */
  private static Handler<StatusCalls> undid(Engagement what) {
    return (calls, request, caller) -> {
      request.fields();
      return calls.mark(request, caller, (it, now) -> it.disengaged(what, now));
    };
  }

  HttpResponse interacted(HttpRequest request, Caller caller) {
    var details = metadata(request.fields().only(Set.of("metadata")));
    return mark(request, caller, (message, now) -> message.interacted(details, now));
  }

  private HttpResponse mark(
      HttpRequest request, Caller caller, BiFunction<Message, Instant, Message> change) {
    var id = messageId(request);
    EnvironmentId environment = caller.environment();
    if (!mayMark(caller, messages, id)) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    return switch (marking.mark(environment, id, change)) {
      case MarkMessage.Marked.Now(var message) ->
          HttpResponse.ok(
              MessageView.to(
                  caller,
                  message,
                  channels.all(environment),
                  messages
                      .content(environment, id)
                      .map(MessageContent::data)
                      .orElse(Json.Obj.EMPTY)));
      case MarkMessage.Marked.Missing() -> throw ErrorCode.RESOURCE_MISSING.refused();
      case MarkMessage.Marked.Contended() -> throw ErrorCode.RATE_LIMITED.refused();
    };
  }

  /**
   * Whether this caller may mark the message, if there is one: whose it is decides. A message of
   * somebody else is as missing as one that is not there: a caller that may not know of it is not
   * told of it.
   */
  static boolean mayMark(Caller caller, Messages messages, MessageId id) {
    return caller.mayTouchAll() // saves the look-up
        || messages
            .find(caller.environment(), id)
            .filter(it -> caller.may(Ability.FEED_WRITE, it.recipient()))
            .filter(it -> caller.mayWithin(it.tenant()))
            .isPresent();
  }

  /** The id in the path; what cannot be one is as missing as what is not there. */
  static MessageId messageId(HttpRequest request) {
    var id = request.pathId("id");
    if (!Ksuid.isValid(id)) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    return new MessageId(id);
  }

  /** What is told of an interaction; empty when nothing is. */
  static Json.Obj metadata(RequestFields body) {
    return body.optional("metadata")
        .map(RequestValue::object)
        .map(
            metadata -> {
              var fields = metadata.json().fields();
              if (fields.size() > Limits.METADATA_KEYS) {
                throw ErrorCode.INVALID_PARAMS.at(
                    metadata.path(), "must have at most " + Limits.METADATA_KEYS + " keys");
              }
              fields.forEach(
                  (name, value) -> {
                    switch (value) {
                      case Json.Obj _, Json.Arr _ ->
                          throw ErrorCode.INVALID_PARAMS.at(
                              metadata.pathOf(name), "must not be an object or a list");
                      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> {}
                    }
                  });
              return Json.object().with("metadata", metadata.within(METADATA_BYTES).json());
            })
        .orElse(Json.Obj.EMPTY);
  }

  /** An event is part of its message's item, which holds 500 of them. */
  private static final int METADATA_BYTES = 1_024;
}
