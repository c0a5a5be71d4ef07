package dev.carillon.webhook;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.webhook.signature.WebhookSecrets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somewhere that hears of an environment's events.
 *
 * @param revision 0 before it is first stored, then the number of times it was
 */
public record WebhookEndpoint(
    EnvironmentId environment,
    WebhookEndpointId id,
    Contact contact,
    WebhookFilter filter,
    WebhookSecrets secrets,
    EndpointHealth health,
    long revision,
    Instant insertedAt) {
  private static final Pattern URL = Pattern.compile("(?i:https?)://[\\x21-\\x7e]{1,2000}");

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?([/?]|$)");

  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^\\s\\p{Cntrl}@,;:<>()\\[\\]\"\\\\]{1,64}@[^\\s\\p{Cntrl}@,;:<>()\"\\\\]{1,255}");

  /**
   * Where it is and whose.
   *
   * @param url where calls go: {@code https}, or {@code http} where the deployment allows it; or
   *     the ARN of an {@link AwsDestination}. Which may be called is decided at the call.
   * @param owner the address of who is mailed when the endpoint is given up; empty for nobody
   */
  public record Contact(String url, Optional<String> owner) {
    public Contact {
      if (!isUrl(url)) {
        throw new IllegalArgumentException("Not the URL of an endpoint");
      }
      if (owner.filter(it -> !isAddress(it)).isPresent()) {
        throw new IllegalArgumentException("Not the address of an owner");
      }
    }
  }

  /** One that nobody owns. */
  public WebhookEndpoint(
      EnvironmentId environment,
      WebhookEndpointId id,
      String url,
      WebhookFilter filter,
      WebhookSecrets secrets,
      EndpointHealth health,
      long revision,
      Instant insertedAt) {
    this(
        environment,
        id,
        new Contact(url, Optional.empty()),
        filter,
        secrets,
        health,
        revision,
        insertedAt);
  }

  public String url() {
    return contact.url();
  }

  /** Whether it can be the address that mail goes to, without a name. */
  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
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
        : new WebhookEndpoint(
            environment, id, contact, filter, secrets, next, revision, insertedAt);
  }

  public WebhookEndpoint with(WebhookSecrets next) {
    return new WebhookEndpoint(
        environment, id, contact, filter, next, health, revision, insertedAt);
  }

  /** Told something else, somewhere else, perhaps of somebody else. */
  public WebhookEndpoint with(Contact next, WebhookFilter nextFilter) {
    return new WebhookEndpoint(
        environment, id, next, nextFilter, secrets, health, revision, insertedAt);
  }

  public WebhookEndpoint stored() {
    return new WebhookEndpoint(
        environment, id, contact, filter, secrets, health, revision + 1, insertedAt);
  }
}
