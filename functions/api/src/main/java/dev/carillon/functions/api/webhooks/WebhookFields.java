package dev.carillon.functions.api.webhooks;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.TenantId;
import dev.carillon.webhook.AwsDestination;
import dev.carillon.webhook.OwnerMail;
import dev.carillon.webhook.WebhookDestinations;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookFilter;
import dev.carillon.webhook.signature.WebhookSecret;
import dev.carillon.workflow.WorkflowKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of bodies about webhook endpoints. Each is refused when it is not as it must be. */
final class WebhookFields {
  /** Who is mailed when the endpoint is given up. */
  static final String OWNER = "owner_email";

  static final Set<String> CREATING =
      Set.of("url", "event_types", "workflows", "channels", "tenants", OWNER, "secret");
  static final Set<String> CHANGING =
      Set.of("url", "event_types", "workflows", "channels", "tenants", OWNER, "enabled");

  private static final Set<String> TYPES =
      Arrays.stream(WebhookEventType.values())
          .filter(it -> it != WebhookEventType.TEST)
          .map(WebhookEventType::wireName)
          .collect(Collectors.toUnmodifiableSet());

  private WebhookFields() {}

  static String url(RequestValue value, WebhookDestinations destinations) {
    String url = value.text();
    if (!WebhookEndpoint.isUrl(url)) {
      throw value.refused(
          "must be an absolute URL without a fragment, at most 2,000 characters, or the ARN of a"
              + " standard SQS queue, an EventBridge bus or a Firehose stream");
    }
    if (AwsDestination.parse(url).filter(arn -> !destinations.allows(arn)).isPresent()) {
      throw value.refused(
          "must be among the deployment's webhookDestinations, which give it leave to write there");
    }
    if (!WebhookEndpoint.isPrivate(url)) {
      throw value.refused("must begin with https://");
    }
    return url;
  }

  /**
   * Whom the body makes the owner: nobody by null, the same as in {@code before} by silence.
   *
   * @param channels what mail goes out by: without one for mail nobody could be told
   */
  static Optional<String> owner(
      RequestFields body, Optional<String> before, Channels channels, EnvironmentId environment) {
    return body.json().get(OWNER).isPresent()
        ? body.optional(OWNER).map(it -> owner(it, channels, environment))
        : before;
  }

  private static String owner(RequestValue value, Channels channels, EnvironmentId environment) {
    String address = value.text();
    if (!WebhookEndpoint.isAddress(address)) {
      throw value.refused("must be one email address without a name");
    }
    if (OwnerMail.channel(channels.all(environment)).isEmpty()) {
      throw value.refused(
          "cannot be told: the environment has no email channel out of sandbox mode");
    }
    return address;
  }

  /**
   * The filter that the body asks for: what it does not name stays as in {@code before}.
   *
   * @param before empty for a new endpoint, which hears of whatever it does not rule out
   */
  static WebhookFilter filter(
      RequestFields body,
      Optional<WebhookFilter> before,
      Channels channels,
      EnvironmentId environment) {
    Set<WebhookEventType> types =
        body.optional("event_types")
            .map(list -> some(list, 1, TYPES.size(), WebhookFields::type))
            .or(() -> before.map(WebhookFilter::types))
            .orElseThrow(
                () -> ErrorCode.INVALID_PARAMS.at(body.pathOf("event_types"), "is required"));
    return new WebhookFilter(
        types,
        part(body, "workflows", before.map(WebhookFilter::workflows), WebhookFields::workflow),
        part(
            body,
            "channels",
            before.map(WebhookFilter::channels),
            value -> channel(value, channels, environment)),
        part(
            body,
            "tenants",
            before.map(WebhookFilter::tenants),
            value -> new TenantId(value.id())));
  }

  private static <T> Set<T> part(
      RequestFields body, String name, Optional<Set<T>> before, Function<RequestValue, T> read) {
    return body.optional(name)
        .map(list -> some(list, 0, Limits.WEBHOOK_FILTER, read))
        .or(() -> before)
        .orElse(Set.of());
  }

  private static <T> Set<T> some(
      RequestValue list, int least, int most, Function<RequestValue, T> read) {
    return list.list(least, most).stream().map(read).collect(Collectors.toUnmodifiableSet());
  }

  private static WebhookEventType type(RequestValue value) {
    return WebhookEventType.named(value.oneOf(TYPES)).orElseThrow();
  }

  private static WorkflowKey workflow(RequestValue value) {
    try {
      return new WorkflowKey(value.text());
    } catch (IllegalArgumentException _) {
      throw value.refused("must be the key of a workflow");
    }
  }

  private static ChannelId channel(
      RequestValue value, Channels channels, EnvironmentId environment) {
    return channels
        .find(environment, value.text())
        .map(Channel::id)
        .orElseThrow(() -> value.refused("must be the key or id of a channel"));
  }

  /** One of the caller's own, for who changes over from another product. */
  static WebhookSecret secret(RequestValue value) {
    try {
      return WebhookSecret.parse(value.text());
    } catch (IllegalArgumentException _) {
      throw value.refused("must be whsec_ and 24 to 64 bytes in base 64");
    }
  }
}
