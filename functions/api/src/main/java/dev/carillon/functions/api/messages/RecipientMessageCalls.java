package dev.carillon.functions.api.messages;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.channel.Channels;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.MessageView;
import dev.carillon.edge.view.Pages;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.messages.RecipientMessages.ListedMessage;
import dev.carillon.functions.api.recipients.RecipientPath;
import dev.carillon.json.Json;
import dev.carillon.message.Messages;
import dev.carillon.run.Runs;
import java.util.List;

/** Calls that list the messages of one user or object. */
final class RecipientMessageCalls {
  static final List<Operation<RecipientMessageCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/users/{id}/messages", SECRET_KEY, RecipientMessageCalls::list),
          Operation.get(
              "/v1/objects/{collection}/{id}/messages", SECRET_KEY, RecipientMessageCalls::list));

  private final RecipientMessages list;
  private final Messages messages;
  private final Channels channels;

  RecipientMessageCalls(Runs runs, Messages messages, Channels channels) {
    this.list = new RecipientMessages(runs, messages);
    this.messages = messages;
    this.channels = channels;
  }

  /** Somebody whom nobody knows has none. */
  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var recipient = RecipientPath.of(request);
    var configured = channels.all(environment);
    var filters = MessageFilters.of(request.query(), configured);
    var cursors = request.cursors(environment, "messages", recipient.collection(), recipient.id());
    var paging = cursors.paging(request.query());
    var page = Pages.filled(paging, part -> list.page(environment, recipient, filters, part));
    var contents =
        messages.contents(environment, page.items().stream().map(it -> it.message().id()).toList());
    return Pages.answer(
        cursors,
        paging,
        page,
        ListedMessage::position,
        row -> {
          var content = contents.get(row.message().id());
          return MessageView.of(
              row.message(), configured, content == null ? Json.Obj.EMPTY : content.data());
        });
  }
}
