package dev.carillon.functions.api.messages;

import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.AnswerRoom;
import dev.carillon.edge.view.MessageView;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Mark;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * {@code POST /v1/messages/batch/{seen, …}}: one mark on up to 50 messages, which is how browser
 * clients mark even one. Answers with those that were marked; an id that leads to no message, or to
 * one of somebody else, is left out. A call that is cut off may be repeated: the rest is marked
 * then. What was marked the same way within the second before stays as it is, and a header says so.
 */
final class BatchStatusCalls {
  static final List<Operation<BatchStatusCalls>> OPERATIONS =
      Arrays.stream(Mark.values()).map(BatchStatusCalls::operation).toList();

  /** Names those that were not marked, because they had been a moment before. */
  private static final String UNCHANGED = "x-ratelimited-message_ids";

  private final MarkMessage marking;
  private final Messages messages;
  private final Channels channels;

  BatchStatusCalls(MarkMessage marking, Messages messages, Channels channels) {
    this.marking = marking;
    this.messages = messages;
    this.channels = channels;
  }

  private static Operation<BatchStatusCalls> operation(Mark mark) {
    return Operation.byCaller(
        HttpMethod.POST,
        "/v1/messages/batch/" + mark.wireName(),
        Access.marks(),
        (calls, request, caller) -> calls.mark(mark, request, caller));
  }

  private HttpResponse mark(Mark mark, HttpRequest request, Caller caller) {
    var fields = request.fields().only(fields(mark));
    var ids = ids(fields);
    Json.Obj details =
        switch (mark) {
          case INTERACTED -> StatusCalls.metadata(fields);
          case SEEN, UNSEEN, READ, UNREAD, ARCHIVED, UNARCHIVED -> Json.Obj.EMPTY;
        };
    var marked = new ArrayList<Message>();
    var again = new LinkedHashSet<String>();
    BiFunction<Message, Instant, Message> change =
        (it, now) -> {
          boolean repeated = mark.repeats(it, details, now);
          if (repeated) {
            again.add(it.id().value());
          }
          return repeated ? it : mark.on(it, details, now);
        };
    for (MessageId id : ids) {
      if (StatusCalls.mayMark(caller, messages, id)) {
        switch (marking.mark(caller.environment(), id, change)) {
          case MarkMessage.Marked.Now(var message) -> marked.add(message);
          case MarkMessage.Marked.Missing() -> {}
          case MarkMessage.Marked.Contended() -> throw ErrorCode.RATE_LIMITED.refused();
        }
      }
    }
    var all = channels.all(caller.environment());
    var contents =
        messages.contents(caller.environment(), marked.stream().map(Message::id).toList());
    HttpResponse answer =
        HttpResponse.ok(
            AnswerRoom.all(
                marked,
                it -> {
                  var content = contents.get(it.id());
                  return MessageView.to(
                      caller, it, all, content == null ? Json.Obj.EMPTY : content.data());
                },
                it -> MessageView.to(caller, it, all, Json.Obj.EMPTY)));
    return again.isEmpty() ? answer : answer.with(UNCHANGED, String.join(",", again));
  }

  private static Set<String> fields(Mark mark) {
    return mark == Mark.INTERACTED ? Set.of("message_ids", "metadata") : Set.of("message_ids");
  }

  private static List<MessageId> ids(RequestFields fields) {
    return fields.required("message_ids").list(1, Limits.IDS).stream()
        .map(BatchStatusCalls::id)
        .distinct()
        .toList();
  }

  private static MessageId id(RequestValue value) {
    if (!Ksuid.isValid(value.text())) {
      throw value.refused("must be the id of a message");
    }
    return new MessageId(value.text());
  }
}
