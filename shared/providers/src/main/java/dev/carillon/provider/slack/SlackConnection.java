package dev.carillon.provider.slack;

import dev.carillon.json.Json;
import dev.carillon.provider.chat.IncomingWebhook;
import java.util.Optional;
import java.util.Set;

/** Where a message goes, as channel data says it. */
sealed interface SlackConnection {
  /** The product's hosts, that of its edition for governments among them. */
  Set<String> HOSTS = Set.of("hooks.slack.com", "hooks.slack-gov.com");

  record ToWebhook(String url) implements SlackConnection {
    @Override
    public String toString() {
      return "ToWebhook[]";
    }
  }

  /** To a channel, or to a user, whose id opens a conversation with them. */
  record Conversation(String token, String id) implements SlackConnection {
    @Override
    public String toString() {
      return "Conversation[" + id + "]";
    }
  }

  /** To a user of whom the email address is known. */
  record Person(String token, String email) implements SlackConnection {
    @Override
    public String toString() {
      return "Person[]";
    }
  }

  /** Nowhere. */
  record Incomplete(String reason) implements SlackConnection {}

  /**
   * The tenant's token, which stands beside the connection under {@code token}, comes before the
   * connection's own.
   */
  static SlackConnection of(Json.Obj connection) {
    return switch (IncomingWebhook.of(connection, HOSTS::contains)) {
      case IncomingWebhook.To(var url) -> new ToWebhook(url);
      case IncomingWebhook.Elsewhere() -> new Incomplete("the webhook's URL is none of Slack's");
      case IncomingWebhook.None() -> conversation(connection);
    };
  }

  private static SlackConnection conversation(Json.Obj connection) {
    Optional<String> token =
        text(connection.object("token"), "access_token").or(() -> text(connection, "access_token"));
    if (token.isEmpty()) {
      return new Incomplete("no access token");
    }
    Optional<String> id = text(connection, "channel_id").or(() -> text(connection, "user_id"));
    if (id.isPresent()) {
      return new Conversation(token.get(), id.get());
    }
    return text(connection, "email")
        .<SlackConnection>map(email -> new Person(token.get(), email))
        .orElseGet(() -> new Incomplete("neither a channel nor a user"));
  }

  private static Optional<String> text(Json.Obj object, String name) {
    return object.text(name).map(String::strip).filter(text -> !text.isEmpty());
  }
}
