package dev.carillon.provider.webhook;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.MessageHeader;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.Unready;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.trigger.TraceContext;
import dev.carillon.url.RequestUrl;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A customer's own endpoint.
 *
 * <p>A URL without TLS is left to the caller: which hosts may be called so belongs to a deployment,
 * not to a channel, and all others are refused there. What is neither http nor https is refused
 * here.
 *
 * <p>Source: https://docs.knock.app/integrations/webhook/overview
 */
public final class Webhook implements Provider<Content.Http> {
  private static final String SIGNING_KEY = "signing_key";
  private static final String SIGNATURE = "x-webhook-signature";
  private static final String CONTENT_TYPE = "content-type";

  @Override
  public String key() {
    return "http_carillon_webhook";
  }

  @Override
  public ChannelType type() {
    return ChannelType.HTTP;
  }

  @Override
  public Class<Content.Http> content() {
    return Content.Http.class;
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(ProviderSetting.optionalCredential(SIGNING_KEY, "Signing key"));
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Http> request) {
    Optional<DeliveryResult> fault = request.settings().fault();
    if (fault.isPresent()) {
      return new Preparation.Refused(fault.get());
    }
    Content.Http content = request.content();
    String url = url(content);
    if (!url.regionMatches(true, 0, "https:", 0, 6) && !url.regionMatches(true, 0, "http:", 0, 5)) {
      return Unready.rejected("not_https");
    }
    byte[] body = Signatures.utf8(content.body());
    Map<String, String> headers = headers(request, body);
    if (headers.getOrDefault(CONTENT_TYPE, "").toLowerCase(Locale.ROOT).contains("json")
        && body.length > 0) {
      try {
        JsonText.parse(body);
      } catch (MalformedJson malformed) {
        return Unready.rejected("body: " + malformed.located());
      }
    }
    return new Preparation.Ready(
        new ProviderCall.Http(content.method().toUpperCase(Locale.ROOT), url, headers, body));
  }

  private static String url(Content.Http content) {
    return RequestUrl.of(
        content.url(),
        content.query().stream()
            .map(field -> new RequestUrl.Parameter(field.name(), field.value()))
            .toList());
  }

  private static Map<String, String> headers(DeliveryRequest<Content.Http> request, byte[] body) {
    // A header of ours that the template writes in other letters must not be there twice.
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.content().headers().forEach(field -> headers.put(field.name(), field.value()));
    headers.put(MessageHeader.ID, request.message().id().value());
    headers.put(MessageHeader.ATTEMPT, Integer.toString(request.message().attempt()));
    headers.putIfAbsent(TraceContext.HEADER, traceparent(request.message()));
    if (body.length > 0) {
      headers.putIfAbsent(CONTENT_TYPE, JsonBody.CONTENT_TYPE);
    }
    request
        .settings()
        .text(SIGNING_KEY)
        .ifPresent(key -> headers.put(SIGNATURE, signature(key, body, request.now())));
    return headers;
  }

  /** One span for each attempt: a request that is made again is a request of its own. */
  private static String traceparent(DeliveryRequest.Subject message) {
    return message
        .trace()
        .header("attempt", message.idempotencyKey(), Integer.toString(message.attempt()));
  }

  /**
   * {@code t=<milliseconds>,s=<base64>}: the HMAC-SHA256 of {@code <milliseconds>.<body>}, as Knock
   * signs what it sends.
   */
  private static String signature(String key, byte[] body, Instant now) {
    long time = now.toEpochMilli();
    byte[] code =
        Signatures.hmac(
            Signatures.Keyed.HMAC_SHA256, Signatures.utf8(key), Signatures.utf8(time + "."), body);
    return "t=" + time + ",s=" + Signatures.base64(code);
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Http> request, ProviderResponse response) {
    return WebhookAnswers.read(response);
  }
}
