package dev.carillon.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.sms.HexDigest;
import dev.carillon.provider.sms.SharedTokens;
import dev.carillon.provider.sms.SmsAttempt;
import dev.carillon.provider.sms.SmsCallback;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VonageCallbacksTest {
  private static final String URL = "https://hooks.acme.test/c/ch1";

  /** That of the vectors. */
  private static final Instant THEN = Instant.ofEpochSecond(2100);

  private final SmsAttempt unsigned =
      SmsAttempt.with(
          new Vonage(), "{'api_key':'k','api_secret':'s','from':'sender_id','sender_id':'Acme'}");
  private final SmsAttempt attempt = unsigned.setting("signature_secret", "abcde");

  /** Of vonage-java's RequestSigningTest; that of SHA-512 is known by its beginning. */
  @ParameterizedTest
  @CsvSource({
    "md5_hash,7d43241108912b32cc315b48ce681acf",
    "sha1,b7f749de27b4adcf736cc95c9a7e059a16c85127",
    "md5,e0afe267aefd6dd18a848c1681517a19",
    "sha256,8d1b0428276b6a070578225914c3502cc0687a454dfbbbb370c76a14234cb546"
  })
  void every_method_signs_the_sorted_parameters(String method, String signature) {
    String form = "b=bananas&timestamp=2100&a=alphabet&sig=";
    SmsAttempt chosen = attempt.setting("signature_method", method);
    SmsCallback report = SmsCallback.post(chosen, URL, form + signature).at(THEN);
    report.isAuthentic();
    SmsCallback.get(chosen, URL + "?" + form + signature).at(THEN).isAuthentic();
    SmsCallback.post(chosen, URL, form + signature.toUpperCase()).at(THEN).isAuthentic();
    SmsCallback.post(
            chosen,
            URL,
            "{\"a\":\"alphabet\",\"b\":\"bananas\",\"timestamp\":\"2100\",\"sig\":\""
                + signature
                + "\"}")
        .at(THEN)
        .isAuthentic();
    report.at(THEN.plus(Duration.ofMinutes(5))).isAuthentic();
    report.at(THEN.plus(Duration.ofMinutes(6))).isStale();
    report.at(THEN.minus(Duration.ofMinutes(6))).isStale();
    report.setting("signature_secret", "abcdf").isForged();
    for (String body :
        new String[] {
          "b=bananas&timestamp=2100&a=alphabet",
          form,
          form + "zz",
          form + signature.substring(2),
          form + signature + "&sig=" + signature,
          form.replace("bananas", "bandnas") + signature,
          "c=1&" + form + signature
        }) {
      SmsCallback.post(chosen, URL, body).at(THEN).isForged();
    }
  }

  @Test
  void sha512_begins_as_the_vector_does() {
    FormBody form =
        FormBody.EMPTY.with("a", "alphabet").with("b", "bananas").with("timestamp", "2100");
    assertThat(
            Signatures.hex(
                VonageSignature.of(form.fields(), "abcde", VonageSignature.Method.SHA512)))
        .startsWith("1c834a1f6a377d44");
  }

  @Test
  void ampersands_and_equals_signs_are_signed_as_underscores() {
    FormBody one = FormBody.EMPTY.with("a", "b&c=d");
    FormBody other = FormBody.EMPTY.with("a", "b_c_d");
    assertThat(VonageSignature.of(one.fields(), "s", VonageSignature.Method.SHA256))
        .isEqualTo(VonageSignature.of(other.fields(), "s", VonageSignature.Method.SHA256));
  }

  @Test
  void a_newer_account_signs_with_a_token_over_the_body() {
    String body = "{\"messageId\":\"A1\",\"status\":\"delivered\"}";
    String claims =
        "{'iat':"
            + SmsAttempt.NOW.getEpochSecond()
            + ",'jti':'1','iss':'Vonage','api_key':'k','payload_hash':'"
            + HexDigest.sha256(body.getBytes())
            + "'}";
    String token = "Bearer " + SharedTokens.hs256(claims, "abcde");
    SmsCallback report = SmsCallback.post(attempt, URL, body).header("authorization", token);
    report.isAuthenticAsItIsAlone("authorization", "signature_secret", "abcdf");
    report.at(SmsAttempt.NOW.plusSeconds(301)).isStale();
    report.setting("api_key", "other").isForged();
    String none = "Bearer " + SharedTokens.unsigned(claims);
    report.header("authorization", none).isForged();
  }

  @Test
  void unsigned_reports_are_believed_at_our_link_alone() {
    String query = "?messageId=A1&status=delivered&client-ref=" + SmsAttempt.ID;
    SmsCallback.get(unsigned, URL + query).isForged();
    String link = unsigned.link("s");
    SmsCallback report = SmsCallback.get(unsigned, link + query.replace('?', '&'));
    report.isAuthentic();
    assertThat(report.event().message()).contains(SmsAttempt.ID);
    assertThat(SmsCallback.get(unsigned, URL + query).event().message()).isEmpty();
    SmsCallback.get(unsigned, unsigned.link("x") + query.replace('?', '&')).isForged();
    report.url(link.replace("m=", "m=1")).isForged();
    report.url(link + "&" + link.substring(link.indexOf('?') + 1)).isForged();
  }

  @ParameterizedTest
  @CsvSource({
    "delivered,0,delivered",
    "failed,1,undelivered",
    "failed,3,bounced",
    "failed,4,bounced",
    "rejected,9,bounced",
    "failed,11,bounced",
    "failed,12,bounced",
    "failed,13,bounced",
    "rejected,14,bounced",
    "failed,99,bounced",
    "rejected,99,undelivered",
    "rejected,,undelivered",
    "expired,3,undelivered",
    "accepted,0,",
    "buffered,0,",
    "unknown,99,"
  })
  void a_status_and_its_code_say_what_became_of_it(String status, String code, String effect) {
    String body =
        "messageId=A1&msisdn=15552229999&status="
            + status
            + (code == null ? "" : "&err-code=" + code);
    assertThat(SmsCallback.post(unsigned, URL, body).effect()).isEqualTo(effect);
  }

  @Test
  void the_parts_of_a_long_text_are_one_event() {
    SmsCallback first =
        SmsCallback.post(
            attempt,
            URL,
            "messageId=A1&status=delivered&message-timestamp=2026-01-05+08%3A59%3A58&client-ref="
                + SmsAttempt.ID);
    SmsCallback second =
        SmsCallback.post(attempt, URL, "messageId=A2&status=delivered&client-ref=" + SmsAttempt.ID);
    assertThat(first.event().id()).isEqualTo(second.event().id());
    assertThat(first.event().message()).contains(SmsAttempt.ID);
    assertThat(first.event().externalId()).isEmpty();
    assertThat(first.event().at()).isEqualTo(Instant.parse("2026-01-05T08:59:58Z"));
    assertThat(second.event().at()).isEqualTo(SmsAttempt.NOW);
  }
}
