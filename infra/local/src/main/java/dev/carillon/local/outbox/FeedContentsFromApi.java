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

/** Reads feed messages as any client with the secret key would. */
public final class FeedContentsFromApi implements FeedContents {
  private static final int DEPTH = 200;

  private final LocalHttpApi gateway;
  private final String secretKey;

  public FeedContentsFromApi(LocalHttpApi gateway, String secretKey) {
    this.gateway = gateway;
    this.secretKey = secretKey;
  }

  @Override
  public Optional<FeedContent> read(String messageId) {
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

  private static FeedContent content(Json.Obj data, String recipient) {
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
    return new FeedContent(recipient, String.join("\n", html), String.join("\n", text));
  }
}
