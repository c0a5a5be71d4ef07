package dev.carillon.provider.vonage;

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
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.SmsDraft;
import dev.carillon.provider.sms.SmsProvider;
import dev.carillon.provider.sms.SmsSegments;
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
 * Vonage's SMS API, the one with a key and a secret. It answers 200 whatever happened; what did is
 * in one entry for each part of the text.
 *
 * <p>https://developer.vonage.com/en/api/sms
 */
public final class Vonage implements SmsProvider {
  private static final String URL = "https://rest.nexmo.com/sms/json";
  private static final String TAKEN = "0";
  private static final List<Kind> SENDERS =
      List.of(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SENDER_ID);

  /** The word for the number it goes to, in the text of status 3. */
  private static final Pattern ABOUT_NUMBER =
      Pattern.compile("\\bto (address|number|param\\w*)\\b|param\\w*:? ?['\"]?to\\b");

  @Override
  public String key() {
    return "sms_vonage";
  }

  @Override
  public List<ProviderSetting> settings() {
    var settings = new ArrayList<ProviderSetting>();
    settings.add(ProviderSetting.credential("api_key", "API key"));
    settings.add(ProviderSetting.credential("api_secret", "API secret"));
    settings.addAll(SmsSender.settings(SENDERS));
    settings.add(ProviderSetting.optionalCredential("signature_secret", "Signature secret"));
    settings.add(
        ProviderSetting.choice(
            "signature_method", "Signature method", VonageSignature.Method.wireNames()));
    return List.copyOf(settings);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Sms> request) {
    return SmsDraft.prepare(request, SENDERS, draft -> Preparation.of(call(request, draft)));
  }

  private static ProviderCall.Http call(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    ProviderSettings settings = request.settings();
    String text = request.content().body();
    FormBody form =
        FormBody.EMPTY
            .with("from", draft.from().map(SmsSender::withoutPlus))
            .with("to", draft.to().digits())
            .with("text", text)
            .with("type", SmsSegments.of(text).unicode() ? "unicode" : "text")
            .with("status-report-req", "1")
            .overridden(request.content().overrides())
            .replacing("client-ref", request.message().id().value())
            .replacing("api_key", settings.required("api_key"))
            .replacing("api_secret", settings.required("api_secret"));
    Optional<URI> callback = request.callbackUrl();
    if (callback.isPresent()) {
      form =
          form.replacing(
              "callback",
              CallbackLink.to(
                  callback.get(), request.message().id(), settings.required("api_secret")));
    }
    return new ProviderCall.Http(
            "POST",
            URL,
            Map.of("Content-Type", FormBody.CONTENT_TYPE, "Accept", JsonBody.CONTENT_TYPE),
            form.bytes())
        .hiding(FormBody.encode(settings.required("api_key")))
        .hiding(FormBody.encode(settings.required("api_secret")));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Sms> request, ProviderResponse response) {
    if (!response.successful()) {
      return HttpAnswers.of(response);
    }
    List<Json.Obj> parts = new ArrayList<>();
    JsonBody.object(response).list("messages").stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .forEach(parts::add);
    if (parts.isEmpty()) {
      return new DeliveryResult.Ambiguous("an answer that says of no message what became of it");
    }
    List<Json.Obj> failed = parts.stream().filter(part -> !taken(part)).toList();
    if (failed.isEmpty()) {
      return HttpAnswers.sent(parts.getFirst().text("message-id"));
    }
    DeliveryResult result = refused(request.settings(), response, failed.getFirst());
    // Some of a long text is on its way: another attempt would send that twice.
    return failed.size() < parts.size() && result instanceof DeliveryResult.Deferred(var reason, _)
        ? new DeliveryResult.Ambiguous(reason)
        : result;
  }

  private static boolean taken(Json.Obj part) {
    return JsonBody.scalar(part, "status").filter(TAKEN::equals).isPresent();
  }

  private static DeliveryResult refused(
      ProviderSettings settings, ProviderResponse response, Json.Obj part) {
    String status = JsonBody.scalar(part, "status").orElse("no status");
    String words = part.text("error-text").orElse("");
    String reason = ProviderWords.of(settings, status, words);
    Meaning meaning = VonageCodes.OF_REQUESTS.getOrDefault(status, Meaning.REJECTED);
    boolean aboutNumber =
        status.equals(VonageCodes.INVALID_PARAMETER)
            && ABOUT_NUMBER.matcher(words.toLowerCase(Locale.ROOT)).find();
    return (aboutNumber ? Meaning.BOUNCED : meaning).of(response, reason);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new VonageCallbacks());
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(
        request, 200, "{'message-count':'1','messages':[{'status':'0','message-id':'#'}]}");
  }
}
