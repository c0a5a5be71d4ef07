package dev.carillon.provider.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.provider.Providers;
import dev.carillon.provider.access.BasicAuth;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.callback.CallbackRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of providers that sign with a secret or prove themselves with a password. */
class EmailReportsTest {
  private static final String MAILTRAP_BODY =
      "{\"event\":\"delivery\",\"sending_stream\":\"transactional\",\"category\":\"welcome\",\"message_id\":\"a8b1d8f6-1f8d-4a3c-9b2e-1a2b3c4d5e6f\",\"email\":\"recipient@example.com\",\"event_id\":\"f1e2d3c4-b5a6-7890-1234-567890abcdef\",\"timestamp\":1716070000}";
  private static final String MAILTRAP_SECRET = "8d9a3c0e7f5b2d4a6c1e9f8b3a7d5c2e";
  private static final String MAILTRAP_CODE =
      "6d262e2611cd09be1f948382b5c611d63b0e585c4c9c5e40139d6ac3876d5433";

  /** The published example of Rails' Action Mailbox. */
  private static final String MAILGUN_KEY = "tbsy84uSV1Kt3ZJZELY2TmShPRs91E3yL4tzf96297vBCkDWgL";

  private static final String MAILGUN_TOKEN = "7VwW7k6Ak7zcTwoSoNm7aTtbk1g67MKAnsYLfUB7PdszbgR5Xi";
  private static final String MAILGUN_CODE =
      "ef24c5225322217bb065b80bb54eb4f9206d764e3e16abab07f0a64d1cf477cc";
  private static final Instant MAILGUN_TIME = Instant.ofEpochSecond(1_539_112_500L);

  private static final String MANDRILL_URL = "https://example.com/hook/mandrill";
  private static final String MANDRILL_CODE = "rL2S6OfgBjrwz1Mr3bRzW1+KAVo=";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "email_mailtrap | mailtrap-signature | "
            + MAILTRAP_SECRET
            + " | "
            + MAILTRAP_BODY
            + " | "
            + MAILTRAP_CODE,
        "email_mailersend | signature | sekret | {\"type\":\"activity.delivered\"} |"
            + " 1a9fd9d6771ec99b588daa6c8da88a6bbd78b27ef9abb2d3d7c949ffe1c91fb1"
      })
  void a_code_over_the_body_proves_it_and_nothing_else_does(
      String key, String header, String secret, String body, String code) {
    EmailProvider provider = provider(key);
    assertThat(verdict(provider, secret, Letters.report(body, header, code)))
        .isEqualTo(new Verdict.Authentic());
    for (CallbackRequest report :
        List.of(
            Letters.report(body.replace('d', 'e'), header, code),
            Letters.report(body + "\n", header, code),
            Letters.report(body, header, code.substring(2)),
            Letters.report(body, header, "zz" + code.substring(2)),
            Letters.report(body, header, "00" + code.substring(2)),
            Letters.report(body, "x", code),
            new CallbackRequest(
                "POST", "https://x.io", Map.of(header, List.of(code, code)), Letters.utf8(body)))) {
      assertThat(verdict(provider, secret, report)).isInstanceOf(Verdict.Forged.class);
    }
    CallbackRequest good = Letters.report(body, header, code);
    assertThat(verdict(provider, secret + "x", good)).isInstanceOf(Verdict.Forged.class);
    assertThat(verdict(provider, "", good)).isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void mailgun_signs_a_token_that_holds_for_twelve_hours() {
    EmailProvider provider = provider("email_mailgun");
    CallbackRequest good = mailgun("1539112500", MAILGUN_TOKEN, MAILGUN_CODE);
    assertThat(verdict(provider, MAILGUN_KEY, good, MAILGUN_TIME))
        .isEqualTo(new Verdict.Authentic());
    for (CallbackRequest report :
        List.of(
            mailgun("1539112501", MAILGUN_TOKEN, MAILGUN_CODE),
            mailgun("1539112500", MAILGUN_TOKEN + "x", MAILGUN_CODE),
            mailgun("1539112500", MAILGUN_TOKEN, MAILGUN_CODE.substring(2)),
            mailgun("1539112500", MAILGUN_TOKEN, "??"),
            Letters.report("{}"),
            Letters.report("no json"))) {
      assertThat(verdict(provider, MAILGUN_KEY, report, MAILGUN_TIME))
          .isInstanceOf(Verdict.Forged.class);
    }
    assertThat(verdict(provider, "other", good, MAILGUN_TIME)).isInstanceOf(Verdict.Forged.class);
    for (int hours : List.of(-13, 13)) {
      assertThat(verdict(provider, MAILGUN_KEY, good, MAILGUN_TIME.plusSeconds(hours * 3_600L)))
          .isEqualTo(new Verdict.Stale());
    }
  }

  @Test
  void mandrill_signs_the_url_it_was_given_and_the_fields() {
    EmailProvider provider = provider("email_mandrill");
    String key = "TEST_WEBHOOK_KEY";
    assertThat(
            verdict(provider, key, mandrill(MANDRILL_URL, "mandrill_events=%5B%5D", MANDRILL_CODE)))
        .isEqualTo(new Verdict.Authentic());
    for (CallbackRequest report :
        List.of(
            mandrill(MANDRILL_URL + "?a=1", "mandrill_events=%5B%5D", MANDRILL_CODE),
            mandrill("http://example.com/hook/mandrill", "mandrill_events=%5B%5D", MANDRILL_CODE),
            mandrill(MANDRILL_URL, "mandrill_events=%5B1%5D", MANDRILL_CODE),
            mandrill(MANDRILL_URL, "mandrill_events=%5B%5D&a=b", MANDRILL_CODE),
            mandrill(MANDRILL_URL, "mandrill_events=%5B%5D", MANDRILL_CODE.substring(4)),
            mandrill(MANDRILL_URL, "mandrill_events=%5B%5D", "??"),
            Letters.report("mandrill_events=%5B%5D"))) {
      assertThat(verdict(provider, key, report)).isInstanceOf(Verdict.Forged.class);
    }
    assertThat(
            verdict(provider, "", new CallbackRequest("HEAD", MANDRILL_URL, Map.of(), new byte[0])))
        .isEqualTo(new Verdict.Authentic());
  }

  @ParameterizedTest
  @ValueSource(strings = {"email_postmark", "email_mailjet", "email_sparkpost"})
  void who_signs_nothing_shows_a_password(String key) {
    EmailProvider provider = provider(key);
    String good = BasicAuth.header("carillon", "pass:word-1");
    assertThat(verdict(provider, "pass:word-1", Letters.report("{}", "authorization", good)))
        .isEqualTo(new Verdict.Authentic());
    for (String bad :
        List.of(
            "",
            "Basic",
            "Basic ?",
            "Bearer pass:word-1",
            BasicAuth.header("a", "pass:word-2"),
            good + "A")) {
      assertThat(verdict(provider, "pass:word-1", Letters.report("{}", "authorization", bad)))
          .isInstanceOf(Verdict.Forged.class);
    }
    assertThat(
            verdict(provider, "", Letters.report("{}", "authorization", BasicAuth.header("", ""))))
        .isInstanceOf(Verdict.Forged.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          email_postmark | {"RecordType":"Delivery","Recipient":"a@x.io"} | delivered
          email_postmark | {"RecordType":"Bounce","Type":"HardBounce","Email":"a@x.io"} | Dead
          email_postmark | {"RecordType":"Bounce","Type":"SoftBounce","Email":"a@x.io"} | bounced
          email_postmark | {"RecordType":"Bounce","Type":"Transient","Email":"a@x.io"} | Noted
          email_postmark | {"RecordType":"SpamComplaint","Email":"a@x.io"} | Complained
          email_postmark | {"RecordType":"Open","Recipient":"a@x.io"} | Noted
          email_mailgun | {"event-data":{"event":"delivered","recipient":"a@x.io"}} | delivered
          email_mailgun | {"event-data":{"event":"failed","severity":"permanent","reason":"bounce","recipient":"a@x.io"}} | Dead
          email_mailgun | {"event-data":{"event":"failed","severity":"permanent","reason":"suppress-unsubscribe","recipient":"a@x.io"}} | bounced
          email_mailgun | {"event-data":{"event":"failed","severity":"temporary","recipient":"a@x.io"}} | Noted
          email_mailgun | {"event-data":{"event":"rejected","recipient":"a@x.io"}} | undelivered
          email_mailgun | {"event-data":{"event":"complained","recipient":"a@x.io"}} | Complained
          email_mailgun | {"event-data":{"event":"accepted","recipient":"a@x.io"}} | Noted
          email_mailjet | {"event":"sent","email":"a@x.io","MessageID":9223372036854775807} | delivered
          email_mailjet | [{"event":"bounce","hard_bounce":true,"email":"a@x.io"}] | Dead
          email_mailjet | [{"event":"bounce","hard_bounce":false,"error":"greylisted","email":"a@x.io"}] | Noted
          email_mailjet | [{"event":"blocked","error":"preblocked","email":"a@x.io"}] | bounced
          email_mailjet | [{"event":"spam","email":"a@x.io"}] | Complained
          email_mailjet | [{"event":"open","email":"a@x.io"}] | Noted
          email_mailersend | {"type":"activity.delivered","data":{"email":{"recipient":{"email":"a@x.io"}}}} | delivered
          email_mailersend | {"type":"activity.hard_bounced","data":{"email":{"recipient":{"email":"a@x.io"}}}} | Dead
          email_mailersend | {"type":"activity.soft_bounced","data":{"email":{"recipient":{"email":"a@x.io"}}}} | bounced
          email_mailersend | {"type":"activity.opened","data":{"email":{"recipient":{"email":"a@x.io"}}}} | Noted
          email_mailtrap | {"events":[{"event":"delivery","email":"a@x.io"}]} | delivered
          email_mailtrap | {"events":[{"event":"bounce","email":"a@x.io"}]} | Dead
          email_mailtrap | {"events":[{"event":"reject","email":"a@x.io"}]} | bounced
          email_mailtrap | {"events":[{"event":"soft bounce","email":"a@x.io"}]} | Noted
          email_sparkpost | [{"msys":{"message_event":{"type":"delivery","rcpt_to":"a@x.io"}}}] | delivered
          email_sparkpost | [{"msys":{"message_event":{"type":"bounce","bounce_class":"10","rcpt_to":"a@x.io"}}}] | Dead
          email_sparkpost | [{"msys":{"message_event":{"type":"bounce","bounce_class":50,"rcpt_to":"a@x.io"}}}] | bounced
          email_sparkpost | [{"msys":{"message_event":{"type":"out_of_band","bounce_class":"60","rcpt_to":"a@x.io"}}}] | Noted
          email_sparkpost | [{"msys":{"message_event":{"type":"policy_rejection","rcpt_to":"a@x.io"}}}] | bounced
          email_sparkpost | [{"msys":{"gen_event":{"type":"generation_failure","rcpt_to":"a@x.io"}}}] | undelivered
          email_sparkpost | [{"msys":{"track_event":{"type":"click","rcpt_to":"a@x.io"}}}] | Noted
          """)
  void an_event_means_what_its_provider_calls_it(String key, String body, String effect) {
    List<CallbackEvent> events = Letters.events(provider(key), body);
    assertThat(events).hasSize(1);
    assertThat(Letters.effect(events.getFirst())).isEqualTo(effect);
    assertThat(events.getFirst().address()).contains("a@x.io");
    assertThat(Letters.events(provider(key), body)).isEqualTo(events);
  }

  @ParameterizedTest
  @CsvSource({
    "send, delivered",
    "delivered, delivered",
    "hard_bounce, Dead",
    "soft_bounce, bounced",
    "reject, bounced",
    "spam, Complained",
    "deferral, Noted"
  })
  void mandrills_events_are_in_a_form(String type, String effect) {
    String form =
        "mandrill_events=%5B%7B%22event%22%3A%22" + type + "%22%2C%22_id%22%3A%22m1%22%7D%5D";
    CallbackEvent event = Letters.events(provider("email_mandrill"), form).getFirst();
    assertThat(Letters.effect(event)).isEqualTo(effect);
    assertThat(event.externalId()).contains("m1");
  }

  @Test
  void a_number_of_64_bits_keeps_its_digits() {
    var events =
        Letters.events(
            provider("email_mailjet"), "{\"event\":\"sent\",\"MessageID\":9223372036854775807}");
    assertThat(events.getFirst().externalId()).contains("9223372036854775807");
  }

  @Test
  void a_ping_is_no_event() {
    assertThat(Letters.events(provider("email_sparkpost"), "[{\"msys\":{}}]")).isEmpty();
    assertThat(Letters.events(provider("email_mailersend"), "{\"type\":\"webhook.test\"}"))
        .isEmpty();
  }

  private static EmailProvider provider(String key) {
    return (EmailProvider) Providers.named(key).orElseThrow();
  }

  private static CallbackRequest mailgun(String timestamp, String token, String code) {
    return Letters.report(
        "{\"signature\":{\"timestamp\":\"%s\",\"token\":\"%s\",\"signature\":\"%s\"}}"
            .formatted(timestamp, token, code));
  }

  private static CallbackRequest mandrill(String url, String body, String code) {
    return Letters.report(url, Letters.utf8(body), "x-mandrill-signature", code);
  }

  private static Verdict verdict(EmailProvider provider, String secret, CallbackRequest report) {
    return verdict(provider, secret, report, Letters.NOW);
  }

  private static Verdict verdict(
      EmailProvider provider, String secret, CallbackRequest report, Instant now) {
    return provider
        .callbacks()
        .orElseThrow()
        .verify(
            report,
            Letters.settings(provider, "{\"webhook_secret\": \"" + secret + "\"}"),
            Map.of(),
            now);
  }
}
