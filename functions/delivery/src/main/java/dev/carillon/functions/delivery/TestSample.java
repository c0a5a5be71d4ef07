package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a test of a channel sends: {@code to}, and in {@code content} what the caller wants it to
 * say instead of the sample.
 */
final class TestSample {
  private static final String TITLE = "A test from Carillon";
  private static final String BODY = "If you can read this, the channel works.";

  private TestSample() {}

  /**
   * @throws dev.carillon.edge.ApiException naming the first field that is not as it must be
   */
  static Content of(Channel channel, RequestFields body) {
    body.only(Set.of("to", "content"));
    return switch (channel.type()) {
      case EMAIL -> {
        RequestFields says = says(body, "subject", "html_body", "text_body");
        String text = text(says, "text_body", BODY);
        yield new Content.Email(
            new Content.Envelope(
                sender(channel),
                List.of(new Content.Mailbox(Optional.empty(), address(body.required("to")))),
                List.of(),
                List.of(),
                List.of()),
            text(says, "subject", TITLE),
            text(says, "html_body", "<p>" + BODY + "</p>"),
            text,
            Map.of(),
            List.of(),
            Json.Obj.EMPTY);
      }
      case SMS ->
          new Content.Sms(
              body.required("to").text(), text(says(body, "body"), "body", BODY), Json.Obj.EMPTY);
      case PUSH -> {
        RequestFields says = says(body, "title", "body");
        yield new Content.Push(
            body.required("to").text(),
            text(says, "title", TITLE),
            text(says, "body", BODY),
            Json.Obj.EMPTY,
            false,
            Json.Obj.EMPTY);
      }
      case CHAT ->
          new Content.Chat(
              body.required("to").object().json(),
              new Content.ChatBody.Markdown(text(says(body, "markdown"), "markdown", BODY)),
              Json.Obj.EMPTY);
      case HTTP -> {
        RequestFields says = says(body, "body");
        yield new Content.Http(
            "POST",
            body.required("to").text(),
            List.of(new Content.Field("Content-Type", "application/json")),
            List.of(),
            text(says, "body", "{\"test\":true}"));
      }
      case IN_APP_FEED ->
          throw ErrorCode.INVALID_PARAMS.at(
              "channel", "is a feed, of which no provider is asked anything");
    };
  }

  private static RequestFields says(RequestFields body, String... fields) {
    return body.optional("content")
        .map(RequestValue::object)
        .orElse(RequestFields.of(Json.Obj.EMPTY, "content"))
        .only(Set.of(fields));
  }

  private static String text(RequestFields says, String field, String sample) {
    return says.optional(field).map(RequestValue::text).orElse(sample);
  }

  private static String address(RequestValue to) {
    String address = to.text();
    boolean one =
        address.indexOf('@') > 0
            && address.chars().noneMatch(it -> it <= ' ' || it == ',' || it == '<' || it == '>');
    if (!one) {
      throw to.refused("must be one email address");
    }
    return address;
  }

  private static Optional<Content.Mailbox> sender(Channel channel) {
    return channel
        .settings()
        .text("from_address")
        .map(address -> new Content.Mailbox(channel.settings().text("from_name"), address));
  }
}
