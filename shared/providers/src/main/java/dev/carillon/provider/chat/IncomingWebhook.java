package dev.carillon.provider.chat;

import dev.carillon.json.Json;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A connection that is a URL to post to. The URL is the credential, so no log shows it; and it
 * comes from whoever may write channel data, so that it leads to the product's own hosts or
 * nowhere.
 */
public sealed interface IncomingWebhook {

  /** The connection has none: it names a conversation. */
  record None() implements IncomingWebhook {}

  /** The connection has one that leads elsewhere or is no URL. */
  record Elsewhere() implements IncomingWebhook {}

  /** As the connection has it. */
  record To(String url) implements IncomingWebhook {}

  /**
   * What {@code incoming_webhook.url} of a connection is.
   *
   * @param hosts the product's, asked in lower case
   */
  static IncomingWebhook of(Json.Obj connection, Predicate<String> hosts) {
    if (!(connection.fields().get("incoming_webhook") instanceof Json.Obj webhook)) {
      return new None();
    }
    return webhook
        .text("url")
        .map(String::strip)
        .filter(url -> leadsTo(url, hosts))
        .<IncomingWebhook>map(To::new)
        .orElseGet(Elsewhere::new);
  }

  private static boolean leadsTo(String url, Predicate<String> hosts) {
    return parsed(url)
        .filter(uri -> "https".equalsIgnoreCase(uri.getScheme()))
        .filter(uri -> uri.getPort() < 0 || uri.getPort() == 443)
        .filter(uri -> uri.getRawUserInfo() == null && uri.getRawFragment() == null)
        .map(URI::getHost)
        .filter(host -> hosts.test(host.toLowerCase(Locale.ROOT)))
        .isPresent();
  }

  private static Optional<URI> parsed(String url) {
    try {
      return Optional.of(URI.create(url)).filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
