package dev.carillon.provider.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.email.Letters;
import dev.carillon.provider.ses.AmazonSes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a key and a certificate made for this test: no signed sample is public. */
class SnsEnvelopeTest {
  private static final AmazonSes SES = new AmazonSes();
  private static final String TOPIC = "arn:aws:sns:us-west-2:123456789012:MyTopic";
  private static final String URL =
      "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-1.pem";

  /** Within the certificate's time. */
  private static final Instant NOW = Instant.parse("2030-05-02T00:54:06.655Z");

  private static final Json.Obj NOTIFICATION =
      Json.object()
          .with("Type", "Notification")
          .with("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")
          .with("TopicArn", TOPIC)
          .with("Message", "hi")
          .with("Timestamp", NOW.toString())
          .with("SigningCertURL", URL);

  private static final String NOTIFICATION_SIGNED =
      "Message\nhi\nMessageId\n22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324\nTimestamp\n"
          + NOW
          + "\nTopicArn\n"
          + TOPIC
          + "\nType\nNotification\n";

  @ParameterizedTest
  @CsvSource({"1, SHA1withRSA", "2, SHA256withRSA"})
  void a_message_signed_by_sns_is_authentic_once_its_certificate_is_there(
      String version, String algorithm) {
    Json.Obj message = signed(NOTIFICATION, NOTIFICATION_SIGNED, version, algorithm);
    var ask = (Verdict.Ask) verify(message, Map.of(), NOW);
    assertThat(ask.lookup().call().url()).isEqualTo(URL);
    var found =
        (LookupResult.Found)
            SES.read(ask.lookup(), Letters.answer(200, resource("certificate.pem")));
    assertThat(verify(message, Map.of(ask.lookup().key(), found.value()), NOW))
        .isEqualTo(new Verdict.Authentic());
    assertThat(SES.read(ask.lookup(), Letters.answer(200, "no certificate")))
        .isInstanceOf(LookupResult.Failed.class);
    assertThat(SES.read(ask.lookup(), Letters.answer(404, "")))
        .isInstanceOf(LookupResult.Failed.class);
  }

  @Test
  void a_message_that_was_touched_is_forged_and_an_old_one_stale() {
    Json.Obj good = signed(NOTIFICATION, NOTIFICATION_SIGNED, "2", "SHA256withRSA");
    for (Json.Obj message :
        List.of(
            good.with("Message", "ho"),
            good.with("Subject", "added"),
            good.with("MessageId", "other"),
            good.with("SignatureVersion", "1"),
            good.with("SignatureVersion", "3"),
            good.with("Type", "Other"),
            good.with("Timestamp", "2030-05-02T00:54:06.656Z"),
            good.with("Timestamp", "never"),
            good.with("Signature", "??"),
            good.with("Signature", good.text("Signature").orElseThrow().substring(4)),
            good.without("Signature"),
            good.with("TopicArn", TOPIC + "2"))) {
      assertThat(verify(message, certificate(), NOW)).isInstanceOf(Verdict.Forged.class);
    }
    assertThat(verify(good, Map.of("sns.certificate:" + URL, "other"), NOW))
        .isInstanceOf(Verdict.Forged.class);
    assertThat(verify(good, certificate(), NOW.plusSeconds(3_600)))
        .isEqualTo(new Verdict.Authentic());
    assertThat(verify(good, certificate(), NOW.plusSeconds(3_601))).isEqualTo(new Verdict.Stale());
    assertThat(verify(good, certificate(), NOW.minusSeconds(3_601))).isEqualTo(new Verdict.Stale());
    assertThat(verify(good, certificate(), Instant.parse("2020-01-01T00:00:00Z")))
        .isInstanceOf(Verdict.Forged.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sns.us-west-2.amazonaws.com/a.pem",
        "https://sns.us-west-2.amazonaws.com.evil.example/a.pem",
        "https://sns.us-west-2.amazonaws.com:8443/a.pem",
        "https://u@sns.us-west-2.amazonaws.com/a.pem",
        "https://sns.us-west-2.amazonaws.com/a.crt",
        "https://sns.us-west-2.amazonaws.com/a.pem?x=1",
        "https://sns.eu-west-1.amazonaws.com/a.pem",
        "https://evil.example/sns.us-west-2.amazonaws.com/a.pem",
        "https://169.254.169.254/a.pem",
        "a b",
        ""
      })
  void a_certificate_comes_from_sns_in_the_topics_region_alone(String url) {
    Json.Obj message =
        signed(NOTIFICATION.with("SigningCertURL", url), NOTIFICATION_SIGNED, "2", "SHA256withRSA");
    assertThat(verify(message, Map.of(), NOW)).isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void a_raw_message_or_a_channel_without_a_topic_is_not_believed() {
    Json.Obj good = signed(NOTIFICATION, NOTIFICATION_SIGNED, "2", "SHA256withRSA");
    var raw = Letters.report(JsonText.write(good), "x-amz-sns-rawdelivery", "true");
    var reader = SES.callbacks().orElseThrow();
    var settings = Letters.settings(SES, "{\"sns_topic_arn\": \"" + TOPIC + "\"}");
    assertThat(reader.verify(raw, settings, certificate(), NOW)).isInstanceOf(Verdict.Forged.class);
    assertThat(
            reader.verify(
                Letters.report(JsonText.write(good)),
                Letters.settings(SES, "{}"),
                certificate(),
                NOW))
        .isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void a_subscription_is_confirmed_by_following_a_url_of_sns_alone() {
    String url =
        "https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=t&Token=x";
    Json.Obj confirmation =
        NOTIFICATION
            .with("Type", "SubscriptionConfirmation")
            .with("Token", "x")
            .with("SubscribeURL", url);
    assertThat(new SnsEnvelope(confirmation).answer().follow())
        .extracting(ProviderCall.Http::url)
        .containsExactly(url);
    for (String other :
        List.of(
            "https://evil.example/?Action=ConfirmSubscription",
            "https://sns.us-west-2.amazonaws.com/?Action=DeleteTopic")) {
      assertThat(new SnsEnvelope(confirmation.with("SubscribeURL", other)).answer().follow())
          .isEmpty();
    }
    assertThat(
            new SnsEnvelope(confirmation.with("Type", "UnsubscribeConfirmation")).answer().follow())
        .isEmpty();
    String signed =
        "Message\nhi\nMessageId\n22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324\nSubscribeURL\n"
            + url
            + "\nTimestamp\n"
            + NOW
            + "\nToken\nx\nTopicArn\n"
            + TOPIC
            + "\nType\nSubscriptionConfirmation\n";
    assertThat(verify(signed(confirmation, signed, "2", "SHA256withRSA"), certificate(), NOW))
        .isEqualTo(new Verdict.Authentic());
  }

  private static Verdict verify(Json.Obj message, Map<String, String> lookups, Instant now) {
    return SES.callbacks()
        .orElseThrow()
        .verify(
            Letters.report(JsonText.write(message)),
            Letters.settings(SES, "{\"sns_topic_arn\": \"" + TOPIC + "\"}"),
            lookups,
            now);
  }

  private static Map<String, String> certificate() {
    return Map.of("sns.certificate:" + URL, resource("certificate.pem"));
  }

  private static Json.Obj signed(Json.Obj message, String text, String version, String algorithm) {
    try {
      byte[] key = Base64.getDecoder().decode(resource("key.base64").strip());
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return message
          .with("SignatureVersion", version)
          .with("Signature", Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try (var in = SnsEnvelopeTest.class.getResourceAsStream("/sns/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
