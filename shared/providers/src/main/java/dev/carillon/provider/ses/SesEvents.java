package dev.carillon.provider.ses;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.callback.SnsEnvelope;
import dev.carillon.provider.format.JsonBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What SES says became of mails: events of a configuration set, or notifications of an identity,
 * which SNS posts to us or puts into a queue of ours.
 *
 * <p>https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
public final class SesEvents implements CallbackReader {
  static final String MESSAGE_TAG = "carillon_message_id";
  static final String ENVIRONMENT_TAG = "carillon_environment";
  private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9_-]{1,64}");

  /**
   * How one type of event is read.
   *
   * @param part the field with its details, which has the time of it
   * @param recipients the list in that part, of addresses or of objects with an {@code
   *     emailAddress}
   */
  private record Type(Effect effect, String part, String recipients) {}

  private static final Type UNKNOWN = new Type(Effect.NOTED, "mail", "");

  /**
   * Send tells what our own record of the attempt tells; a complaint comes from somebody who got
   * the mail; a delay is followed by a delivery or a bounce.
   */
  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          Map.entry("Delivery", new Type(Effect.DELIVERED, "delivery", "recipients")),
          Map.entry("Bounce", new Type(Effect.BOUNCED, "bounce", "bouncedRecipients")),
          Map.entry("Complaint", new Type(Effect.COMPLAINED, "complaint", "complainedRecipients")),
          Map.entry("Reject", new Type(Effect.UNDELIVERED, "reject", "")),
          Map.entry("Rendering Failure", new Type(Effect.UNDELIVERED, "failure", "")),
          Map.entry("RenderingFailure", new Type(Effect.UNDELIVERED, "failure", "")),
          Map.entry("DeliveryDelay", new Type(Effect.NOTED, "deliveryDelay", "delayedRecipients")),
          Map.entry("Open", new Type(Effect.NOTED, "open", "")),
          Map.entry("Click", new Type(Effect.NOTED, "click", "")),
          Map.entry("Subscription", new Type(Effect.NOTED, "subscription", "")),
          Map.entry("Send", new Type(Effect.NOTED, "mail", "")));

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    Optional<String> topic = settings.text(AmazonSes.TOPIC.name());
    if (topic.isEmpty()) {
      return Verdict.unchecked(AmazonSes.TOPIC);
    }
    // Raw delivery leaves the signature out; its body could be anybody's.
    return request.headers().containsKey("x-amz-sns-rawdelivery")
        ? new Verdict.Forged("a raw message carries no signature")
        : SnsEnvelope.of(request).verify(topic.get(), lookups, now);
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    SnsEnvelope envelope = SnsEnvelope.of(request);
    List<CallbackEvent> events =
        envelope
            .notification()
            .map(JsonBody::object)
            .map(event -> events(envelope.id(), event, now))
            .orElse(List.of());
    return new Report(events, envelope.answer());
  }

  /**
   * The events in what SES published, one for each address that it names; none in what is no event,
   * such as the sentence with which SES tries a new destination.
   *
   * @param id of the message that SNS brought it in, the same when it is brought again
   * @param now the time of events that name none
   */
  public static List<CallbackEvent> events(String id, Json.Obj event, Instant now) {
    Optional<String> type = event.text("eventType").or(() -> event.text("notificationType"));
    if (type.isEmpty()) {
      return List.of();
    }
    Type known = TYPES.getOrDefault(type.get(), UNKNOWN);
    Json.Obj part = event.object(known.part());
    List<Optional<String>> addresses = addresses(part.list(known.recipients()));
    var events = new ArrayList<CallbackEvent>();
    for (int i = 0; i < addresses.size(); i++) {
      Json.Obj mail = event.object("mail");
      events.add(
          new CallbackEvent(
              addresses.size() == 1 ? id : id + ":" + i,
              Correlation.message(tag(mail, MESSAGE_TAG).or(() -> tag(mail, Correlation.MESSAGE))),
              mail.text("messageId"),
              addresses.get(i),
              type.get(),
              effect(known, part),
              EventTimes.iso(part.text("timestamp"))
                  .or(() -> EventTimes.iso(mail.text("timestamp")))
                  .orElse(now),
              reason(known, part)));
    }
    return List.copyOf(events);
  }

  /** The environment that a mail was tagged with; empty when it is not one of ours. */
  public static Optional<EnvironmentId> environment(Json.Obj event) {
    return tag(event.object("mail"), ENVIRONMENT_TAG)
        .filter(it -> ENVIRONMENT.matcher(it).matches())
        .map(EnvironmentId::new);
  }

  /** Any bounce bounces the message, as in Knock; only a permanent one says so of the address. */
  private static Effect effect(Type type, Json.Obj part) {
    boolean permanent = part.text("bounceType").filter("Permanent"::equals).isPresent();
    return type.effect().equals(Effect.BOUNCED) && permanent ? Effect.DEAD : type.effect();
  }

  /** Why, without addresses. */
  private static Optional<String> reason(Type type, Json.Obj part) {
    if (type.effect().equals(Effect.BOUNCED)) {
      String undetermined = "Undetermined";
      return Optional.of(
          ProviderWords.of(
              List.of(),
              part.text("bounceType").orElse(undetermined)
                  + "/"
                  + part.text("bounceSubType").orElse(undetermined)));
    }
    return type.effect().equals(Effect.UNDELIVERED)
        ? Optional.of(
            ProviderWords.of(
                List.of(),
                part.text("reason").or(() -> part.text("errorMessage")).orElse("rejected")))
        : Optional.empty();
  }

  /** One that is empty when none is named: the event is about the whole mail then. */
  private static List<Optional<String>> addresses(List<Json> recipients) {
    var addresses = new ArrayList<Optional<String>>();
    for (Json recipient : recipients) {
      if (recipient instanceof Json.Str(var address)) {
        addresses.add(Optional.of(address));
      } else if (recipient instanceof Json.Obj one) {
        addresses.add(one.text("emailAddress"));
      }
    }
    return addresses.isEmpty() ? List.of(Optional.empty()) : addresses;
  }

  /** Values of tags are lists of one. */
  private static Optional<String> tag(Json.Obj mail, String name) {
    return mail.object("tags").list(name).stream()
        .filter(Json.Str.class::isInstance)
        .map(value -> ((Json.Str) value).value())
        .findFirst();
  }
}
