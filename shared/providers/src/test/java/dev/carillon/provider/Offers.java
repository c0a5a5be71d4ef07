package dev.carillon.provider;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Content;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.workflow.WorkflowKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A message to a provider, and what the provider answers, as tests of one provider tell them. */
public final class Offers {
  public static final String ID = "37pcsdaWZgZounTGP8TSxTMWo8w";
  public static final TraceContext TRACE =
      new TraceContext("0af7651916cd43dd8448eb211c80319c", true);

  public static final Instant NOW = Instant.parse("2026-01-05T09:01:00Z");

  private Offers() {}

  /** The first attempt at it, with nothing looked up. */
  public static <C extends Content> DeliveryRequest<C> of(
      Provider<C> provider, Json.Obj settings, C content) {
    return of(provider, settings, content, 1, Map.of());
  }

  public static <C extends Content> DeliveryRequest<C> of(
      Provider<C> provider,
      Json.Obj settings,
      C content,
      int attempt,
      Map<String, String> lookups) {
    return new DeliveryRequest<>(
        new DeliveryRequest.Subject(
            new EnvironmentId("local"),
            new MessageId(ID),
            new WorkflowKey("welcome"),
            RecipientId.user("ellie"),
            Optional.empty(),
            attempt,
            0,
            TRACE),
        content,
        new ProviderSettings(provider.settings(), settings),
        Optional.empty(),
        lookups,
        NOW);
  }

  /** The same offer, once what it asked for is known. */
  public static <C extends Content> DeliveryRequest<C> knowing(
      DeliveryRequest<C> request, Lookup lookup, String value) {
    var lookups = new HashMap<>(request.lookups());
    lookups.put(lookup.key(), value);
    return new DeliveryRequest<>(
        request.message(),
        request.content(),
        request.settings(),
        request.callbackUrl(),
        lookups,
        request.now());
  }

  /** The same offer at another attempt. */
  public static <C extends Content> DeliveryRequest<C> attempt(
      DeliveryRequest<C> request, int attempt) {
    var message = request.message();
    return new DeliveryRequest<>(
        new DeliveryRequest.Subject(
            message.environment(),
            message.id(),
            message.workflow(),
            message.recipient(),
            message.tenant(),
            attempt,
            message.resends(),
            message.trace()),
        request.content(),
        request.settings(),
        request.callbackUrl(),
        request.lookups(),
        request.now());
  }

  /** The request that a preparation came to. */
  public static ProviderCall.Http ready(Preparation preparation) {
    return (ProviderCall.Http) ((Preparation.Ready) preparation).call();
  }

  public static Lookup asked(Preparation preparation) {
    return ((Preparation.Ask) preparation).lookup();
  }

  public static DeliveryResult refused(Preparation preparation) {
    return ((Preparation.Refused) preparation).result();
  }

  public static String body(ProviderCall.Http call) {
    return new String(call.body(), StandardCharsets.UTF_8);
  }

  public static Json.Obj json(ProviderCall.Http call) {
    return json(body(call));
  }

  public static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text);
  }

  /** JSON of one line with apostrophes for quotation marks. */
  public static Json.Obj quoted(String text) {
    return json(text.replace('\'', '"'));
  }

  /** The whole of an answer. */
  public static ProviderResponse answer(int status, String body) {
    return new ProviderResponse(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), true);
  }

  public static ProviderResponse answer(int status, String header, String value, String body) {
    return new ProviderResponse(
        status, Map.of(header, List.of(value)), body.getBytes(StandardCharsets.UTF_8), true);
  }

  /** The kind of a result, with a mark where the target is dead: for tables. */
  public static String kind(DeliveryResult result) {
    return result instanceof DeliveryResult.Bounced(_, var dead) && dead
        ? "Dead"
        : result.getClass().getSimpleName();
  }
}
