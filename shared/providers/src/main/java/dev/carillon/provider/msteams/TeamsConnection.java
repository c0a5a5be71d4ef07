package dev.carillon.provider.msteams;

import dev.carillon.json.Json;
import dev.carillon.provider.chat.IncomingWebhook;
import java.util.List;
import java.util.Optional;

/** Where a message goes, as channel data says it. */
sealed interface TeamsConnection {
  /** A workflow's hosts, and those of connectors, of which the last are being switched off. */
  List<String> HOSTS =
      List.of(
          ".logic.azure.com",
          ".logic.azure.us",
          ".environment.api.powerplatform.com",
          ".environment.api.powerplatform.us",
          ".webhook.office.com");

  record ToWebhook(String url) implements TeamsConnection {
    @Override
    public String toString() {
      return "ToWebhook[]";
    }
  }

  record ToChannel(String tenant, String channel) implements TeamsConnection {}

  record ToUser(String tenant, String user) implements TeamsConnection {}

  /** Nowhere. */
  record Incomplete(String reason) implements TeamsConnection {}

  static TeamsConnection of(Json.Obj connection) {
    return switch (IncomingWebhook.of(
        connection, host -> HOSTS.stream().anyMatch(host::endsWith))) {
      case IncomingWebhook.To(var url) -> new ToWebhook(url);
      case IncomingWebhook.Elsewhere() -> new Incomplete("the webhook's URL is none of Teams'");
      case IncomingWebhook.None() -> conversation(connection);
    };
  }

  private static TeamsConnection conversation(Json.Obj connection) {
    Optional<String> tenant = text(connection, "ms_teams_tenant_id");
    Optional<String> channel = text(connection, "ms_teams_channel_id");
    Optional<String> user = text(connection, "ms_teams_user_id");
    if (tenant.isEmpty()) {
      return new Incomplete("no tenant");
    }
    return channel
        .<TeamsConnection>map(id -> new ToChannel(tenant.get(), id))
        .or(() -> user.map(id -> new ToUser(tenant.get(), id)))
        .orElseGet(() -> new Incomplete("neither a channel nor a user"));
  }

  private static Optional<String> text(Json.Obj object, String name) {
    return object.text(name).map(String::strip).filter(text -> !text.isEmpty());
  }
}
