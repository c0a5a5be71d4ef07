package dev.carillon.functions.callbacks;

import static dev.carillon.functions.callbacks.Reporter.OWN;
import static dev.carillon.functions.callbacks.Reporter.base64;
import static dev.carillon.functions.callbacks.Reporter.form;
import static dev.carillon.functions.callbacks.Reporter.hex;
import static dev.carillon.functions.callbacks.Reporter.hmac;
import static dev.carillon.functions.callbacks.Reporter.post;
import static dev.carillon.functions.callbacks.Reporter.utf8;

import dev.carillon.functions.callbacks.Reporter.Keys;
import dev.carillon.functions.callbacks.Reporter.Signing;
import dev.carillon.functions.callbacks.Reporter.Told;
import dev.carillon.functions.callbacks.Reporter.Trait;
import dev.carillon.functions.callbacks.Reporter.What;
import dev.carillon.functions.callbacks.Reporter.Wire;
import dev.carillon.functions.callbacks.Reporter.Writer;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.DeliveryStatus;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Providers of mail, as they report. */
final class MailReporters {
  private static final Keys SENDGRID = Keys.of("EC", 256);
  private static final Set<Trait> ADDRESSED = Set.of(Trait.NAMES_ADDRESS);
  private static final Set<Trait> PASSWORD = Set.of(Trait.NAMES_ADDRESS, Trait.BODY_UNPROVEN);

  private MailReporters() {}

  static List<Reporter> all() {
    return List.of(
        mail("email_postmark", "a password", MailReporters::postmark, Duration.ZERO, PASSWORD),
        mail("email_mailjet", "a password", MailReporters::mailjet, Duration.ZERO, PASSWORD),
        mail("email_sparkpost", "a password", MailReporters::sparkPost, Duration.ZERO, PASSWORD),
        mail("email_mailgun", "a token", MailReporters::mailgun, Duration.ofHours(12), PASSWORD),
        mail("email_mailersend", "a code", MailReporters::mailerSend, Duration.ZERO, ADDRESSED),
        mail("email_mailtrap", "a code", MailReporters::mailtrap, Duration.ZERO, ADDRESSED),
        mail("email_mandrill", "a code", MailReporters::mandrill, Duration.ZERO, ADDRESSED),
        mail("email_resend", "a code", MailReporters::resend, Duration.ofMinutes(5), Set.of()),
        new Reporter(
            "email_sendgrid",
            "a signature",
            Json.object().with("webhook_verification_key", SENDGRID.shown()),
            MailReporters::sendGrid,
            Duration.ofHours(24),
            DeliveryStatus.BOUNCED,
            ADDRESSED));
  }

  private static Reporter mail(
      String provider, String proof, Writer writer, Duration window, Set<Trait> traits) {
    return new Reporter(
        provider,
        proof,
        Json.object().with("webhook_secret", OWN),
        writer,
        window,
        DeliveryStatus.BOUNCED,
        traits);
  }

  private static Map<String, String> password(Signing signing) {
    return signing.proven()
        ? Map.of("Authorization", "Basic " + base64(utf8("any:" + signing.secret())))
        : Map.of();
  }

  private static Map<String, String> code(String header, Signing signing, String code) {
    return signing.proven() ? Map.of(header, code) : Map.of();
  }

  private static Wire postmark(Told told, Signing signing) {
    Json.Obj event =
        Json.object()
            .with("RecordType", told.word("Bounce", "Delivery", "Bounce"))
            .with("MessageID", told.theirs())
            .with("ID", told.id())
            .with("Metadata", told.metadata())
            .with(told.what() == What.DELIVERED ? "Recipient" : "Email", told.address());
    return post(
        signing.url(),
        password(signing),
        told.what() == What.DELIVERED
            ? event.with("DeliveredAt", told.at().toString())
            : event
                .with("Type", told.word("Transient", "", "HardBounce"))
                .with("BouncedAt", told.at().toString()));
  }

  private static Wire mailjet(Told told, Signing signing) {
    Json.Obj event =
        Json.object()
            .with("event", told.word("bounce", "sent", "bounce"))
            .with("time", Json.of(told.seconds()))
            .with("MessageID", Json.of(19_421_777_835_146_490L))
            .with("CustomID", told.ours().value())
            .with("email", told.address());
    return post(
        signing.url(),
        password(signing),
        Json.array(
            List.of(
                told.what() == What.DELIVERED
                    ? event
                    : event
                        .with("hard_bounce", Json.of(told.what() == What.FAILED))
                        .with("error_related_to", "recipient")
                        .with("error", "user unknown"))));
  }

  private static Wire sparkPost(Told told, Signing signing) {
    Json.Obj event =
        Json.object()
            .with("type", told.word("injection", "delivery", "bounce"))
            .with("event_id", told.id())
            .with("transmission_id", told.theirs())
            .with("timestamp", Long.toString(told.seconds()))
            .with("rcpt_meta", told.metadata())
            .with("bounce_class", told.word("1", "1", "10"))
            .with("raw_rcpt_to", told.address());
    return post(
        signing.url(),
        password(signing),
        Json.array(
            List.of(Json.object().with("msys", Json.object().with("message_event", event)))));
  }

  private static Wire mailgun(Told told, Signing signing) throws GeneralSecurityException {
    String token = "token-of-" + told.id();
    Json.Obj signature =
        signing.proven()
            ? Json.object()
                .with("timestamp", signing.timestamp())
                .with("token", token)
                .with(
                    "signature",
                    hex(hmac("HmacSHA256", utf8(signing.secret()), signing.timestamp() + token)))
            : Json.object();
    return post(
        signing.url(),
        Map.of(),
        Json.object()
            .with("signature", signature)
            .with(
                "event-data",
                Json.object()
                    .with("event", told.word("accepted", "delivered", "failed"))
                    .with("severity", told.word("", "", "permanent"))
                    .with("reason", told.word("", "", "generic"))
                    .with("id", told.id())
                    .with("timestamp", Json.of(told.seconds()))
                    .with("recipient", told.address())
                    .with("user-variables", told.metadata())));
  }

  private static Wire mailerSend(Told told, Signing signing) throws GeneralSecurityException {
    String body =
        JsonText.write(
            Json.object()
                .with(
                    "type",
                    told.word("activity.sent", "activity.delivered", "activity.hard_bounced"))
                .with("created_at", told.at().toString())
                .with(
                    "data",
                    Json.object()
                        .with("id", told.id())
                        .with("morph", Json.object().with("reason", "no such user"))
                        .with(
                            "email",
                            Json.object()
                                .with("message", Json.object().with("id", told.theirs()))
                                .with("tags", Json.texts(List.of(told.ours().value())))
                                .with("recipient", Json.object().with("email", told.address())))));
    return post(signing.url(), coded("Signature", signing, body), body);
  }

  private static Wire mailtrap(Told told, Signing signing) throws GeneralSecurityException {
    String body =
        JsonText.write(
            Json.object()
                .with(
                    "events",
                    Json.array(
                        List.of(
                            Json.object()
                                .with("event", told.word("soft bounce", "delivery", "bounce"))
                                .with("event_id", told.id())
                                .with("message_id", told.theirs())
                                .with("email", told.address())
                                .with("timestamp", Json.of(told.seconds()))
                                .with("custom_variables", told.metadata())))));
    return post(signing.url(), coded("Mailtrap-Signature", signing, body), body);
  }

  private static Map<String, String> coded(String header, Signing signing, String body)
      throws GeneralSecurityException {
    return code(header, signing, hex(hmac("HmacSHA256", utf8(signing.secret()), body)));
  }

  private static Wire mandrill(Told told, Signing signing) throws GeneralSecurityException {
    String events =
        JsonText.write(
            Json.array(
                List.of(
                    Json.object()
                        .with("event", told.word("deferral", "delivered", "hard_bounce"))
                        .with("_id", told.theirs())
                        .with("ts", Json.of(told.seconds()))
                        .with(
                            "msg",
                            Json.object()
                                .with("email", told.address())
                                .with("metadata", told.metadata())))));
    String code =
        base64(
            hmac("HmacSHA1", utf8(signing.secret()), signing.url() + "mandrill_events" + events));
    return post(
        signing.url(),
        code("X-Mandrill-Signature", signing, code),
        form(Map.of("mandrill_events", events)));
  }

  private static Wire resend(Told told, Signing signing) throws GeneralSecurityException {
    String body =
        JsonText.write(
            Json.object()
                .with("type", told.word("email.sent", "email.delivered", "email.bounced"))
                .with("created_at", told.at().toString())
                .with(
                    "data",
                    Json.object()
                        .with("email_id", told.theirs())
                        .with("tags", told.metadata())
                        .with(
                            told.word("none", "none", "bounce"),
                            Json.object().with("type", "Permanent").with("message", "gone"))));
    String id = "msg_" + told.id();
    byte[] key = Base64.getDecoder().decode(signing.secret());
    String code =
        "v1," + base64(hmac("HmacSHA256", key, id + "." + signing.timestamp() + "." + body));
    return post(
        signing.url(),
        signing.proven()
            ? Map.of("svix-id", id, "svix-timestamp", signing.timestamp(), "svix-signature", code)
            : Map.of("svix-id", id, "svix-timestamp", signing.timestamp()),
        body);
  }

  private static Wire sendGrid(Told told, Signing signing) throws GeneralSecurityException {
    String body =
        JsonText.write(
                Json.array(
                    List.of(
                        told.metadata()
                            .with("event", told.word("processed", "delivered", "bounce"))
                            .with("type", told.word("", "", "bounce"))
                            .with("sg_event_id", told.id())
                            .with("sg_message_id", told.theirs() + ".filter")
                            .with("timestamp", Json.of(told.seconds()))
                            .with("email", told.address()))))
            + "\r\n";
    String signature =
        base64(
            Reporter.signature(
                "SHA256withECDSA", signing.of(SENDGRID), signing.timestamp() + body));
    String timestamp = "X-Twilio-Email-Event-Webhook-Timestamp";
    return post(
        signing.url(),
        signing.proven()
            ? Map.of(
                "X-Twilio-Email-Event-Webhook-Signature", signature, timestamp, signing.timestamp())
            : Map.of(timestamp, signing.timestamp()),
        body);
  }
}
