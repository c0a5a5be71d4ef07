package dev.carillon.provider.smtp;

import static dev.carillon.provider.email.Letters.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall.Credentials;
import dev.carillon.provider.ProviderCall.Security;
import dev.carillon.provider.ProviderCall.Smtp;
import dev.carillon.provider.ProviderCall.SmtpStage;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.email.Letters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpEmailTest {
  private static final SmtpEmail SMTP = new SmtpEmail();
  private static final String SETTINGS =
      """
      {"host": "smtp.acme.test", "port": 587, "username": "u", "password": "pass-word-1"}
      """;

  @Test
  void a_mail_is_handed_to_the_server_for_all_its_recipients() {
    Smtp call = call(SETTINGS, Letters.full());
    assertThat(call.host()).isEqualTo("smtp.acme.test");
    assertThat(call.port()).isEqualTo(587);
    assertThat(call.credentials()).contains(new Credentials("u", "pass-word-1"));
    assertThat(call.secrets()).containsExactly("pass-word-1");
    assertThat(call.sender()).isEqualTo("no-reply@acme.test");
    assertThat(call.recipients())
        .containsExactly("ana@example.com", "c@example.com", "b@example.com");
  }

  @Test
  void a_mail_has_its_parts_and_nobody_reads_of_blind_copies() throws IOException {
    Message mail = parsed(Letters.full());
    assertThat(mail.getSubject()).isEqualTo("Hi");
    assertThat(mail.getFrom().getFirst().getName()).isEqualTo("Acme");
    assertThat(mail.getFrom().getFirst().getAddress()).isEqualTo("no-reply@acme.test");
    assertThat(mail.getTo().flatten()).extracting(Mailbox::getName).containsExactly("Ana");
    assertThat(mail.getCc().flatten()).hasToString("[c@example.com]");
    assertThat(mail.getReplyTo().flatten()).hasToString("[help@acme.test]");
    assertThat(mail.getBcc()).isNull();
    assertThat(mail.getDate()).isEqualTo(Date.from(NOW));
    assertThat(mail.getMessageId()).isEqualTo("<" + Letters.MID + "@acme.test>");
    assertThat(header(mail, "X-Carillon-Message-Id")).isEqualTo(Letters.MID);
    assertThat(header(mail, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    assertThat(shape(mail))
        .isEqualTo(
            "multipart/mixed[multipart/alternative[text/plain,"
                + "multipart/related[text/html,image/png]],text/plain]");
    List<Entity> leaves = leaves(mail);
    assertThat(content(leaves.get(0))).isEqualTo("t");
    assertThat(content(leaves.get(1))).isEqualTo("<p>h</p>");
    assertThat(header(leaves.get(2), "Content-ID")).isEqualTo("<logo>");
    assertThat(leaves.get(2).getDispositionType()).isEqualTo("inline");
    assertThat(leaves.get(3).getDispositionType()).isEqualTo("attachment");
    assertThat(leaves.get(3).getFilename()).isEqualTo("a.txt");
    assertThat(content(leaves.get(3))).isEqualTo("hi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text | ''       | text/plain
          ''   | <p>h</p> | text/html
          text | <p>h</p> | multipart/alternative[text/plain,text/html]
          ''   | ''       | text/plain
          """)
  void a_mail_has_no_more_parts_than_it_needs(String text, String html, String shape)
      throws IOException {
    assertThat(shape(parsed(Letters.saying(Letters.plain(), "s", html, text)))).isEqualTo(shape);
  }

  @Test
  void anything_that_people_write_comes_back_as_it_was() throws IOException {
    String subject = "Söhne & \"Co\", 🦖 " + "sehr lang und noch länger ".repeat(12) + "Ende";
    String text =
        "=3D\tüber 🎈\r\n.\r\nFrom here\n\nzwei  \n" + "x".repeat(3_000) + "\n--=_carillon";
    String html = "<p>" + "日本語".repeat(500) + "</p>\n";
    var mail =
        new Content.Email(
            new Content.Envelope(
                Optional.of(Letters.named("Bell, Book & \"Co\" \\ 🔔", "no-reply@bücher.example")),
                List.of(Letters.named("Lovelace, Ada", "ada@straße.example")),
                List.of(Letters.named("🦖".repeat(40), "c@example.com"), Letters.bare("d@x.io")),
                List.of(),
                List.of()),
            subject,
            html,
            text,
            Map.of("X-Note", "Grüße aus Köln " + "und noch mehr ".repeat(20)),
            List.of(
                new Attachment(
                    "Übersicht, 🦖 \"alt\".pdf",
                    "application/pdf",
                    base64("%PDF"),
                    Optional.empty(),
                    false),
                new Attachment(
                    "ein sehr langer Name ".repeat(8) + ".txt",
                    "text/plain; charset=utf-8",
                    base64("ü"),
                    Optional.empty(),
                    false)),
            Json.Obj.EMPTY);
    Message parsed = parsed(mail);
    assertThat(parsed.getSubject()).isEqualTo(subject);
    Mailbox from = parsed.getFrom().getFirst();
    assertThat(from.getName()).isEqualTo("Bell, Book & \"Co\" \\ 🔔");
    assertThat(from.getAddress()).isEqualTo("no-reply@xn--bcher-kva.example");
    Mailbox to = parsed.getTo().flatten().getFirst();
    assertThat(to.getName()).isEqualTo("Lovelace, Ada");
    assertThat(to.getAddress()).isEqualTo("ada@xn--strae-oqa.example");
    assertThat(parsed.getCc().flatten()).hasSize(2);
    assertThat(parsed.getCc().flatten().getFirst().getName()).isEqualTo("🦖".repeat(40));
    List<Entity> leaves = leaves(parsed);
    assertThat(content(leaves.get(0))).isEqualTo(text.replaceAll("\r\n|\n", "\r\n"));
    assertThat(content(leaves.get(1))).isEqualTo(html.replace("\n", "\r\n"));
    assertThat(leaves.get(2).getFilename()).isEqualTo("Übersicht, 🦖 _alt_.pdf");
    assertThat(content(leaves.get(2))).isEqualTo("%PDF");
    assertThat(leaves.get(3).getFilename()).isEqualTo(("ein sehr langer Name ".repeat(8) + ".txt"));
    String raw = raw(mail);
    assertThat(raw.lines()).allMatch(line -> line.length() <= 998);
    assertThat(raw.chars()).allMatch(c -> c < 0x80);
    assertThat(raw.replace("\r\n", "")).doesNotContain("\r", "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a*0.txt",
        "x%20'y'.txt",
        "UTF-8''x.txt",
        "=?UTF-8?Q?x?=.txt",
        "=?UTF-8?Q?x?= ünd mehr, und noch sehr viel mehr.txt",
        "a b;c=d, e.txt"
      })
  void a_file_has_its_name_whatever_that_looks_like(String name) throws IOException {
    var mail = with(new Attachment(name, "text/plain", base64("x"), Optional.empty(), false));
    Entity file = leaves(parsed(mail)).get(1);
    assertThat(file.getFilename()).isEqualTo(name);
    if (name.matches(".*[*'%?].*")) {
      assertThat(raw(mail)).contains("filename*0*=UTF-8''").doesNotContain("filename=");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"message/rfc822", "Multipart/mixed; boundary=x"})
  void a_file_that_consists_of_parts_is_carried_as_bytes(String type) throws IOException {
    var file = new Attachment("a.eml", type, base64("Subject: x"), Optional.empty(), false);
    assertThat(shape(parsed(with(file))))
        .isEqualTo("multipart/mixed[text/plain,application/octet-stream]");
  }

  @Test
  void a_name_that_looks_encoded_is_shown_as_it_is() throws IOException {
    var envelope =
        new Content.Envelope(
            Optional.of(Letters.named("=?UTF-8?Q?evil?=", "no-reply@acme.test")),
            List.of(Letters.bare("ana@example.com")),
            List.of(),
            List.of(),
            List.of());
    Message mail = parsed(Letters.with(Letters.plain(), envelope));
    assertThat(mail.getFrom().getFirst().getName()).isEqualTo("=?UTF-8?Q?evil?=");
    assertThat(raw(Letters.with(Letters.plain(), envelope))).doesNotContain("?Q?evil");
  }

  private static Content.Email with(Attachment file) {
    Content.Email mail = Letters.plain();
    return new Content.Email(
        mail.envelope(), "Hi", "", "t", Map.of(), List.of(file), Json.Obj.EMPTY);
  }

  @Test
  void the_same_mail_has_the_same_bytes_and_another_id_when_it_is_resent() {
    assertThat(raw(Letters.full())).isEqualTo(raw(Letters.full()));
    var first = Letters.MESSAGE;
    var again =
        new DeliveryRequest.Subject(
            first.environment(),
            first.id(),
            first.workflow(),
            first.recipient(),
            first.tenant(),
            2,
            1,
            first.trace());
    var request =
        new DeliveryRequest<Content.Email>(
            again,
            Letters.plain(),
            Letters.settings(SMTP, SETTINGS),
            Optional.empty(),
            Map.of(),
            NOW);
    byte[] mail = ((Smtp) ((Preparation.Ready) SMTP.prepare(request)).call()).mail();
    assertThat(new String(mail, StandardCharsets.US_ASCII))
        .contains("Message-ID: <" + Letters.MID + "-1@acme.test>");
  }

  @Test
  void overrides_set_headers_and_nothing_else() throws IOException {
    Json.Obj overrides =
        Letters.json(
            """
            {"subject": "other", "headers": {"x-ref": 7, "X-Flag": true, "list-unsubscribe-post": null}}
            """);
    Message mail = parsed(Letters.with(Letters.full(), overrides));
    assertThat(mail.getSubject()).isEqualTo("Hi");
    assertThat(header(mail, "X-Ref")).isEqualTo("7");
    assertThat(header(mail, "X-Flag")).isEqualTo("true");
    assertThat(mail.getHeader().getField("List-Unsubscribe-Post")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bcc", "From", "Content-Type", "X-Carillon-Message-Id", "a b", "X\\r\\nBcc"})
  void an_override_sets_no_header_that_is_taken(String name) {
    Json.Obj overrides = Letters.json("{\"headers\": {\"" + name + "\": \"evil@example.com\"}}");
    assertThat(prepared(SETTINGS, Letters.with(Letters.plain(), overrides)))
        .isInstanceOfSatisfying(
            Preparation.Refused.class,
            it -> assertThat(it.result()).isInstanceOf(DeliveryResult.Rejected.class));
  }

  @ParameterizedTest
  @CsvSource({
    "smtp.acme.test, 465, TLS",
    "smtp.acme.test, 587, STARTTLS",
    "smtp.acme.test, 2525, STARTTLS",
    "localhost, 1025, NONE",
    "localhost, 465, TLS"
  })
  void the_port_says_how_tls_begins(String host, int port, Security security) {
    assertThat(call(settings(host, Integer.toString(port)), Letters.plain()).security())
        .isEqualTo(security);
  }

  @ParameterizedTest
  @CsvSource({
    "smtp.acme.test, 25",
    "smtp.acme.test, 0",
    "smtp.acme.test, 70000",
    "smtp.acme.test, '\"x\"'",
    "a/b, 587",
    "'', 587"
  })
  void a_host_or_port_that_cannot_be_is_the_channels_fault(String host, String port) {
    assertThat(prepared(settings(host, port), Letters.plain()))
        .isInstanceOfSatisfying(
            Preparation.Refused.class,
            it -> assertThat(it.result()).isInstanceOf(DeliveryResult.Misconfigured.class));
  }

  @Test
  void a_port_may_be_written_as_a_text() {
    assertThat(call(settings("smtp.acme.test", "\"587\""), Letters.plain()).port()).isEqualTo(587);
  }

  @Test
  void what_is_accepted_is_sent_under_our_own_id() {
    assertThat(read(SmtpStage.DATA, 250, "2.0.0 Ok: queued as 4Zx"))
        .isEqualTo(
            new DeliveryResult.Accepted(
                Optional.of(Letters.MID + "@acme.test"), DeliveryStatus.SENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GREETING | 421 | busy                         | Deferred
          GREETING | 554 | no service                   | Misconfigured
          STARTTLS | 250 | smtp.acme.test               | Misconfigured
          STARTTLS | 454 | TLS not available            | Deferred
          STARTTLS | 502 | not implemented              | Misconfigured
          AUTH     | 535 | 5.7.8 bad credentials        | Misconfigured
          AUTH     | 534 | 5.7.9 too weak               | Misconfigured
          AUTH     | 538 | encryption required          | Misconfigured
          AUTH     | 454 | 4.7.0 temporary              | Deferred
          AUTH     | 500 | what                         | Misconfigured
          MAIL     | 530 | 5.7.0 authenticate first     | Misconfigured
          MAIL     | 550 | 5.7.1 not your sender        | Misconfigured
          MAIL     | 553 | sender rejected              | Misconfigured
          MAIL     | 552 | 5.3.4 too big                | Rejected
          MAIL     | 452 | 4.3.1 no room                | Deferred
          RCPT     | 550 | 5.1.1 no such user           | Dead
          RCPT     | 550 | 5.1.2 no such domain         | Dead
          RCPT     | 550 | 5.1.10 null MX               | Dead
          RCPT     | 551 | moved                        | Dead
          RCPT     | 553 | no mailbox                   | Dead
          RCPT     | 552 | 5.2.2 full                   | Bounced
          RCPT     | 550 | 5.2.1 disabled               | Dead
          RCPT     | 550 | 5.7.1 policy                 | Bounced
          RCPT     | 554 | no                           | Bounced
          RCPT     | 450 | 4.2.0 greylisted             | Deferred
          RCPT     | 451 | local error                  | Deferred
          DATA     | 550 | 5.7.1 spam                   | Misconfigured
          DATA     | 554 | 5.6.0 malformed              | Rejected
          DATA     | 552 | 5.3.4 too big                | Rejected
          DATA     | 552 | 5.2.2 full                   | Bounced
          DATA     | 554 | transaction failed           | Rejected
          DATA     | 421 | closing                      | Deferred
          DATA     | 354 | go ahead                     | Ambiguous
          DATA     | 0   | ''                           | Ambiguous
          RCPT     | 250 | fine so far                  | Deferred
          """)
  void a_reply_means_what_its_stage_and_codes_say(
      SmtpStage stage, int code, String text, String kind) {
    assertThat(Letters.kind(read(stage, code, text))).isEqualTo(kind);
  }

  @Test
  void a_reason_has_neither_password_nor_address() {
    assertThat(read(SmtpStage.RCPT, 550, "5.1.1 <ana@example.com> pass-word-1\nno such user"))
        .isEqualTo(
            new DeliveryResult.Bounced(
                "RCPT 550: 5.1.1 <[address]> [credential] no such user", true));
  }

  private static DeliveryResult read(SmtpStage stage, int code, String text) {
    return SMTP.read(
        Letters.request(SMTP, SETTINGS, Letters.plain()), ProviderResponse.smtp(stage, code, text));
  }

  private static String settings(String host, String port) {
    return "{\"host\": \"%s\", \"port\": %s, \"username\": \"u\", \"password\": \"p\"}"
        .formatted(host, port);
  }

  private static Preparation prepared(String settings, Content.Email mail) {
    return SMTP.prepare(Letters.request(SMTP, settings, mail));
  }

  private static Smtp call(String settings, Content.Email mail) {
    return (Smtp) ((Preparation.Ready) prepared(settings, mail)).call();
  }

  private static String raw(Content.Email mail) {
    return new String(call(SETTINGS, mail).mail(), StandardCharsets.ISO_8859_1);
  }

  private static Message parsed(Content.Email mail) throws IOException {
    return new DefaultMessageBuilder()
        .parseMessage(new ByteArrayInputStream(call(SETTINGS, mail).mail()));
  }

  private static String header(Entity entity, String name) {
    Field field = entity.getHeader().getField(name);
    return field.getBody();
  }

  private static String shape(Entity entity) {
    return entity.getBody() instanceof Multipart multipart
        ? entity.getMimeType()
            + "["
            + String.join(",", multipart.getBodyParts().stream().map(SmtpEmailTest::shape).toList())
            + "]"
        : entity.getMimeType();
  }

  private static List<Entity> leaves(Entity entity) {
    if (!(entity.getBody() instanceof Multipart multipart)) {
      return List.of(entity);
    }
    var leaves = new ArrayList<Entity>();
    multipart.getBodyParts().forEach(part -> leaves.addAll(leaves(part)));
    return leaves;
  }

  private static String content(Entity entity) throws IOException {
    var out = new ByteArrayOutputStream();
    ((SingleBody) entity.getBody()).getInputStream().transferTo(out);
    assertThat(entity.getBody() instanceof TextBody)
        .isEqualTo(entity.getMimeType().startsWith("text/"));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
