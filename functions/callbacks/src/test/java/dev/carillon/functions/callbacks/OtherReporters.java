package dev.carillon.functions.callbacks;

import static dev.carillon.functions.callbacks.Reporter.OWN;
import static dev.carillon.functions.callbacks.Reporter.base64;
import static dev.carillon.functions.callbacks.Reporter.hex;
import static dev.carillon.functions.callbacks.Reporter.hmac;
import static dev.carillon.functions.callbacks.Reporter.post;
import static dev.carillon.functions.callbacks.Reporter.utf8;

import dev.carillon.functions.callbacks.Reporter.Keys;
import dev.carillon.functions.callbacks.Reporter.Signing;
import dev.carillon.functions.callbacks.Reporter.Told;
import dev.carillon.functions.callbacks.Reporter.Trait;
import dev.carillon.functions.callbacks.Reporter.What;
import dev.carillon.functions.callbacks.Reporter.Whose;
import dev.carillon.functions.callbacks.Reporter.Wire;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SES and SNS, by what SNS posts, and WhatsApp. */
final class OtherReporters {
  private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:mail";
  private static final String CERTIFICATE =
      "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem";
  private static final Keys SNS = Keys.of("RSA", 1_024);

  private OtherReporters() {}

  static List<Reporter> all() {
    return List.of(
        new Reporter(
            "email_aws_ses",
            "a certificate",
            Json.object().with("sns_topic_arn", TOPIC),
            OtherReporters::ses,
            Duration.ofHours(1),
            DeliveryStatus.BOUNCED,
            Set.of(Trait.NAMES_ADDRESS)),
        new Reporter(
            "push_aws_sns",
            "a certificate",
            Json.object().with("topic_arn", TOPIC),
            OtherReporters::push,
            Duration.ofHours(1),
            DeliveryStatus.BOUNCED,
            Set.of(Trait.NEVER_DELIVERED)),
        new Reporter(
            "chat_whatsapp",
            "a code",
            Json.object().with("app_secret", OWN),
            OtherReporters::whatsApp,
            Duration.ZERO,
            DeliveryStatus.BOUNCED,
            Set.of(Trait.NEVER_DELIVERED)));
  }

  /** What SNS has at the address of its certificate, and nowhere else. */
  static Optional<ProviderResponse> answer(ProviderCall.Http call) {
    return Optional.of(call)
        .filter(it -> it.url().equals(CERTIFICATE))
        .map(_ -> new ProviderResponse(200, Map.of(), utf8(Certificate.OF_SNS), true));
  }

  private static Wire ses(Told told, Signing signing) throws GeneralSecurityException {
    Json recipient = Json.object().with("emailAddress", told.address());
    Json.Obj event =
        Json.object()
            .with("eventType", told.word("Send", "Delivery", "Bounce"))
            .with(
                "mail",
                Json.object()
                    .with("messageId", told.theirs())
                    .with("timestamp", told.at().toString())
                    .with(
                        "tags",
                        Json.object()
                            .with("carillon_message_id", Json.texts(List.of(told.ours().value())))))
            .with(
                told.word("send", "delivery", "bounce"),
                Json.object()
                    .with("timestamp", told.at().toString())
                    .with("recipients", Json.texts(List.of(told.address())))
                    .with("bounceType", "Permanent")
                    .with("bounceSubType", "General")
                    .with("bouncedRecipients", Json.array(List.of(recipient))));
    return notification(told, signing, JsonText.write(event));
  }

  private static Wire push(Told told, Signing signing) throws GeneralSecurityException {
    return notification(
        told,
        signing,
        JsonText.write(
            Json.object()
                .with(
                    "EventType", told.what() == What.FAILED ? "DeliveryFailure" : "EndpointUpdated")
                .with("FailureType", "EndpointDisabled")
                .with("MessageId", told.theirs())
                .with("EndpointArn", "arn:aws:sns:eu-central-1:123456789012:endpoint/a")
                .with("Time", told.at().toString())));
  }

  /** Anybody may have SNS sign what is published to a topic of theirs. */
  private static Wire notification(Told told, Signing signing, String published)
      throws GeneralSecurityException {
    String topic = signing.whose() == Whose.OTHER ? TOPIC + "-of-others" : TOPIC;
    String signed =
        "Message\n"
            + published
            + "\nMessageId\nsns-"
            + told.id()
            + "\nTimestamp\n"
            + signing.at()
            + "\nTopicArn\n"
            + topic
            + "\nType\nNotification\n";
    Json.Obj envelope =
        Json.object()
            .with("Type", "Notification")
            .with("MessageId", "sns-" + told.id())
            .with("TopicArn", topic)
            .with("Message", published)
            .with("Timestamp", signing.at().toString())
            .with("SignatureVersion", "2")
            .with("SigningCertURL", CERTIFICATE);
    return post(
        signing.url(),
        Map.of(),
        signing.proven()
            ? envelope.with(
                "Signature", base64(Reporter.signature("SHA256withRSA", SNS.own(), signed)))
            : envelope);
  }

  private static Wire whatsApp(Told told, Signing signing) throws GeneralSecurityException {
    Json.Obj status =
        Json.object()
            .with("id", told.theirs())
            .with("status", told.word("sent", "delivered", "failed"))
            .with("timestamp", Long.toString(told.seconds()))
            .with("recipient_id", "15005550006")
            .with("biz_opaque_callback_data", told.ours().value());
    Json.Obj said =
        told.what() == What.FAILED
            ? status.with(
                "errors", Json.array(List.of(Json.object().with("code", Json.of(131_026)))))
            : status;
    Json.Obj change =
        Json.object().with("value", Json.object().with("statuses", Json.array(List.of(said))));
    String body =
        JsonText.write(
            Json.object()
                .with(
                    "entry",
                    Json.array(
                        List.of(Json.object().with("changes", Json.array(List.of(change)))))));
    return post(
        signing.url(),
        signing.proven()
            ? Map.of(
                "X-Hub-Signature-256",
                "sha256=" + hex(hmac("HmacSHA256", utf8(signing.secret()), body)))
            : Map.of(),
        body);
  }

  /** The least that is a certificate (RFC 5280), in DER: the JDK reads them and makes none. */
  private static final class Certificate {
    private static final byte[] SHA256_WITH_RSA =
        der(0x30, bytes(0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0b), bytes(5, 0));
    private static final byte[] NAME =
        der(0x30, der(0x31, der(0x30, bytes(6, 3, 0x55, 4, 3), der(0x0c, utf8("sns")))));

    static final String OF_SNS = of(SNS.own());

    private Certificate() {}

    private static String of(KeyPair keys) {
      byte[] content =
          der(
              0x30,
              bytes(2, 1, 1),
              SHA256_WITH_RSA,
              NAME,
              der(0x30, der(0x17, utf8("250101000000Z")), der(0x17, utf8("491231235959Z"))),
              NAME,
              keys.getPublic().getEncoded());
      // Nobody checks who issued it: it came from SNS's own host.
      byte[] whole = der(0x30, content, SHA256_WITH_RSA, der(3, bytes(0, 1)));
      return "-----BEGIN CERTIFICATE-----\n" + base64(whole) + "\n-----END CERTIFICATE-----\n";
    }

    private static byte[] der(int tag, byte[]... parts) {
      var content = new ByteArrayOutputStream();
      for (byte[] part : parts) {
        content.writeBytes(part);
      }
      var out = new ByteArrayOutputStream();
      out.write(tag);
      int length = content.size();
      if (length < 0x80) {
        out.write(length);
      } else {
        out.writeBytes(bytes(0x82, length >> 8, length));
      }
      out.writeBytes(content.toByteArray());
      return out.toByteArray();
    }

    private static byte[] bytes(int... values) {
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        bytes[i] = (byte) values[i];
      }
      return bytes;
    }
  }
}
