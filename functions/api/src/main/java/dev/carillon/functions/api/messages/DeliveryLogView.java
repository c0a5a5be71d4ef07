package dev.carillon.functions.api.messages;

import dev.carillon.channel.Channel;
import dev.carillon.edge.view.Times;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.variable.SecretValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One attempt as a delivery log: the request, rebuilt from what the message says, and what the
 * provider answered. Credentials are not part of what a message says, so they cannot show up here.
 */
final class DeliveryLogView {
  private DeliveryLogView() {}

  static Json.Obj of(
      Message message, Attempt attempt, MessageContent content, Optional<Channel> channel) {
    return Json.object()
        .with("__typename", "MessageDeliveryLog")
        .with(
            "id",
            Ksuid.of(
                attempt.at(),
                Digest.of(
                    "delivery log", message.id().value(), Integer.toString(attempt.number()))))
        .with("environment_id", message.environment().uuid().toString())
        .with("service_name", service(message, channel))
        .with("request", request(message, content.shown()))
        .with("response", response(attempt.result()))
        .with("inserted_at", Times.of(attempt.at()));
  }

  private static String service(Message message, Optional<Channel> channel) {
    return switch (message.channelType()) {
      case EMAIL -> "Amazon SES";
      case HTTP -> channel.map(Channel::name).orElse("Webhook");
      case IN_APP_FEED -> "In-app feed";
      case SMS, PUSH, CHAT -> channel.map(Channel::provider).orElse("");
    };
  }

  private static Json.Obj request(Message message, Json.Obj rendered) {
    return switch (message.channelType()) {
      case EMAIL ->
          Json.object()
              .with("method", "POST")
              .with("host", "email.amazonaws.com")
              .with("path", "/v2/email/outbound-emails")
              .with("query", Json.NULL)
              .with("headers", Json.object().with("content-type", "application/json"))
              .with("body", rendered);
      case HTTP -> webhook(rendered);
      case IN_APP_FEED, SMS, PUSH, CHAT -> Json.Obj.EMPTY;
    };
  }

  private static Json.Obj webhook(Json.Obj rendered) {
    var url = parsed(rendered.text("url").orElse(""));
    return Json.object()
        .with("method", rendered.text("method").orElse("POST"))
        .with("host", url.map(URI::getRawAuthority).orElse(""))
        .with("path", url.map(URI::getRawPath).filter(path -> !path.isEmpty()).orElse("/"))
        .with("query", Json.ofNullable(query(url, rendered)))
        .with("headers", rendered.object("headers"))
        .with("body", rendered.get("body").orElse(Json.NULL));
  }

  private static Optional<URI> parsed(String url) {
    try {
      // Brackets are no part of a path, so that where a secret is masked would be no URL.
      return Optional.of(new URI(url.replace(SecretValues.MASK, encoded(SecretValues.MASK))));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> query(Optional<URI> url, Json.Obj rendered) {
    var parameters = rendered.object("query_params").fields();
    var own = url.map(URI::getRawQuery);
    if (parameters.isEmpty()) {
      return own.map(query -> "?" + query);
    }
    var text = new StringBuilder(own.map(query -> "?" + query + "&").orElse("?"));
    parameters.forEach(
        (name, value) ->
            text.append(text.length() > 1 && !text.toString().endsWith("&") ? "&" : "")
                .append(encoded(name))
                .append('=')
                .append(encoded(value instanceof Json.Str(var it) ? it : JsonText.write(value))));
    return Optional.of(text.toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Json.Obj response(Result result) {
    return switch (result) {
      case Result.Claimed _ -> Json.Obj.EMPTY;
      case Result.Accepted(var answer) -> answered(answer);
      case Result.Deferred(var answer, var reason, _) -> answered(answer, reason);
      case Result.Refused(var answer, var reason) -> answered(answer, reason);
      case Result.Ambiguous(var reason, _) -> unanswered(reason, true);
    };
  }

  private static Json.Obj answered(Optional<Attempt.Answer> answer, String reason) {
    return answer.map(DeliveryLogView::answered).orElseGet(() -> unanswered(reason, false));
  }

  private static Json.Obj answered(Attempt.Answer answer) {
    return Json.object()
        .with("status", Json.of(answer.status()))
        .with("headers", Json.Obj.EMPTY)
        .with("body", body(answer.body()));
  }

  /**
   * No status, as none came; the reason takes the body's place.
   *
   * @param ambiguous the provider may have taken the message all the same
   */
  private static Json.Obj unanswered(String reason, boolean ambiguous) {
    return Json.object()
        .with("headers", Json.Obj.EMPTY)
        .with("body", Json.object().with("error", reason).with("ambiguous", Json.of(ambiguous)));
  }

  /** Objects as such, everything else, cut ones too, as the text it was. */
  private static Json body(String text) {
    try {
      return JsonText.parse(text) instanceof Json.Obj object ? object : Json.of(text);
    } catch (MalformedJson _) {
      return Json.of(text);
    }
  }
}
