package dev.carillon.provider.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.text.JsonText;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.format.JsonBody;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report that a provider makes, for tests. */
public record SmsCallback(
    SmsAttempt attempt,
    String method,
    String url,
    Map<String, List<String>> headers,
    byte[] body,
    Instant now) {

  public static SmsCallback post(SmsAttempt attempt, String url, String body) {
    return new SmsCallback(
        attempt, "POST", url, Map.of(), body.getBytes(StandardCharsets.UTF_8), SmsAttempt.NOW);
  }

  public static SmsCallback get(SmsAttempt attempt, String url) {
    return new SmsCallback(attempt, "GET", url, Map.of(), new byte[0], SmsAttempt.NOW);
  }

  public SmsCallback header(String name, String... values) {
    var all = new LinkedHashMap<>(headers);
    all.remove(name);
    if (values.length > 0) {
      all.put(name, List.of(values));
    }
    return new SmsCallback(attempt, method, url, all, body, now);
  }

  public SmsCallback body(byte[] other) {
    return new SmsCallback(attempt, method, url, headers, other, now);
  }

  public SmsCallback url(String other) {
    return new SmsCallback(attempt, method, other, headers, body, now);
  }

  public SmsCallback at(Instant other) {
    return new SmsCallback(attempt, method, url, headers, body, other);
  }

  public SmsCallback setting(String name, String value) {
    return new SmsCallback(attempt.setting(name, value), method, url, headers, body, now);
  }

  public SmsCallback without(String setting) {
    return new SmsCallback(attempt.without(setting), method, url, headers, body, now);
  }

  private CallbackReader reader() {
    return attempt.provider().callbacks().orElseThrow();
  }

  private CallbackRequest request() {
    return new CallbackRequest(method, url, headers, body);
  }

  public Verdict verdict() {
    return reader().verify(request(), attempt.configured(), Map.of(), now);
  }

  public List<CallbackEvent> events() {
    return reader().read(request(), attempt.configured(), now).events();
  }

  /** The one event there is. */
  public CallbackEvent event() {
    assertThat(events()).hasSize(1);
    return events().getFirst();
  }

  /** What the one event does, for tables: a status in lower case, or nothing. */
  public String effect() {
    return switch (event().effect()) {
      case CallbackEvent.Effect.Becomes(var status) -> status.wireName();
      case CallbackEvent.Effect.Noted() -> null;
      case CallbackEvent.Effect.Dead(), CallbackEvent.Effect.Complained() -> "not for texts";
    };
  }

  public void isAuthentic() {
    assertThat(verdict()).isEqualTo(new Verdict.Authentic());
  }

  public void isForged() {
    assertThat(verdict()).isInstanceOf(Verdict.Forged.class);
  }

  public void isStale() {
    assertThat(verdict()).isEqualTo(new Verdict.Stale());
  }

  /**
   * It is authentic, and nothing that resembles it is: another secret, a signature that is cut, no
   * code at all, absent or there twice, and a body that differs in one bit or, being JSON, was
   * written anew.
   *
   * @param header the signature's
   * @param secret the setting it is checked with
   */
  public void isAuthenticAsItIsAlone(String header, String secret, String otherSecret) {
    isAuthentic();
    String signature = headers.get(header).getFirst();
    setting(secret, otherSecret).isForged();
    header(header, signature.substring(0, signature.length() - 5)).isForged();
    header(header, "").isForged();
    header(header, "§$%&").isForged();
    header(header, "AAAA").isForged();
    header(header).isForged();
    header(header, signature, signature).isForged();
    for (int at = 0; at < body.length; at++) {
      byte[] flipped = body.clone();
      flipped[at] ^= 1;
      body(flipped).isForged();
    }
    byte[] anew = JsonBody.tree(body).map(JsonText::bytes).orElse(body);
    if (anew.length != body.length) {
      body(anew).isForged();
    }
  }
}
