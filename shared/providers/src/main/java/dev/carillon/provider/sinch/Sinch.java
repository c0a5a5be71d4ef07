package dev.carillon.provider.sinch;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.SmsDraft;
import dev.carillon.provider.sms.SmsPoll;
import dev.carillon.provider.sms.SmsProvider;
import dev.carillon.provider.sms.SmsSender;
import dev.carillon.provider.sms.SmsSender.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sinch's SMS API, by service plan.
 *
 * <p>https://developers.sinch.com/docs/sms/api-reference/sms/batches
 */
public final class Sinch implements SmsProvider, StatusPolling {
  private static final String TOKEN = "api_token";
  private static final String PLAN = "service_plan_id";
  private static final String[] REGIONS = {"US", "EU", "AU", "BR", "CA"};
  private static final List<Kind> SENDERS =
      List.of(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SENDER_ID);

  /** Begins a parameter; a message with one that is not given fails. */
  private static final String PARAMETER = "${";

  /** A parameter of our own, which comes out as the dollar itself. */
  private static final String DOLLAR = "dollar";

  private static final Pattern ABOUT_NUMBER =
      Pattern.compile("[/.'\"\\[]to\\b|\\b(recipients?|msisdn)\\b", Pattern.CASE_INSENSITIVE);

  @Override
  public String key() {
    return "sms_sinch";
  }

  @Override
  public List<ProviderSetting> settings() {
    var settings = new ArrayList<ProviderSetting>();
    settings.add(ProviderSetting.credential(TOKEN, "API token"));
    settings.add(ProviderSetting.required(PLAN, "Service Plan ID"));
    settings.add(ProviderSetting.choice("region", "Region", REGIONS));
    settings.addAll(SmsSender.optionalSettings(SENDERS));
    settings.add(ProviderSetting.optionalCredential("webhook_secret", "Webhook secret"));
    return List.copyOf(settings);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Sms> request) {
    return SmsDraft.prepare(request, SENDERS, draft -> Preparation.of(call(request, draft)));
  }

  private static ProviderCall.Http call(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    String text = request.content().body();
    Json.Obj body = Json.object();
    if (draft.from().isPresent()) {
      body = body.with("from", draft.from().get().value());
    }
    body =
        body.with("to", Json.texts(List.of(draft.to().value())))
            .with("body", text.replace(PARAMETER, "${" + DOLLAR + "}{"))
            .with("type", "mt_text");
    if (text.contains(PARAMETER)) {
      body =
          body.with("parameters", Json.object().with(DOLLAR, Json.object().with("default", "$")));
    }
    return JsonBody.post(
        url(request.settings()),
        headers(request.settings()),
        JsonBody.overridden(
            body, request.content().overrides(), whole -> correlated(request, whole)));
  }

  private static Json.Obj correlated(DeliveryRequest<Content.Sms> request, Json.Obj body) {
    Json.Obj named = body.with("client_reference", request.message().id().value());
    Optional<URI> callback = request.callbackUrl();
    if (callback.isEmpty()) {
      return named;
    }
    String key = request.settings().required(TOKEN);
    return named
        .with("delivery_report", "per_recipient_final")
        .with("callback_url", CallbackLink.to(callback.get(), request.message().id(), key));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Sms> request, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    if (response.successful()) {
      return HttpAnswers.sent(answer.text("id"));
    }
    String words = answer.text("text").orElse("");
    String reason =
        ProviderWords.of(
            request.settings(), answer.text("code").orElse("status " + response.status()), words);
    return switch (response.status()) {
      case 400 ->
          (ABOUT_NUMBER.matcher(words).find() ? Meaning.BOUNCED : Meaning.REJECTED)
              .of(response, reason);
      case 404 -> Meaning.MISCONFIGURED.of(response, reason);
      default -> HttpAnswers.of(response, reason);
    };
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new SinchCallbacks());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(this);
  }

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    return Optional.of(
        JsonBody.get(
            url(settings) + "/" + FormBody.segment(externalId) + "/delivery_report?type=summary",
            headers(settings)));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return SmsPoll.read(
        response,
        report -> SinchCodes.becomes(SinchCodes.only(report)),
        report -> SinchCodes.reason(SinchCodes.only(report)));
  }

  private static String url(ProviderSettings settings) {
    return "https://"
        + FormBody.segment(settings.required("region").toLowerCase(Locale.ROOT))
        + ".sms.api.sinch.com/xms/v1/"
        + FormBody.segment(settings.required(PLAN))
        + "/batches";
  }

  private static Map<String, String> headers(ProviderSettings settings) {
    return Map.of("Authorization", "Bearer " + settings.required(TOKEN));
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 201, "{'id':'#'}");
  }
}
