package dev.carillon.provider.whatsapp;

import static dev.carillon.provider.Offers.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.MessageId;
import dev.carillon.provider.Offers;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.callback.CallbackReader.Report;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.callback.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppReportsTest {
  private static final WhatsAppReports REPORTS = new WhatsAppReports();
  private static final String URL = "https://carillon.example/callbacks/1";

  /** Made with this secret outside of this project. */
  private static final String SECRET = "appsecret";

  private static final String BODY = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}";
  private static final String CODE =
      "09eceea024af6e6343b760cc9bd3ae7c056938dd636e24e92109eb8219500384";

  @Test
  void what_meta_signed_is_authentic() {
    assertThat(verify(SECRET, BODY, List.of("sha256=" + CODE))).isEqualTo(new Verdict.Authentic());
    assertThat(verify(SECRET, BODY, List.of("sha256=" + CODE.toUpperCase(Locale.ROOT))))
        .isEqualTo(new Verdict.Authentic());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        "sha256=zz",
        "sha1=" + CODE,
        CODE,
        "sha256=09eceea024af6e6343b760cc9bd3ae7c056938dd636e24e92109eb82195003",
        "sha256=19eceea024af6e6343b760cc9bd3ae7c056938dd636e24e92109eb8219500384",
        "sha256=" + CODE + "00",
        "sha256=CeziakC2vOyX"
      })
  void another_signature_is_not(String signature) {
    assertThat(verify(SECRET, BODY, List.of(signature))).isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void nor_another_body_another_secret_no_header_or_two() {
    String signature = "sha256=" + CODE;
    assertThat(verify(SECRET, BODY.replace("entry", "entri"), List.of(signature)))
        .isInstanceOf(Verdict.Forged.class);
    assertThat(verify("other", BODY, List.of(signature))).isInstanceOf(Verdict.Forged.class);
    assertThat(verify(SECRET, BODY, List.of())).isInstanceOf(Verdict.Forged.class);
    assertThat(verify(SECRET, BODY, List.of(signature, signature)))
        .isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void the_bytes_count_as_they_came_and_not_as_they_would_be_written_again() {
    String escaped = "{\"object\":\"\\u00e4\\/\"}";
    String signature = "sha256=" + code(escaped);
    assertThat(verify(SECRET, escaped, List.of(signature))).isEqualTo(new Verdict.Authentic());
    assertThat(verify(SECRET, JsonText.write(JsonText.parse(escaped)), List.of(signature)))
        .isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void without_a_secret_nothing_is_believed() {
    var settings = settings(Json.Obj.EMPTY);
    assertThat(
            REPORTS.verify(post(BODY, List.of("sha256=" + CODE)), settings, Map.of(), Offers.NOW))
        .isInstanceOf(Verdict.Forged.class);
    assertThat(
            REPORTS.verify(
                get("?hub.mode=subscribe&hub.verify_token=&hub.challenge=1"),
                settings,
                Map.of(),
                Offers.NOW))
        .isInstanceOf(Verdict.Forged.class);
  }

  @ParameterizedTest
  @CsvSource({
    "?hub.mode=subscribe&hub.verify_token=ver%2Bify&hub.challenge=1158201444, Authentic",
    "?hub.mode=subscribe&hub.verify_token=other&hub.challenge=1158201444, Forged",
    "?hub.mode=subscribe&hub.challenge=1158201444, Forged",
    "?hub.mode=unsubscribe&hub.verify_token=ver%2Bify&hub.challenge=1, Forged",
    "'', Forged"
  })
  void the_first_question_is_answered_to_whoever_knows_the_token(String query, String verdict) {
    var settings = settings(Json.object().with("verify_token", "ver+ify"));
    assertThat(
            REPORTS.verify(get(query), settings, Map.of(), Offers.NOW).getClass().getSimpleName())
        .isEqualTo(verdict);
  }

  @Test
  void the_challenge_is_answered_as_it_is() {
    Report report =
        REPORTS.read(
            get("?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=t"),
            settings(Json.Obj.EMPTY),
            Offers.NOW);
    assertThat(report.events()).isEmpty();
    assertThat(report.answer().status()).isEqualTo(200);
    assertThat(report.answer().contentType()).isEqualTo("text/plain");
    assertThat(report.answer().body()).isEqualTo("1158201444");
  }

  @ParameterizedTest
  @CsvSource({
    "sent, , Noted[]",
    "delivered, , Noted[]",
    "read, , Noted[]",
    "failed, , Becomes[status=UNDELIVERED]",
    "failed, 131026, Becomes[status=BOUNCED]",
    "failed, 131047, Becomes[status=BOUNCED]",
    "failed, 131049, Becomes[status=UNDELIVERED]",
    "failed, 131053, Becomes[status=UNDELIVERED]",
    "failed, 999999, Becomes[status=UNDELIVERED]",
    "invented, , Noted[]"
  })
  void a_status_means(String status, String code, String effect) {
    String errors = code == null ? "" : ",'errors':[{'code':" + code + ",'title':'t'}]";
    assertThat(events(status(status, errors)))
        .singleElement()
        .extracting(CallbackEvent::effect)
        .hasToString(effect);
  }

  @Test
  void an_event_names_the_message_by_our_id_and_by_theirs() {
    assertThat(events(status("failed", ",'errors':[{'code':131026}]")))
        .containsExactly(
            new CallbackEvent(
                "wamid.1:failed",
                Optional.of(new MessageId(Offers.ID)),
                Optional.of("wamid.1"),
                Optional.of("15552229999"),
                "failed",
                Effect.BOUNCED,
                Instant.ofEpochSecond(1_767_603_660),
                Optional.of("code 131026")));
  }

  @Test
  void several_statuses_are_several_events() {
    String two = status("sent", "") + "," + status("delivered", "");
    assertThat(events(two)).extracting(CallbackEvent::type).containsExactly("sent", "delivered");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "{\"entry\":[{\"changes\":[{\"value\":{\"messages\":[{\"id\":\"w\"}]}}]}]}",
        "{\"entry\":[{\"changes\":[{\"value\":{\"statuses\":[{\"status\":\"sent\"},1]}}]}]}",
        "{\"entry\":1}"
      })
  void what_is_about_nothing_of_ours_is_answered_and_forgotten(String body) {
    Report report = REPORTS.read(post(body, List.of()), settings(Json.Obj.EMPTY), Offers.NOW);
    assertThat(report.events()).isEmpty();
    assertThat(report.answer().status()).isEqualTo(200);
  }

  private static String status(String status, String more) {
    return "{'id':'wamid.1','status':'"
        + status
        + "','timestamp':'1767603660','recipient_id':'15552229999',"
        + "'biz_opaque_callback_data':'"
        + Offers.ID
        + "'"
        + more
        + "}";
  }

  private static List<CallbackEvent> events(String statuses) {
    Json.Obj body =
        quoted(
            "{'object':'whatsapp_business_account','entry':[{'id':'1','changes':[{'field':'messages',"
                + "'value':{'metadata':{'phone_number_id':'106540'},'statuses':["
                + statuses
                + "]}}]}]}");
    return REPORTS
        .read(post(body.toString(), List.of()), settings(Json.Obj.EMPTY), Offers.NOW)
        .events();
  }

  private static String code(String body) {
    return Signatures.hex(
        Signatures.hmac(
            Signatures.Keyed.HMAC_SHA256,
            SECRET.getBytes(StandardCharsets.UTF_8),
            body.getBytes(StandardCharsets.UTF_8)));
  }

  private static Verdict verify(String secret, String body, List<String> signatures) {
    return REPORTS.verify(
        post(body, signatures),
        settings(Json.object().with("app_secret", secret)),
        Map.of(),
        Offers.NOW);
  }

  private static CallbackRequest post(String body, List<String> signatures) {
    return new CallbackRequest(
        "POST",
        URL,
        signatures.isEmpty() ? Map.of() : Map.of("x-hub-signature-256", signatures),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static CallbackRequest get(String query) {
    return new CallbackRequest("GET", URL + query, Map.of(), new byte[0]);
  }

  private static ProviderSettings settings(Json.Obj values) {
    return new ProviderSettings(new WhatsApp().settings(), values);
  }
}
