package dev.carillon.functions.api.messages;

import dev.carillon.edge.view.Times;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.ChatBody;
import dev.carillon.message.Content.Field;
import dev.carillon.message.Content.Mailbox;
import dev.carillon.message.Mailboxes;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.sms.SmsSegments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What a message says, as responses show it: Knock's shapes, absent texts as null. */
public final class ContentView {
  private ContentView() {}

  /** What the message says, with which message it is. */
  public static Json.Obj of(Message message, MessageContent content) {
    return Json.object()
        .with("__typename", "MessageContent")
        .with("message_id", message.id().value())
        .with("inserted_at", Times.of(message.insertedAt()))
        .with("data", of(content.shown()));
  }

  static Json.Obj of(Content content) {
    return switch (content) {
      case Content.Email email -> email(email);
      case Content.InAppFeed(var blocks) ->
          Json.object().with("__typename", "MessageInAppFeedContent").with("blocks", blocks);
      case Content.Http(var method, var url, var headers, var query, var body) ->
          Json.object()
              .with("__typename", "MessageHttpContent")
              .with("method", method)
              .with("url", url)
              .with("headers", fields(headers))
              .with("query_params", fields(query))
              .with("body", Json.ofNullable(Optional.of(body).filter(it -> !it.isEmpty())));
      case Content.Sms(var to, var body, _) -> sms(to, body);
      case Content.Push(var token, var title, var body, var data, _, _) ->
          Json.object()
              .with("__typename", "MessagePushContent")
              .with("token", token)
              .with("title", title)
              .with("body", body)
              .with("data", data);
      case Content.Chat chat -> chat(chat);
    };
  }

  private static Json.Obj email(Content.Email email) {
    var envelope = email.envelope();
    return Json.object()
        .with("__typename", "MessageEmailContent")
        .with("from", Json.ofNullable(envelope.from().map(Mailboxes::text)))
        .with("to", text(envelope.to()))
        .with("cc", text(envelope.cc()))
        .with("bcc", text(envelope.bcc()))
        .with("reply_to", text(envelope.replyTo()))
        .with("subject_line", email.subject())
        .with("html_body", email.html())
        .with("text_body", email.text())
        .with("from_name", envelope.from().flatMap(Mailbox::name).orElse(""))
        .with("from_address", Json.ofNullable(envelope.from().map(Mailbox::address)));
  }

  private static Json text(List<Mailbox> mailboxes) {
    return Json.ofNullable(Optional.of(Mailboxes.text(mailboxes)).filter(it -> !it.isEmpty()));
  }

  /** Of a connection only what names a conversation: what is a credential stays here. */
  private static Json.Obj chat(Content.Chat chat) {
    Json.Obj template =
        switch (chat.body()) {
          case ChatBody.Markdown(var text) -> Json.object().with("markdown_body", text);
          case ChatBody.Blocks(Json.Arr blocks, var summary) ->
              Json.object().with("blocks", blocks).with("summary", summary);
          case ChatBody.Blocks(var json, var summary) ->
              Json.object().with("json_content", json).with("summary", summary);
        };
    Json.Obj connection = Json.object();
    for (String name :
        List.of("channel_id", "user_id", "ms_teams_channel_id", "ms_teams_user_id")) {
      Optional<String> id = chat.connection().text(name);
      if (id.isPresent()) {
        connection = connection.with(name, id.get());
      }
    }
    return Json.object()
        .with("__typename", "MessageChatContent")
        .with("connection", connection)
        .with("metadata", Json.Obj.EMPTY)
        .with("template", template);
  }

  private static Json.Obj fields(List<Field> fields) {
    var map = new LinkedHashMap<String, Json>();
    fields.forEach(field -> map.put(field.name(), Json.of(field.value())));
    return new Json.Obj(map);
  }

  /** With the parts it travels in, which is what it costs: beyond Knock. */
  private static Json.Obj sms(String to, String body) {
    SmsSegments segments = SmsSegments.of(body);
    return Json.object()
        .with("__typename", "MessageSmsContent")
        .with("to", to)
        .with("body", body)
        .with("segments", Json.of(segments.parts()))
        .with("encoding", segments.unicode() ? "UCS-2" : "GSM-7");
  }
}
