package dev.carillon.local.ses;

import dev.carillon.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** The events a mail gives rise to, in the JSON in which SES publishes them. */
final class PublishSesEvents {
  private static final String SIMULATOR = "simulator.amazonses.com";

  /**
   * @param type as in the API: SEND, DELIVERY, BOUNCE, COMPLAINT
   */
  record Event(String type, Json.Obj body) {}

  private PublishSesEvents() {}

  static List<Event> of(SentEmail email) {
    var events = new ArrayList<Event>();
    events.add(event("Send", email, "send", Json.object()));
    var delivered = new ArrayList<String>();
    for (var recipient : recipients(email)) {
      if (!SesAddresses.domain(recipient).equalsIgnoreCase(SIMULATOR)) {
        continue;
      }
      var mailbox = recipient.substring(0, recipient.lastIndexOf('@')).replaceFirst("\\+.*", "");
      switch (mailbox) {
        case "success", "ooto" -> delivered.add(recipient);
        case "bounce" -> events.add(bounce(email, recipient, "General"));
        case "suppressionlist" -> events.add(bounce(email, recipient, "OnAccountSuppressionList"));
        case "complaint" -> {
          events.add(delivery(email, List.of(recipient)));
          events.add(complaint(email, recipient));
        }
        // Every other address of the simulator: accepted, and no more is heard.
        default -> {}
      }
    }
    if (!delivered.isEmpty()) {
      events.add(1, delivery(email, delivered));
    }
    return events;
  }

  private static List<String> recipients(SentEmail email) {
    return Stream.of(email.to(), email.cc(), email.bcc())
        .flatMap(List::stream)
        .map(SesAddresses::bare)
        .toList();
  }

  private static Event delivery(SentEmail email, List<String> recipients) {
    return event(
        "Delivery",
        email,
        "delivery",
        Json.object()
            .with("timestamp", time(email.at()))
            .with("processingTimeMillis", Json.of(100))
            .with("recipients", Json.texts(recipients))
            .with("smtpResponse", "250 2.6.0 Message received")
            .with("reportingMTA", "local.amazonses.com"));
  }

  private static Event bounce(SentEmail email, String recipient, String subType) {
    var bounced =
        Json.object()
            .with("emailAddress", recipient)
            .with("action", "failed")
            .with("status", "5.1.1")
            .with("diagnosticCode", "smtp; 550 5.1.1 user unknown");
    return event(
        "Bounce",
        email,
        "bounce",
        Json.object()
            .with("feedbackId", UUID.randomUUID() + "-000000")
            .with("bounceType", "Permanent")
            .with("bounceSubType", subType)
            .with("bouncedRecipients", Json.array(List.of(bounced)))
            .with("timestamp", time(email.at()))
            .with("reportingMTA", "dns; local.amazonses.com"));
  }

  private static Event complaint(SentEmail email, String recipient) {
    return event(
        "Complaint",
        email,
        "complaint",
        Json.object()
            .with("feedbackId", UUID.randomUUID() + "-000000")
            .with("complaintSubType", Json.NULL)
            .with(
                "complainedRecipients",
                Json.array(List.of(Json.object().with("emailAddress", recipient))))
            .with("timestamp", time(email.at()))
            .with("userAgent", "Amazon SES Mailbox Simulator")
            .with("complaintFeedbackType", "abuse")
            .with("arrivalDate", time(email.at())));
  }

  private static Event event(String type, SentEmail email, String key, Json.Obj detail) {
    return new Event(
        type.toUpperCase(Locale.ROOT),
        Json.object().with("eventType", type).with("mail", mail(email)).with(key, detail));
  }

  private static Json.Obj mail(SentEmail email) {
    var headers = new ArrayList<Json>();
    headers.add(header("From", email.from()));
    headers.add(header("To", String.join(", ", email.to())));
    headers.add(header("Subject", email.subject()));
    email.headers().forEach(one -> headers.add(header(one.name(), one.value())));
    var tags = new LinkedHashMap<String, Json>();
    email
        .configurationSet()
        .ifPresent(name -> tags.put("ses:configuration-set", Json.texts(List.of(name))));
    tags.put(
        "ses:from-domain",
        Json.texts(List.of(SesAddresses.domain(SesAddresses.bare(email.from())))));
    email.tags().forEach((name, value) -> tags.put(name, Json.texts(List.of(value))));
    return Json.object()
        .with("timestamp", time(email.at()))
        .with("source", email.from())
        .with("sendingAccountId", "000000000000")
        .with("messageId", email.messageId())
        .with("destination", Json.texts(recipients(email)))
        .with("headersTruncated", Json.FALSE)
        .with("headers", Json.array(headers))
        .with(
            "commonHeaders",
            Json.object()
                .with("from", Json.texts(List.of(email.from())))
                .with("to", Json.texts(email.to()))
                .with("messageId", email.messageId())
                .with("subject", email.subject()))
        .with("tags", new Json.Obj(tags));
  }

  private static Json.Obj header(String name, String value) {
    return Json.object().with("name", name).with("value", value);
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
