package dev.carillon.functions.callbacks;

import static dev.carillon.functions.callbacks.Reporter.OWN;
import static dev.carillon.functions.callbacks.Reporter.base64;
import static dev.carillon.functions.callbacks.Reporter.form;
import static dev.carillon.functions.callbacks.Reporter.hex;
import static dev.carillon.functions.callbacks.Reporter.hmac;
import static dev.carillon.functions.callbacks.Reporter.post;
import static dev.carillon.functions.callbacks.Reporter.sha256;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Providers of text messages, as they report: those that sign on request twice, with and without.
 */
final class TextReporters {
  private static final Keys TELNYX = Keys.of("Ed25519", 255);
  private static final Keys MESSAGE_MEDIA = Keys.of("RSA", 1_024);
  private static final Set<Trait> UNPROVEN = Set.of(Trait.BODY_UNPROVEN);
  private static final Duration NONE = Duration.ZERO;
  private static final DateTimeFormatter SPACED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private TextReporters() {}

  static List<Reporter> all() {
    Json.Obj vonage = Json.object().with("api_key", "key").with("api_secret", OWN);
    Json.Obj media = Json.object().with("api_key", "key").with("api_secret", OWN);
    return List.of(
        linked("sms_sinch", "api_token", TextReporters::sinch),
        text(
            "sms_sinch",
            "a code",
            secret("api_token", "webhook_secret"),
            TextReporters::sinchSigned,
            Duration.ofHours(24)),
        linked("sms_telnyx", "api_key", TextReporters::telnyx),
        text(
            "sms_telnyx",
            "a signature",
            Json.object().with("api_key", OWN).with("public_key", telnyxKey()),
            TextReporters::telnyxSigned,
            Duration.ofMinutes(5)),
        linked("sms_messagebird", "api_key", TextReporters::messageBird),
        text(
            "sms_messagebird",
            "a token",
            secret("api_key", "signing_key"),
            TextReporters::messageBirdSigned,
            Duration.ofMinutes(1)),
        new Reporter(
            "sms_sinch_message_media",
            "a link",
            media,
            TextReporters::messageMedia,
            NONE,
            DeliveryStatus.UNDELIVERED,
            UNPROVEN),
        new Reporter(
            "sms_sinch_message_media",
            "a signature",
            media.with("signature_key", MESSAGE_MEDIA.shown()),
            TextReporters::messageMediaSigned,
            Duration.ofHours(24),
            DeliveryStatus.UNDELIVERED,
            Set.of()),
        linked("sms_vonage", "api_secret", TextReporters::vonage),
        text(
            "sms_vonage",
            "a field",
            vonage.with("signature_secret", OWN).with("signature_method", "sha256"),
            TextReporters::vonageSigned,
            Duration.ofMinutes(5)),
        text(
            "sms_vonage",
            "a token",
            vonage.with("signature_secret", OWN),
            TextReporters::vonageToken,
            Duration.ofMinutes(5)),
        new Reporter(
            "sms_plivo",
            "a code over its URL",
            secret("authentication_token"),
            TextReporters::plivoSecond,
            NONE,
            DeliveryStatus.BOUNCED,
            UNPROVEN),
        text("sms_plivo", "a code", secret("authentication_token"), TextReporters::plivo, NONE),
        text("sms_twilio", "a code", secret("auth_token"), TextReporters::twilio, NONE),
        text("sms_mailersend", "a code", secret("signing_secret"), TextReporters::mailerSend, NONE),
        new Reporter(
            "sms_africas_talking",
            "a token in its URL",
            secret("callback_token"),
            TextReporters::africasTalking,
            NONE,
            DeliveryStatus.BOUNCED,
            UNPROVEN));
  }

  private static Json.Obj secret(String... names) {
    Json.Obj settings = Json.object();
    for (String name : names) {
      settings = settings.with(name, OWN);
    }
    return settings;
  }

  private static Reporter text(
      String provider, String proof, Json.Obj configured, Writer writer, Duration window) {
    return new Reporter(
        provider, proof, configured, writer, window, DeliveryStatus.BOUNCED, Set.of());
  }

  private static Reporter linked(String provider, String secret, Writer writer) {
    return new Reporter(
        provider, "a link", secret(secret), writer, NONE, DeliveryStatus.BOUNCED, UNPROVEN);
  }

  private static String telnyxKey() {
    byte[] encoded = TELNYX.own().getPublic().getEncoded();
    return base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  // Sinch

  private static Json.Obj sinchReport(Told told) {
    return Json.object()
        .with("type", "recipient_delivery_report_sms")
        .with("batch_id", told.theirs())
        .with("status", told.word("Dispatched", "Delivered", "Failed"))
        .with("code", Json.of(told.what() == What.FAILED ? 402 : 0))
        .with("client_reference", told.ours().value())
        .with("at", told.at().toString());
  }

  private static Wire sinch(Told told, Signing signing) {
    return post(signing.link(told.ours()), Map.of(), sinchReport(told));
  }

  private static Wire sinchSigned(Told told, Signing signing) throws GeneralSecurityException {
    String body = JsonText.write(sinchReport(told));
    String code =
        base64(
            hmac(
                "HmacSHA256",
                utf8(signing.secret()),
                body + ".nonce-" + told.id() + "." + signing.timestamp()));
    return post(
        signing.url(),
        signing.proven()
            ? Map.of(
                "x-sinch-webhook-signature",
                code,
                "x-sinch-webhook-signature-algorithm",
                "HmacSHA256",
                "x-sinch-webhook-signature-nonce",
                "nonce-" + told.id(),
                "x-sinch-webhook-signature-timestamp",
                signing.timestamp())
            : Map.of(),
        body);
  }

  // Telnyx

  private static Json.Obj telnyxReport(Told told) {
    Json.Obj to = Json.object().with("status", told.word("sent", "delivered", "delivery_failed"));
    Json.Obj message =
        Json.object()
            .with("id", told.theirs())
            .with("direction", "outbound")
            .with("to", Json.array(List.of(to)))
            .with(
                "errors",
                told.what() == What.FAILED
                    ? Json.array(
                        List.of(Json.object().with("code", "40001").with("title", "Not routable")))
                    : Json.array(List.of()));
    return Json.object()
        .with(
            "data",
            Json.object()
                .with("id", told.id())
                .with(
                    "event_type",
                    told.word("message.sent", "message.finalized", "message.finalized"))
                .with("occurred_at", told.at().toString())
                .with("payload", message));
  }

  private static Wire telnyx(Told told, Signing signing) {
    return post(signing.link(told.ours()), Map.of(), telnyxReport(told));
  }

  /** Signed is the body; whose it is says the link. */
  private static Wire telnyxSigned(Told told, Signing signing) throws GeneralSecurityException {
    String body = JsonText.write(telnyxReport(told));
    String signature =
        base64(Reporter.signature("Ed25519", signing.of(TELNYX), signing.timestamp() + "|" + body));
    Map<String, String> headers =
        signing.proven()
            ? Map.of("telnyx-signature-ed25519", signature, "telnyx-timestamp", signing.timestamp())
            : Map.of("telnyx-timestamp", signing.timestamp());
    return post(own(told, signing), headers, body);
  }

  /** The link that the message was sent with, whoever signs what comes to it. */
  private static String own(Told told, Signing signing) {
    return new Signing(signing.url(), Reporter.Whose.OWN, signing.at()).link(told.ours());
  }

  // MessageBird

  private static String messageBirdQuery(Told told, String url) {
    var fields = new TreeMap<String, String>();
    fields.put("id", told.theirs());
    fields.put("reference", told.ours().value());
    fields.put("status", told.word("buffered", "delivered", "delivery_failed"));
    fields.put("statusDatetime", told.at().toString());
    if (told.what() == What.FAILED) {
      fields.put("statusErrorCode", "1");
    }
    return url + (url.contains("?") ? "&" : "?") + form(fields);
  }

  private static Wire messageBird(Told told, Signing signing) {
    return new Wire("GET", messageBirdQuery(told, signing.link(told.ours())), Map.of(), "");
  }

  private static Wire messageBirdSigned(Told told, Signing signing)
      throws GeneralSecurityException {
    String url = messageBirdQuery(told, signing.url());
    Json.Obj claims =
        Json.object()
            .with("iss", "MessageBird")
            .with("nbf", Json.of(signing.at().getEpochSecond()))
            .with("exp", Json.of(signing.at().getEpochSecond() + 60))
            .with("url_hash", sha256(url));
    return new Wire(
        "GET",
        url,
        signing.proven()
            ? Map.of("MessageBird-Signature-JWT", Reporter.token(claims, signing.secret()))
            : Map.of(),
        "");
  }

  // MessageMedia

  private static Json.Obj messageMediaReport(Told told) {
    return Json.object()
        .with("message_id", told.theirs())
        .with("delivery_report_id", told.id())
        .with("status", told.word("submitted", "delivered", "undeliverable"))
        .with("status_code", told.word("200", "220", "301"))
        .with("date_received", told.at().toString())
        .with("metadata", told.metadata());
  }

  private static Wire messageMedia(Told told, Signing signing) {
    return post(signing.link(told.ours()), Map.of(), messageMediaReport(told));
  }

  private static Wire messageMediaSigned(Told told, Signing signing)
      throws GeneralSecurityException {
    String body = JsonText.write(messageMediaReport(told));
    String date = HTTP_DATE.format(signing.at());
    String path = signing.url().replaceFirst("^https?://[^/]*", "");
    String signature =
        base64(
            Reporter.signature(
                "SHA224withRSA",
                signing.of(MESSAGE_MEDIA),
                "POST " + path + " HTTP/1.1" + date + body));
    return post(
        signing.url(),
        signing.proven()
            ? Map.of("X-MessageMedia-Signature", signature, "Date", date)
            : Map.of("Date", date),
        body);
  }

  // Vonage

  private static Map<String, String> vonageReport(Told told) {
    var fields = new TreeMap<String, String>();
    fields.put("messageId", told.theirs());
    fields.put("msisdn", "15005550006");
    fields.put("client-ref", told.ours().value());
    fields.put("status", told.word("accepted", "delivered", "failed"));
    fields.put("err-code", told.word("0", "0", "9"));
    fields.put("message-timestamp", SPACED.format(told.at()));
    return fields;
  }

  private static Wire vonage(Told told, Signing signing) {
    return post(signing.link(told.ours()), Map.of(), form(vonageReport(told)));
  }

  private static Wire vonageSigned(Told told, Signing signing) throws GeneralSecurityException {
    Map<String, String> fields = vonageReport(told);
    fields.put("timestamp", signing.timestamp());
    var text = new StringBuilder();
    fields.forEach((name, value) -> text.append('&' + name + '=' + value));
    if (signing.proven()) {
      fields.put("sig", hex(hmac("HmacSHA256", utf8(signing.secret()), text.toString())));
    }
    return post(signing.url(), Map.of(), form(fields));
  }

  private static Wire vonageToken(Told told, Signing signing) throws GeneralSecurityException {
    Json.Obj report = Json.object();
    for (var field : vonageReport(told).entrySet()) {
      report = report.with(field.getKey(), field.getValue());
    }
    String body = JsonText.write(report);
    Json.Obj claims =
        Json.object()
            .with("iat", Json.of(signing.at().getEpochSecond()))
            .with("api_key", "key")
            .with("payload_hash", sha256(body));
    return post(
        signing.url(),
        signing.proven()
            ? Map.of("Authorization", "Bearer " + Reporter.token(claims, signing.secret()))
            : Map.of(),
        body);
  }

  // Plivo

  private static Map<String, String> plivoReport(Told told) {
    var fields = new TreeMap<String, String>();
    fields.put("MessageUUID", told.theirs());
    fields.put("Status", told.word("sent", "delivered", "failed"));
    if (told.what() == What.FAILED) {
      fields.put("ErrorCode", "50");
    }
    return fields;
  }

  private static Wire plivoSecond(Told told, Signing signing) throws GeneralSecurityException {
    String nonce = "nonce-" + told.id();
    return post(
        own(told, signing),
        signing.proven()
            ? Map.of(
                "X-Plivo-Signature-V2",
                base64(hmac("HmacSHA256", utf8(signing.secret()), signing.url() + nonce)),
                "X-Plivo-Signature-V2-Nonce",
                nonce)
            : Map.of("X-Plivo-Signature-V2-Nonce", nonce),
        form(plivoReport(told)));
  }

  private static Wire plivo(Told told, Signing signing) throws GeneralSecurityException {
    String nonce = "nonce-" + told.id();
    String link = own(told, signing);
    var fields = new StringBuilder();
    plivoReport(told).forEach((name, value) -> fields.append(name).append(value));
    // The fields of the link come in their order already.
    String code =
        base64(hmac("HmacSHA256", utf8(signing.secret()), link + "." + fields + "." + nonce));
    return post(
        link,
        signing.proven()
            ? Map.of("X-Plivo-Signature-V3", code, "X-Plivo-Signature-V3-Nonce", nonce)
            : Map.of("X-Plivo-Signature-V3-Nonce", nonce),
        form(plivoReport(told)));
  }

  // Twilio, MailerSend, Africa's Talking

  private static Wire twilio(Told told, Signing signing) throws GeneralSecurityException {
    var fields = new TreeMap<String, String>();
    fields.put("MessageSid", told.theirs());
    fields.put("MessageStatus", told.word("sent", "delivered", "failed"));
    fields.put("To", "+15005550006");
    if (told.what() == What.FAILED) {
      fields.put("ErrorCode", "30003");
    }
    String link = own(told, signing);
    var signed = new StringBuilder(link);
    fields.forEach((name, value) -> signed.append(name).append(value));
    return post(
        link,
        signing.proven()
            ? Map.of(
                "X-Twilio-Signature",
                base64(hmac("HmacSHA1", utf8(signing.secret()), signed.toString())))
            : Map.of(),
        form(fields));
  }

  private static Wire mailerSend(Told told, Signing signing) throws GeneralSecurityException {
    String body =
        JsonText.write(
            Json.object()
                .with("type", told.word("sms.sent", "sms.delivered", "sms.failed"))
                .with("created_at", told.at().toString())
                .with(
                    "data",
                    Json.object()
                        .with("sms_message_id", told.theirs())
                        .with("error_description", told.word("", "", "Invalid number"))));
    return post(
        signing.url(),
        signing.proven()
            ? Map.of("Signature", hex(hmac("HmacSHA256", utf8(signing.secret()), body)))
            : Map.of(),
        body);
  }

  private static Wire africasTalking(Told told, Signing signing) {
    var fields = new TreeMap<String, String>();
    fields.put("id", told.theirs());
    fields.put("status", told.word("Buffered", "Success", "Failed"));
    if (told.what() == What.FAILED) {
      fields.put("failureReason", "UserDoesNotExist");
    }
    return post(
        signing.url() + (signing.proven() ? "?token=" + signing.secret() : ""),
        Map.of(),
        form(fields));
  }
}
