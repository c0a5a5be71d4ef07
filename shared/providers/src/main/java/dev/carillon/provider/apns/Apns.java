package dev.carillon.provider.apns;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.Unready;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.push.PayloadBytes;
import dev.carillon.provider.push.PushProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Apple Push Notification service. It speaks HTTP/2 alone.
 *
 * <p>Source:
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
public final class Apns implements PushProvider {
  private static final String PRODUCTION = "https://api.push.apple.com";
  private static final String SANDBOX = "https://api.sandbox.push.apple.com";

  /** Of a length that may change, Apple says. */
  private static final Pattern DEVICE = Pattern.compile("[0-9A-Fa-f]{1,400}");

  private static final Pattern BUNDLE_ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  @Override
  public String key() {
    return "push_apns";
  }

  @Override
  public List<ProviderSetting> settings() {
    return ApnsSettings.ALL;
  }

  @Override
  public List<String> needs(Json.Obj given) {
    return ApnsSettings.needs(given);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Push> request) {
    ProviderSettings settings = request.settings();
    Optional<DeliveryResult> fault = settings.fault();
    if (fault.isPresent()) {
      return new Preparation.Refused(fault.get());
    }
    String bundle = settings.required(ApnsSettings.BUNDLE);
    if (!BUNDLE_ID.matcher(bundle).matches()) {
      return Unready.misconfigured(ApnsSettings.BUNDLE + " is no app's");
    }
    return switch (ApnsIdentity.of(settings, request.now())) {
      case ApnsIdentity.Unknown(var reason) -> Unready.misconfigured(reason);
      case ApnsIdentity.Known(var identity) -> prepare(request, bundle, identity);
    };
  }

  private static Preparation prepare(
      DeliveryRequest<Content.Push> request, String bundle, ApnsIdentity identity) {
    String device = request.content().token();
    if (!DEVICE.matcher(device).matches()) {
      return Unready.dead("the token is none of Apple's");
    }
    Optional<ApnsRequest> made = ApnsRequest.of(request, bundle);
    if (made.isEmpty()) {
      return Unready.rejected("overrides: a header that cannot be sent");
    }
    int bytes = PayloadBytes.sent(made.get().payload());
    if (bytes > made.get().mostBytes()) {
      return Unready.rejected(
          "payload of %d bytes, %d allowed".formatted(bytes, made.get().mostBytes()));
    }
    String host =
        request.settings().required(ApnsSettings.MODE).equals(ApnsSettings.SANDBOX)
            ? SANDBOX
            : PRODUCTION;
    return Preparation.of(shown(identity, host + "/3/device/" + device, made.get()));
  }

  private static ProviderCall.Http shown(ApnsIdentity identity, String url, ApnsRequest request) {
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    return switch (identity) {
      case ApnsIdentity.Token(var token) -> {
        headers.put("authorization", "bearer " + token);
        yield JsonBody.post(url, headers, request.payload()).hiding(token);
      }
      case ApnsIdentity.Certified(var certificate) ->
          JsonBody.post(url, headers, request.payload()).with(certificate);
    };
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Push> request, ProviderResponse response) {
    return response.successful()
        ? HttpAnswers.sent(
            response
                .header("apns-id")
                .filter(id -> !id.isBlank())
                .or(() -> Optional.of(ApnsRequest.id(request.message()).toString())))
        : ApnsErrors.of(request, response);
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.header(request, 200, "apns-id");
  }
}
