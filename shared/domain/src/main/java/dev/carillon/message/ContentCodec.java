package dev.carillon.message;

import dev.carillon.json.Json;
import dev.carillon.message.Content.Attachment;
import dev.carillon.message.Content.ChatBody;
import dev.carillon.message.Content.Envelope;
import dev.carillon.message.Content.Field;
import dev.carillon.message.Content.Mailbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a message says, as JSON: the form that is stored, and the only place that knows its keys.
 * Reads what {@link #write} wrote, and contents of before there were types, whose keys tell what
 * they are.
 */
public final class ContentCodec {
  private static final String TYPE = "type";
  private static final String OVERRIDES = "overrides";

  /** What a content is stored as; never renamed. */
  private enum Type {
    EMAIL,
    SMS,
    PUSH,
    CHAT,
    IN_APP_FEED,
    HTTP;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Type> named(String wireName) {
      return List.of(values()).stream().filter(it -> it.wireName().equals(wireName)).findFirst();
    }
  }

  private ContentCodec() {}

  public static Json.Obj write(Content content) {
    return Json.object().with(TYPE, type(content).wireName()).merged(fields(content));
  }

  /**
   * @throws IllegalStateException when it is of a type that this version does not know
   */
  public static Content read(Json.Obj json) {
    Optional<String> name = json.text(TYPE);
    return name.isPresent()
        ? read(
            Type.named(name.get())
                .orElseThrow(
                    () -> new IllegalStateException("A content of no known type: " + name.get())),
            json)
        : UntypedContent.read(json);
  }

  /** The content with its fields changed; its type stays. */
  public static Content mapped(Content content, UnaryOperator<Json.Obj> change) {
    return read(type(content), change.apply(fields(content)));
  }

  private static Type type(Content content) {
    return switch (content) {
      case Content.Email _ -> Type.EMAIL;
      case Content.Sms _ -> Type.SMS;
      case Content.Push _ -> Type.PUSH;
      case Content.Chat _ -> Type.CHAT;
      case Content.InAppFeed _ -> Type.IN_APP_FEED;
      case Content.Http _ -> Type.HTTP;
    };
  }

  private static Json.Obj fields(Content content) {
    return switch (content) {
      case Content.Email email -> email(email);
      case Content.Sms(var to, var body, var overrides) ->
          overridden(Json.object().with("to", to).with("body", body), overrides);
      case Content.Push(var token, var title, var body, var data, var silent, var overrides) ->
          overridden(
              Json.object()
                  .with("token", token)
                  .with("title", title)
                  .with("body", body)
                  .with("data", data)
                  .with("silent", Json.of(silent)),
              overrides);
      case Content.Chat(var connection, var body, var overrides) ->
          overridden(chat(body).with("connection", connection), overrides);
      case Content.InAppFeed(var blocks) -> Json.object().with("blocks", blocks);
      case Content.Http(var method, var url, var headers, var query, var body) ->
          Json.object()
              .with("method", method)
              .with("url", url)
              .with("headers", list(headers, ContentCodec::field))
              .with("query_params", list(query, ContentCodec::field))
              .with("body", body);
    };
  }

  private static Content read(Type type, Json.Obj json) {
    Json.Obj overrides = json.object(OVERRIDES);
    return switch (type) {
      case EMAIL -> readEmail(json);
      case SMS -> new Content.Sms(text(json, "to"), text(json, "body"), overrides);
      case PUSH ->
          new Content.Push(
              text(json, "token"),
              text(json, "title"),
              text(json, "body"),
              json.object("data"),
              Json.TRUE.equals(json.fields().get("silent")),
              overrides);
      case CHAT -> new Content.Chat(json.object("connection"), readChat(json), overrides);
      case IN_APP_FEED -> new Content.InAppFeed(new Json.Arr(json.list("blocks")));
      case HTTP ->
          new Content.Http(
              text(json, "method"),
              text(json, "url"),
              objects(json, "headers", ContentCodec::readField),
              objects(json, "query_params", ContentCodec::readField),
              text(json, "body"));
    };
  }

  private static Json.Obj email(Content.Email email) {
    Envelope envelope = email.envelope();
    Json.Obj json = Json.object();
    if (envelope.from().isPresent()) {
      json = json.with("from", mailbox(envelope.from().get()));
    }
    json =
        json.with("to", list(envelope.to(), ContentCodec::mailbox))
            .with("cc", list(envelope.cc(), ContentCodec::mailbox))
            .with("bcc", list(envelope.bcc(), ContentCodec::mailbox))
            .with("reply_to", list(envelope.replyTo(), ContentCodec::mailbox))
            .with("subject_line", email.subject())
            .with("html_body", email.html())
            .with("text_body", email.text());
    if (!email.headers().isEmpty()) {
      var headers = new LinkedHashMap<String, Json>();
      email.headers().forEach((name, value) -> headers.put(name, Json.of(value)));
      json = json.with("headers", new Json.Obj(headers));
    }
    if (!email.attachments().isEmpty()) {
      json = json.with("attachments", list(email.attachments(), ContentCodec::attachment));
    }
    return overridden(json, email.overrides());
  }

  private static Content.Email readEmail(Json.Obj json) {
    return new Content.Email(
        new Envelope(
            json.get("from").flatMap(ContentCodec::object).map(ContentCodec::readMailbox),
            objects(json, "to", ContentCodec::readMailbox),
            objects(json, "cc", ContentCodec::readMailbox),
            objects(json, "bcc", ContentCodec::readMailbox),
            objects(json, "reply_to", ContentCodec::readMailbox)),
        text(json, "subject_line"),
        text(json, "html_body"),
        text(json, "text_body"),
        texts(json.object("headers")),
        objects(json, "attachments", ContentCodec::readAttachment),
        json.object(OVERRIDES));
  }

  private static Json.Obj mailbox(Mailbox mailbox) {
    Json.Obj json = Json.object();
    return (mailbox.name().isPresent() ? json.with("name", mailbox.name().get()) : json)
        .with("address", mailbox.address());
  }

  private static Mailbox readMailbox(Json.Obj json) {
    return new Mailbox(json.text("name"), text(json, "address"));
  }

  private static Json.Obj attachment(Attachment file) {
    Json.Obj json =
        Json.object()
            .with("name", file.name())
            .with("content_type", file.contentType())
            .with("content", file.content())
            .with("inline", Json.of(file.inline()));
    return file.contentId().map(id -> json.with("content_id", id)).orElse(json);
  }

  private static Attachment readAttachment(Json.Obj json) {
    return new Attachment(
        text(json, "name"),
        text(json, "content_type"),
        text(json, "content"),
        json.text("content_id"),
        Json.TRUE.equals(json.fields().get("inline")));
  }

  private static Json.Obj chat(ChatBody body) {
    return switch (body) {
      case ChatBody.Markdown(var text) -> Json.object().with("markdown_body", text);
      case ChatBody.Blocks(var json, var summary) ->
          Json.object().with("json_body", json).with("summary", summary);
    };
  }

  private static ChatBody readChat(Json.Obj json) {
    return json.get("json_body")
        .<ChatBody>map(blocks -> new ChatBody.Blocks(blocks, text(json, "summary")))
        .orElseGet(() -> new ChatBody.Markdown(text(json, "markdown_body")));
  }

  private static Json.Obj field(Field field) {
    return Json.object().with("name", field.name()).with("value", field.value());
  }

  private static Field readField(Json.Obj json) {
    return new Field(text(json, "name"), text(json, "value"));
  }

  private static Json.Obj overridden(Json.Obj json, Json.Obj overrides) {
    return overrides.fields().isEmpty() ? json : json.with(OVERRIDES, overrides);
  }

  private static <T> Json.Arr list(List<T> items, Function<T, Json.Obj> write) {
    return new Json.Arr(List.copyOf(items.stream().<Json>map(write::apply).toList()));
  }

  private static <T> List<T> objects(Json.Obj json, String key, Function<Json.Obj, T> read) {
    return json.list(key).stream().flatMap(item -> object(item).stream()).map(read).toList();
  }

  private static Optional<Json.Obj> object(Json json) {
    return json instanceof Json.Obj object ? Optional.of(object) : Optional.empty();
  }

  /** The fields of an object that are texts. */
  static Map<String, String> texts(Json.Obj json) {
    var texts = new LinkedHashMap<String, String>();
    json.fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Str(var text)) {
                texts.put(name, text);
              }
            });
    return texts;
  }

  static String text(Json.Obj json, String key) {
    return json.text(key).orElse("");
  }
}
