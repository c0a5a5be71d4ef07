package dev.carillon.local.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.engine.Bench;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

class SesTest {
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:mail";

  private static Bench bench;
  private static SesV2Client ses;

  @BeforeAll
  static void start() {
    bench = Bench.inMemory();
    bench.queue("callbacks");
    bench.queue("wrapped");
    var mailbox = bench.engines.mailbox();
    mailbox.configurationSet("mail");
    mailbox.destination("mail", Set.of("send", "DELIVERY", "Bounce", "complaint"), TOPIC);
    mailbox.subscribe(TOPIC, Bench.arn("callbacks"), true);
    mailbox.subscribe(TOPIC, Bench.arn("wrapped"), false);
    ses = bench.client(SesV2Client.builder());
  }

  @AfterAll
  static void stop() {
    ses.close();
    bench.close();
  }

  @BeforeEach
  void clean() {
    bench.hooks.emails.clear();
    bench.engines.queues().purge("callbacks");
    bench.engines.queues().purge("wrapped");
  }

  private static Consumer<SendEmailRequest.Builder> mailTo(String... to) {
    return request ->
        request
            .fromEmailAddress("\"Söhne, O'Brien\" <news@example.com>")
            .destination(destination -> destination.toAddresses(to))
            .configurationSetName("mail")
            .emailTags(tag("message", "m_1"))
            .content(
                content ->
                    content.simple(
                        simple ->
                            simple
                                .subject(subject -> subject.data("O'Brien & \"Söhne\" 🎈"))
                                .headers(
                                    MessageHeader.builder()
                                        .name("List-Unsubscribe")
                                        .value("<https://example.com/u>")
                                        .build())
                                .body(
                                    body ->
                                        body.html(html -> html.data("<p>ü</p>"))
                                            .text(text -> text.data("ü")))));
  }

  private static MessageTag tag(String name, String value) {
    return MessageTag.builder().name(name).value(value).build();
  }

  private static List<Json.Obj> events(String queue) {
    return bench.engines.queues().receive(queue, 10).stream()
        .map(message -> (Json.Obj) JsonText.parse(message.body()))
        .toList();
  }

  @Test
  void a_mail_arrives_as_it_was_sent() {
    var id = ses.sendEmail(mailTo("Zoë <zoe@example.com>")).messageId();
    var email = bench.hooks.emails.getFirst();
    assertThat(email.messageId()).isEqualTo(id);
    assertThat(email.at()).isEqualTo(Bench.START);
    assertThat(email.from()).isEqualTo("\"Söhne, O'Brien\" <news@example.com>");
    assertThat(email.to()).containsExactly("Zoë <zoe@example.com>");
    assertThat(email.subject()).isEqualTo("O'Brien & \"Söhne\" 🎈");
    assertThat(email.html()).contains("<p>ü</p>");
    assertThat(email.text()).contains("ü");
    assertThat(email.tags()).containsEntry("message", "m_1");
    assertThat(email.headers())
        .containsExactly(new SentEmail.Header("List-Unsubscribe", "<https://example.com/u>"));
  }

  @Test
  void an_ordinary_address_gets_the_send_event_only() {
    var id = ses.sendEmail(mailTo("zoe@example.com")).messageId();
    var event = events("callbacks");
    assertThat(event).extracting(one -> one.text("eventType").get()).containsExactly("Send");
    var mail = event.getFirst().object("mail");
    assertThat(mail.text("messageId")).contains(id);
    assertThat(mail.object("tags").list("message")).containsExactly(Json.of("m_1"));
    assertThat(mail.object("tags").list("ses:configuration-set")).containsExactly(Json.of("mail"));
  }

  @Test
  void the_simulator_s_addresses_bring_their_events() {
    ses.sendEmail(mailTo("success+a@simulator.amazonses.com"));
    ses.sendEmail(mailTo("bounce@simulator.amazonses.com"));
    ses.sendEmail(mailTo("complaint@simulator.amazonses.com"));
    assertThat(events("callbacks"))
        .extracting(one -> one.text("eventType").get())
        .containsExactly("Send", "Delivery", "Send", "Bounce", "Send", "Delivery", "Complaint");
  }

  @Test
  void without_raw_delivery_the_event_comes_wrapped() {
    ses.sendEmail(mailTo("zoe@example.com"));
    var envelope = events("wrapped").getFirst();
    assertThat(envelope.text("Type")).contains("Notification");
    assertThat(((Json.Obj) JsonText.parse(envelope.text("Message").get())).text("eventType"))
        .contains("Send");
  }

  @Test
  void a_raw_mail_is_taken_apart() {
    var mime =
        """
        From: =?utf-8?q?S=C3=B6hne?= <news@example.com>
        To: zoe@example.com, "B, b" <b@example.com>
        Subject: =?UTF-8?B?w7xiZXI=?=
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="x y"

        --x y
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        gr=C3=BCn=
        er
        --x y
        Content-Type: text/html; charset=utf-8

        <p>grün</p>
        --x y--
        """
            .replace("\n", "\r\n");
    ses.sendEmail(
        request ->
            request.content(
                content -> content.raw(raw -> raw.data(SdkBytes.fromUtf8String(mime)))));
    var email = bench.hooks.emails.getFirst();
    assertThat(email.from()).isEqualTo("Söhne <news@example.com>");
    assertThat(email.to()).containsExactly("zoe@example.com", "\"B, b\" <b@example.com>");
    assertThat(email.subject()).isEqualTo("über");
    assertThat(email.text()).contains("grüner");
    assertThat(email.html()).contains("<p>grün</p>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "a@",
        "a b@example.com",
        "a@exa mple.com",
        "a@.example.com",
        "ä@example.com",
        "a@example.com\r\nBcc: b@example.com",
        "<script>@example.com"
      })
  void bad_addresses_are_refused(String address) {
    assertThatThrownBy(() -> ses.sendEmail(mailTo(address)))
        .isInstanceOf(BadRequestException.class);
    assertThat(bench.hooks.emails).isEmpty();
  }

  @Test
  void tags_headers_recipients_and_configuration_sets_are_checked() {
    var good = mailTo("zoe@example.com");
    assertThatThrownBy(() -> ses.sendEmail(good.andThen(r -> r.emailTags(tag("a", "b c")))))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("Invalid tag");
    assertThatThrownBy(
            () -> ses.sendEmail(good.andThen(r -> r.emailTags(tag("a", "b".repeat(257))))))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> ses.sendEmail(good.andThen(r -> r.configurationSetName("none"))))
        .isInstanceOf(NotFoundException.class);
    var many =
        IntStream.range(0, 51).mapToObj(n -> "u" + n + "@example.com").toArray(String[]::new);
    assertThatThrownBy(() -> ses.sendEmail(mailTo(many))).isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> ses.sendEmail(header("Subject", "again")))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> ses.sendEmail(header("X-A", "a\r\nBcc: b@example.com")))
        .isInstanceOf(BadRequestException.class);
    assertThat(bench.hooks.emails).isEmpty();
  }

  private static Consumer<SendEmailRequest.Builder> header(String name, String value) {
    return mailTo("zoe@example.com")
        .andThen(
            request ->
                request.content(
                    content ->
                        content.simple(
                            simple ->
                                simple
                                    .subject(subject -> subject.data("s"))
                                    .body(body -> body.text(text -> text.data("t")))
                                    .headers(
                                        MessageHeader.builder().name(name).value(value).build()))));
  }
}
