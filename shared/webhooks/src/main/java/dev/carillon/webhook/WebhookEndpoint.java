package dev.carillon.webhook;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.webhook.signature.WebhookSecrets;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Somewhere that hears of an environment's events.
 *
 * @param url where calls go: {@code https}, or {@code http} where the deployment allows it; or the
 *     ARN of an {@link AwsDestination}. Which may be called is decided at the call.
 * @param revision 0 before it is first stored, then the number of times it was
 */
public record WebhookEndpoint(
    EnvironmentId environment,
    WebhookEndpointId id,
    String url,
    WebhookFilter filter,
    WebhookSecrets secrets,
    EndpointHealth health,
    long revision,
    Instant insertedAt) {
  private static final Pattern URL = Pattern.compile("(?i:https?)://[\\x21-\\x7e]{1,2000}");

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?([/?]|$)");

  public WebhookEndpoint {
    if (!isUrl(url)) {
      throw new IllegalArgumentException("Not the URL of an endpoint");
    }
  }

  /** Whether it can be the URL of an endpoint, as far as its text says. */
  public static boolean isUrl(String text) {
    return (URL.matcher(text).matches() && text.indexOf('#') < 0)
        || AwsDestination.parse(text).isPresent();
  }

  /**
   * Whether calls to that URL stay readable for nobody between, or never leave the machine: plain
   * http is for loopback names alone, which only a local stack can be told to reach.
   */
  public static boolean isPrivate(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("https://")
        || LOOPBACK.matcher(url).lookingAt()
        || AwsDestination.parse(url).isPresent();
  }

  /** Whether it is to hear of the event now. */
  public boolean hears(WebhookEvent event) {
    return health.enabled() && environment.equals(event.environment()) && filter.passes(event);
  }

  /** What publishers know of it. */
  public WebhookHearing hearing() {
    return new WebhookHearing(id, filter, health.keepsLog());
  }

  /** After a try; the same when nothing changed, so that nothing need be stored. */
  public WebhookEndpoint after(WebhookAnswer answer, Instant now) {
    return with(health.after(answer, now));
  }

  public WebhookEndpoint enabled() {
    return with(EndpointHealth.GOOD);
  }

  public WebhookEndpoint disabled(Instant now) {
    return with(health.disabled(EndpointHealth.Cause.BY_HAND, now));
  }

  public WebhookEndpoint with(EndpointHealth next) {
    return next.equals(health)
        ? this
        : new WebhookEndpoint(environment, id, url, filter, secrets, next, revision, insertedAt);
  }

  public WebhookEndpoint with(WebhookSecrets next) {
    return new WebhookEndpoint(environment, id, url, filter, next, health, revision, insertedAt);
  }

  /** Told something else, somewhere else. */
  public WebhookEndpoint with(String nextUrl, WebhookFilter nextFilter) {
    return new WebhookEndpoint(
        environment, id, nextUrl, nextFilter, secrets, health, revision, insertedAt);
  }

  public WebhookEndpoint stored() {
    return new WebhookEndpoint(
        environment, id, url, filter, secrets, health, revision + 1, insertedAt);
  }
}
