package dev.carillon.functions.callbacks;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.MessageId;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What SES says became of a mail: an event of the configuration set, as SNS hands it on raw.
 *
 * @param type SES's name: {@code Send}, {@code Delivery}, {@code Bounce}, …
 * @param status the status it means for our message; empty for events that mean none
 * @param details for the message's timeline
 */
record SesEvent(
    EnvironmentId environment,
    MessageId message,
    String type,
    Optional<DeliveryStatus> status,
    Json.Obj details) {
  private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9_-]{1,64}");

  /**
   * Empty for what is not about a mail of ours: an event without our tags, or the plain sentence
   * that SES publishes once to try a new event destination.
   */
  static Optional<SesEvent> of(String body) {
    try {
      return JsonText.parse(body) instanceof Json.Obj event ? of(event) : Optional.empty();
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  static Optional<SesEvent> of(Json.Obj event) {
    Json.Obj tags = event.object("mail").object("tags");
    Optional<String> environment =
        tag(tags, "carillon_environment").filter(it -> ENVIRONMENT.matcher(it).matches());
    Optional<String> message = tag(tags, "carillon_message_id").filter(Ksuid::isValid);
    if (environment.isEmpty() || message.isEmpty()) {
      return Optional.empty();
    }
    String type = event.text("eventType").orElse("");
    return Optional.of(
        new SesEvent(
            new EnvironmentId(environment.get()),
            new MessageId(message.get()),
            type,
            status(type),
            details(type, event)));
  }

  private static Optional<DeliveryStatus> status(String type) {
    return switch (type) {
      case "Delivery" -> Optional.of(DeliveryStatus.DELIVERED);
      case "Bounce" -> Optional.of(DeliveryStatus.BOUNCED);
      case "Reject", "Rendering Failure" -> Optional.of(DeliveryStatus.UNDELIVERED);
      // Send tells what our own record of the attempt tells; a complaint comes from somebody who
      // got the mail; a delay is followed by a delivery or a bounce.
      default -> Optional.empty();
    };
  }

  /** Why, without addresses. */
  private static Json.Obj details(String type, Json.Obj event) {
    return switch (type) {
      case "Bounce" -> {
        Json.Obj bounce = event.object("bounce");
        yield Json.object()
            .with("failure_reason", "bounced")
            .with(
                "failure_details",
                bounce.text("bounceType").orElse("Undetermined")
                    + "/"
                    + bounce.text("bounceSubType").orElse("Undetermined"));
      }
      case "Reject" ->
          Json.object()
              .with("failure_reason", "fatal_error")
              .with("failure_details", event.object("reject").text("reason").orElse("rejected"));
      default -> Json.object();
    };
  }

  private static Optional<String> tag(Json.Obj tags, String name) {
    return tags.list(name).stream()
        .flatMap(value -> value instanceof Json.Str(var text) ? Stream.of(text) : Stream.empty())
        .findFirst();
  }
}
