package dev.carillon.provider.whatsapp;

import static dev.carillon.provider.Offers.answer;
import static dev.carillon.provider.Offers.body;
import static dev.carillon.provider.Offers.json;
import static dev.carillon.provider.Offers.kind;
import static dev.carillon.provider.Offers.quoted;
import static dev.carillon.provider.Offers.ready;
import static dev.carillon.provider.Offers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.ChatBody;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Offers;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.chat.ChatMarkdown;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppTest {
  private static final WhatsApp WHATS_APP = new WhatsApp();
  private static final Json.Obj SETTINGS =
      Json.object().with("authentication_token", "secret").with("phone_number_id", "106540");
  private static final ChatBody TEMPLATE =
      new ChatBody.Blocks(
          quoted("{'template':{'name':'order_ready','language':{'code':'en_US'}}}"), "");

  @Test
  void a_template_is_sent_to_the_number() {
    ProviderCall.Http call = ready(WHATS_APP.prepare(offer("+15552229999", TEMPLATE, "{}")));
    assertThat(call.url()).isEqualTo("https://graph.facebook.com/v23.0/106540/messages");
    assertThat(call.headers()).containsEntry("Authorization", "Bearer secret");
    assertThat(body(call))
        .isEqualTo(
            ("{'template':{'name':'order_ready','language':{'code':'en_US'}},'type':'template',"
                    + "'messaging_product':'whatsapp','recipient_type':'individual',"
                    + "'to':'15552229999','biz_opaque_callback_data':'"
                    + Offers.ID
                    + "'}")
                .replace('\'', '"'));
  }

  @Test
  void words_are_sent_as_a_text() {
    assertThat(
            json(
                ready(
                    WHATS_APP.prepare(
                        offer(
                            "15552229999",
                            new ChatBody.Markdown("**Hi** [t](https://a.test)"),
                            "{'text':{'preview_url':true}}")))))
        .isEqualTo(
            quoted(
                "{'type':'text','text':{'body':'*Hi* t (https://a.test)','preview_url':true},"
                    + "'messaging_product':'whatsapp','recipient_type':'individual',"
                    + "'to':'15552229999','biz_opaque_callback_data':'"
                    + Offers.ID
                    + "'}"));
  }

  @Test
  void overrides_change_neither_target_nor_id() {
    String overrides =
        "{'to':'1','messaging_product':'x','biz_opaque_callback_data':'forged','recipient_type':'group',"
            + "'template':{'language':{'code':'de'}}}";
    assertThat(json(ready(WHATS_APP.prepare(offer("+15552229999", TEMPLATE, overrides)))))
        .isEqualTo(
            quoted(
                "{'template':{'name':'order_ready','language':{'code':'de'}},'type':'template',"
                    + "'messaging_product':'whatsapp','recipient_type':'individual',"
                    + "'to':'15552229999','biz_opaque_callback_data':'"
                    + Offers.ID
                    + "'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'image':{'link':'l'}}                   | image
          {'text':{'body':'b'}}                    | text
          {'interactive':{}}                       | interactive
          {'type':'reaction','reaction':{}}        | reaction
          {'type':'text','template':{},'text':{}}  | text
          """)
  void the_kind_of_a_message_is_that_of_what_it_holds(String message, String type) {
    var body = new ChatBody.Blocks(quoted(message), "");
    assertThat(json(ready(WHATS_APP.prepare(offer("15552229999", body, "{}")))).text("type"))
        .contains(type);
  }

  @ParameterizedTest
  @CsvSource({
    "+1 (555) 222-9999, 15552229999",
    "4915112345678, 4915112345678",
    "+49.151.1234.5678, 4915112345678"
  })
  void a_number_is_sent_as_its_digits(String number, String digits) {
    assertThat(json(ready(WHATS_APP.prepare(offer(number, TEMPLATE, "{}")))).text("to"))
        .contains(digits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ellie", "+", "12345", "0049151123456789", "+1234567890123456"})
  void what_is_no_number_bounces(String number) {
    assertThat(kind(refused(WHATS_APP.prepare(offer(number, TEMPLATE, "{}")))))
        .isEqualTo("Bounced");
  }

  @Test
  void a_list_is_no_message() {
    var list = new ChatBody.Blocks(quoted("{'l':[{}]}").get("l").orElseThrow(), "");
    assertThat(kind(refused(WHATS_APP.prepare(offer("15552229999", list, "{}")))))
        .isEqualTo("Rejected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"authentication_token", "phone_number_id"})
  void a_channel_without_one_of_these_is_not_configured(String name) {
    var chat = offer("15552229999", TEMPLATE, "{}").content();
    assertThat(kind(refused(WHATS_APP.prepare(Offers.of(WHATS_APP, SETTINGS.without(name), chat)))))
        .isEqualTo("Misconfigured");
  }

  @Test
  void a_sender_is_no_path_of_its_own() {
    var chat = offer("15552229999", TEMPLATE, "{}").content();
    assertThat(
            kind(
                refused(
                    WHATS_APP.prepare(
                        Offers.of(WHATS_APP, SETTINGS.with("phone_number_id", "1/../2"), chat)))))
        .isEqualTo("Misconfigured");
  }

  @ParameterizedTest
  @CsvSource({
    "131026, Bounced",
    "131021, Bounced",
    "131050, Bounced",
    "131047, Bounced",
    "130472, Bounced",
    "130497, Bounced",
    "131049, Rejected",
    "0, Misconfigured",
    "3, Misconfigured",
    "10, Misconfigured",
    "190, Misconfigured",
    "200, Misconfigured",
    "299, Misconfigured",
    "368, Misconfigured",
    "131031, Misconfigured",
    "131042, Misconfigured",
    "131045, Misconfigured",
    "131005, Misconfigured",
    "133010, Misconfigured",
    "33, Misconfigured",
    "100, Rejected",
    "131008, Rejected",
    "131009, Rejected",
    "131051, Rejected",
    "131052, Rejected",
    "131053, Rejected",
    "132000, Rejected",
    "132001, Rejected",
    "132005, Rejected",
    "132007, Rejected",
    "132012, Rejected",
    "132015, Rejected",
    "132016, Rejected",
    "132068, Rejected",
    "1, Deferred",
    "2, Deferred",
    "4, Deferred",
    "80007, Deferred",
    "130429, Deferred",
    "131048, Deferred",
    "131056, Deferred",
    "131000, Deferred",
    "131016, Deferred",
    "131057, Deferred",
    "133016, Deferred",
    "300, Rejected",
    "999999, Rejected"
  })
  void a_code_means(int code, String expected) {
    String body =
        "{\"error\":{\"message\":\"m\",\"type\":\"OAuthException\",\"code\":" + code + "}}";
    assertThat(kind(WHATS_APP.read(offer("15552229999", TEMPLATE, "{}"), answer(400, body))))
        .isEqualTo(expected);
  }

  @Test
  void a_recipient_written_to_too_often_is_left_alone_for_a_while() {
    assertThat(
            WHATS_APP.read(
                offer("15552229999", TEMPLATE, "{}"), answer(400, "{\"error\":{\"code\":131056}}")))
        .isEqualTo(new DeliveryResult.Deferred("code 131056", Optional.of(Duration.ofSeconds(6))));
  }

  @ParameterizedTest
  @CsvSource({
    "429, Deferred",
    "500, Deferred",
    "401, Misconfigured",
    "404, Rejected",
    "502, Ambiguous"
  })
  void a_status_means_what_it_does_elsewhere_when_there_is_no_code(int status, String expected) {
    assertThat(kind(WHATS_APP.read(offer("15552229999", TEMPLATE, "{}"), answer(status, "x"))))
        .isEqualTo(expected);
  }

  @Test
  void what_is_taken_is_sent() {
    assertThat(
            WHATS_APP.read(
                offer("15552229999", TEMPLATE, "{}"),
                answer(
                    200, "{\"messages\":[{\"id\":\"wamid.1\",\"message_status\":\"accepted\"}]}")))
        .isEqualTo(new DeliveryResult.Accepted(Optional.of("wamid.1"), DeliveryStatus.SENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '"',
      textBlock =
          """
          **b** *i* ~~s~~                 ¦ *b* _i_ ~s~
          # T                             ¦ *T*
          [t](https://a.test)             ¦ t (https://a.test)
          <https://a.test>                ¦ https://a.test
          [https://a.test/x](https://t.test/0) ¦ https://t.test/0
          <a@b.test>                      ¦ a@b.test
          [t](javascript:x)               ¦ t
          `c`                             ¦ `c`
          - a\\n- b                       ¦ - a\\n- b
          > q                             ¦ > q
          """)
  void markdown_becomes(String markdown, String expected) {
    assertThat(ChatMarkdown.in(new WhatsAppMarkdown(), markdown.replace("\\n", "\n")))
        .isEqualTo(expected.replace("\\n", "\n"));
  }

  private static DeliveryRequest<Content.Chat> offer(
      String number, ChatBody body, String overrides) {
    return Offers.of(
        WHATS_APP,
        SETTINGS,
        new Content.Chat(Json.object().with("phone_number", number), body, quoted(overrides)));
  }
}
