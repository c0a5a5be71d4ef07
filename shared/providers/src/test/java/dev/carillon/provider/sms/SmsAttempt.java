package dev.carillon.provider.sms;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Content;
import dev.carillon.message.MessageId;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.format.FormBody;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.workflow.WorkflowKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text message that is to be sent, for tests: the same one unless they change it. */
public record SmsAttempt(
    SmsProvider provider,
    Json.Obj settings,
    String to,
    String text,
    Json.Obj overrides,
    Optional<URI> callback,
    Map<String, String> lookups) {
  public static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  public static final MessageId ID = new MessageId(Ksuid.of(NOW, Digest.of("a message")));
  public static final URI CALLBACK = URI.create("https://hooks.acme.test/c/ch1");

  /**
   * @param settings JSON, with apostrophes for quotation marks
   */
  public static SmsAttempt with(SmsProvider provider, String settings) {
    return new SmsAttempt(
        provider,
        json(settings),
        "+1 555 222 9999",
        "Hi",
        Json.Obj.EMPTY,
        Optional.of(CALLBACK),
        Map.of());
  }

  public SmsAttempt to(String other) {
    return new SmsAttempt(provider, settings, other, text, overrides, callback, lookups);
  }

  public SmsAttempt saying(String other) {
    return new SmsAttempt(provider, settings, to, other, overrides, callback, lookups);
  }

  public SmsAttempt overridden(String json) {
    return new SmsAttempt(provider, settings, to, text, json(json), callback, lookups);
  }

  public SmsAttempt unreported() {
    return new SmsAttempt(provider, settings, to, text, overrides, Optional.empty(), lookups);
  }

  public SmsAttempt settings(Json.Obj other) {
    return new SmsAttempt(provider, other, to, text, overrides, callback, lookups);
  }

  public SmsAttempt setting(String name, String value) {
    return new SmsAttempt(
        provider, settings.with(name, value), to, text, overrides, callback, lookups);
  }

  public SmsAttempt without(String name) {
    return new SmsAttempt(provider, settings.without(name), to, text, overrides, callback, lookups);
  }

  public SmsAttempt knowing(String lookup, String answer) {
    return new SmsAttempt(
        provider, settings, to, text, overrides, callback, Map.of(lookup, answer));
  }

  public DeliveryRequest<Content.Sms> request() {
    return new DeliveryRequest<>(
        new DeliveryRequest.Subject(
            new EnvironmentId("test"),
            ID,
            new WorkflowKey("comment"),
            RecipientId.user("u1"),
            Optional.empty(),
            1,
            0,
            new TraceContext("0af7651916cd43dd8448eb211c80319c", true)),
        new Content.Sms(to, text, overrides),
        configured(),
        callback,
        lookups,
        NOW);
  }

  public ProviderSettings configured() {
    return new ProviderSettings(provider.settings(), settings);
  }

  public Preparation prepared() {
    return provider.prepare(request());
  }

  /** The request that sends it; fails when there is none. */
  public ProviderCall.Http call() {
    return prepared() instanceof Preparation.Ready(ProviderCall.Http call)
        ? call
        : fail(prepared().toString());
  }

  private static ProviderCall.Http fail(String what) {
    throw new AssertionError("No request: " + what);
  }

  /** The body of the request that sends it. */
  public String body() {
    return new String(call().body(), StandardCharsets.UTF_8);
  }

  public Optional<DeliveryResult> refusal() {
    return prepared() instanceof Preparation.Refused(var result)
        ? Optional.of(result)
        : Optional.empty();
  }

  /** What an answer means; its body with apostrophes for quotation marks. */
  public DeliveryResult answered(int status, String body) {
    return provider.read(request(), answer(status, body));
  }

  /** The kind of {@link DeliveryResult} that an answer means, for tables. */
  public String kind(int status, String body) {
    return answered(status, body).getClass().getSimpleName();
  }

  /** The link for reports on the message. */
  public String link(String key) {
    return CallbackLink.to(CALLBACK, ID, key);
  }

  /** As it stands in a form. */
  public String encodedLink(String key) {
    return FormBody.encode(link(key));
  }

  public static ProviderResponse answer(int status, String body) {
    return new ProviderResponse(
        status, Map.of(), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), true);
  }

  /** An answer without a body. */
  public static ProviderResponse answer(int status, Map<String, String> headers) {
    var each = new LinkedHashMap<String, List<String>>();
    headers.forEach((name, value) -> each.put(name, List.of(value)));
    return new ProviderResponse(status, each, new byte[0], true);
  }

  public static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text.replace('\'', '"'));
  }
}
