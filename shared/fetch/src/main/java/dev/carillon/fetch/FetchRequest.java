package dev.carillon.fetch;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.run.NamesIgnored;
import dev.carillon.run.decision.Texts;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.http.RequestTemplate;
import dev.carillon.template.http.RequestTemplate.Request;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateScope;
import dev.carillon.url.RequestUrl;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The request of a fetch step, made for one run. */
public sealed interface FetchRequest {

  /**
   * To be sent as it is.
   *
   * @param ignored the names of zones and currencies that it asked for and that do not exist
   */
  record Ready(OutboundRequest request, NamesIgnored ignored) implements FetchRequest {}

  /** Nothing that can be sent; the same again gives the same. */
  record Unusable(String problem) implements FetchRequest {}

  Set<String> WITH_BODY = Set.of("POST", "PUT");
  String SIGNATURE = "x-knock-signature";

  /**
   * @param scope what the step's templates see
   * @param texts gives the signing key its words
   * @param zone whose clocks count where the templates name none that there is
   * @param now part of the signature
   */
  static FetchRequest of(
      Step.Fetch step,
      Workflow workflow,
      TemplateCache.CompiledTemplates compiledTemplates,
      Json.Obj scope,
      ZoneId zone,
      Texts texts,
      Instant now) {
    return switch (compiledTemplates.request(workflow, step)) {
      case Compiled.Refused<RequestTemplate>(var problems) ->
          new Unusable(problems.getFirst().field() + ": " + problems.getFirst().sentence());
      case Compiled.Ready<RequestTemplate>(var template) ->
          switch (template.render(TemplateScope.of(scope, zone))) {
            case Rendered.Failed<Request>(var problem) ->
                new Unusable(problem.field() + ": " + problem.sentence());
            case Rendered.Content<Request>(var request, var ignored) ->
                made(step, request, texts, ignored, now);
          };
    };
  }

  private static FetchRequest made(
      Step.Fetch step, Request request, Texts texts, NamesIgnored ignored, Instant now) {
    String method = request.method().orElse("GET").toUpperCase(Locale.ROOT);
    if (request.url().filter(url -> !url.isBlank()).isEmpty()) {
      return new Unusable("url: it came to nothing");
    }
    String url =
        RequestUrl.of(
            request.url().get().strip(),
            request.queryParams().stream()
                .map(field -> new RequestUrl.Parameter(field.name(), field.value()))
                .toList());
    // A header written in other letters must not be there twice.
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach(field -> headers.put(field.name(), field.value()));
    String body =
        WITH_BODY.contains(method) ? request.body().filter(it -> !it.isBlank()).orElse("") : "";
    if (!body.isEmpty()) {
      headers.putIfAbsent("content-type", "application/json");
      if (headers.get("content-type").toLowerCase(Locale.ROOT).contains("json") && !isJson(body)) {
        return new Unusable("body: it came to what is no JSON");
      }
    }
    Optional<Step.Text> key = step.signingKey();
    if (key.isPresent()) {
      switch (texts.say(step, "settings.signing_key", key.get())) {
        case Texts.Resolved.Value(Json.Str(var secret)) ->
            headers.put(SIGNATURE, signature(secret, body, now));
        case Texts.Resolved.Failed(var problem) -> {
          return new Unusable(problem);
        }
        case Texts.Resolved.Value _, Texts.Resolved.Nothing _ -> {
          return new Unusable("signing_key: it came to nothing");
        }
      }
    }
    return new Ready(
        new OutboundRequest(
            method, url, new LinkedHashMap<>(headers), body.getBytes(StandardCharsets.UTF_8)),
        ignored);
  }

  private static boolean isJson(String body) {
    try {
      JsonText.parse(body);
      return true;
    } catch (MalformedJson _) {
      return false;
    }
  }

  /**
   * {@code t=<milliseconds>,s=<signature>}: the HMAC-SHA256 of {@code <t>.<body>}, in base64 as
   * Knock documents it for its webhooks.
   */
  static String signature(String secret, String body, Instant now) {
    long time = now.toEpochMilli();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
      return "t=" + time + ",s=" + Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }
}
