package dev.carillon.local.outbox;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.local.http.HttpApiRequest;
import dev.carillon.local.http.LocalHttpApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads messages as any client with the secret key would. */
public final class MessageContentsFromApi implements MessageContents {
  private static final int DEPTH = 200;

  private final LocalHttpApi gateway;
  private final String secretKey;

  public MessageContentsFromApi(LocalHttpApi gateway, String secretKey) {
    this.gateway = gateway;
    this.secretKey = secretKey;
  }

  @Override
  public Optional<Said> read(String messageId) {
    return get("/v1/messages/" + messageId + "/content")
        .flatMap(
            content ->
                get("/v1/messages/" + messageId)
                    .map(message -> content(content.object("data"), recipient(message))));
  }

  private Optional<Json.Obj> get(String path) {
    var answer =
        gateway.answer(
            new HttpApiRequest(
                "GET",
                path,
                "",
                Map.of(
                    "authorization",
                    List.of("Bearer " + secretKey),
                    "host",
                    List.of("localhost"),
                    "user-agent",
                    List.of("carillon-outbox")),
                new byte[0],
                "127.0.0.1",
                "HTTP/1.1"));
    try {
      return answer.status() == 200 && JsonText.parse(answer.body(), DEPTH) instanceof Json.Obj body
          ? Optional.of(body)
          : Optional.empty();
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  /** A user is given by id, an object by collection and id. */
  private static String recipient(Json.Obj message) {
    return message
        .text("recipient")
        .orElseGet(
            () -> {
              var object = message.object("recipient");
              return object.text("collection").map(collection -> collection + "/").orElse("")
                  + object.text("id").orElse("");
            });
  }

  private static Said content(Json.Obj data, String recipient) {
    return switch (data.text("__typename").orElse("")) {
      case "MessageSmsContent" ->
          text(data.text("to").orElse(recipient), data.text("body").orElse(""));
      case "MessagePushContent" ->
          new Said(
              data.text("token").orElse(recipient),
              Optional.empty(),
              data.text("title"),
              Optional.empty(),
              data.text("body").orElse(""));
      case "MessageChatContent" ->
          text(
              conversation(data.object("connection")).orElse(recipient),
              chat(data.object("template")));
      case "MessageEmailContent" ->
          new Said(
              data.text("to").orElse(recipient),
              data.text("from"),
              data.text("subject_line"),
              data.text("html_body").filter(html -> !html.isEmpty()),
              data.text("text_body").orElse(""));
      default -> feedItem(data, recipient);
    };
  }

  private static Said text(String to, String text) {
    return new Said(to, Optional.empty(), Optional.empty(), Optional.empty(), text);
  }

  private static Optional<String> conversation(Json.Obj connection) {
    return connection.fields().values().stream()
        .filter(Json.Str.class::isInstance)
        .map(id -> ((Json.Str) id).value())
        .findFirst();
  }

  /** In Markdown, or what a notification shows in place of the blocks, and the blocks. */
  private static String chat(Json.Obj template) {
    return template
        .text("markdown_body")
        .orElseGet(
            () ->
                Stream.of(
                        template.text("summary").filter(it -> !it.isEmpty()),
                        template.get("blocks").map(JsonText::write),
                        template.get("json_content").map(JsonText::write))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining("\n")));
  }

  private static Said feedItem(Json.Obj data, String recipient) {
    var html = new ArrayList<String>();
    var text = new ArrayList<String>();
    for (var item : data.list("blocks")) {
      if (item instanceof Json.Obj block) {
        var rendered = block.text("rendered").orElse("");
        if (block.text("type").equals(Optional.of("markdown"))) {
          html.add(rendered);
          text.add(HtmlText.text(rendered));
        } else if (!rendered.isEmpty()) {
          html.add("<p class=\"field\">" + HtmlText.escaped(rendered) + "</p>");
          text.add(rendered);
        }
        for (var each : block.list("buttons")) {
          if (each instanceof Json.Obj button) {
            html.add("<button>" + HtmlText.escaped(button.text("label").orElse("")) + "</button>");
            text.add("[" + button.text("label").orElse("") + "]");
          }
        }
      }
    }
    return new Said(
        recipient,
        Optional.empty(),
        Optional.empty(),
        Optional.of(String.join("\n", html)),
        String.join("\n", text));
  }
}
