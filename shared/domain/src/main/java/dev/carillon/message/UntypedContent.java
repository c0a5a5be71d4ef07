package dev.carillon.message;

import dev.carillon.json.Json;
import dev.carillon.message.Content.Envelope;
import dev.carillon.message.Content.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Contents stored before they had types. Mails have their addresses as texts ({@code from, to, cc,
 * bcc, reply_to}, and the sender once more as {@code from_name} and {@code from_address}); webhooks
 * have headers and parameters as objects; feeds have {@code blocks}.
 */
final class UntypedContent {
  private UntypedContent() {}

  static Content read(Json.Obj json) {
    if (json.get("blocks").isPresent()) {
      return new Content.InAppFeed(new Json.Arr(json.list("blocks")));
    }
    if (json.get("url").isPresent() || json.get("method").isPresent()) {
      return new Content.Http(
          json.text("method").orElse("POST"),
          ContentCodec.text(json, "url"),
          fields(json.object("headers")),
          fields(json.object("query_params")),
          ContentCodec.text(json, "body"));
    }
    return new Content.Email(
        new Envelope(
            sender(json),
            Mailboxes.of(ContentCodec.text(json, "to")),
            Mailboxes.of(ContentCodec.text(json, "cc")),
            Mailboxes.of(ContentCodec.text(json, "bcc")),
            Mailboxes.of(ContentCodec.text(json, "reply_to"))),
        ContentCodec.text(json, "subject_line"),
        ContentCodec.text(json, "html_body"),
        ContentCodec.text(json, "text_body"),
        ContentCodec.texts(json.object("headers")),
        List.of(),
        Json.Obj.EMPTY);
  }

  private static Optional<Content.Mailbox> sender(Json.Obj json) {
    return json.text("from_address")
        .map(address -> Mailboxes.of(ContentCodec.text(json, "from_name"), address))
        .or(() -> Mailboxes.of(ContentCodec.text(json, "from")).stream().findFirst());
  }

  private static List<Field> fields(Json.Obj json) {
    return json.fields().entrySet().stream().map(UntypedContent::field).toList();
  }

  private static Field field(Map.Entry<String, Json> entry) {
    return new Field(
        entry.getKey(),
        entry.getValue() instanceof Json.Str(var text)
            ? text
            : String.valueOf(Json.plain(entry.getValue())));
  }
}
