package dev.carillon.provider.whatsapp;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.Unready;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.chat.ChatProvider;
import dev.carillon.provider.format.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * WhatsApp, by Meta's Cloud API.
 *
 * <p>Source: https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages
 */
public final class WhatsApp implements ChatProvider {
  /** Meta retires a version some two years after it came. */
  private static final String ORIGIN = "https://graph.facebook.com/v23.0/";

  private static final String TOKEN = "authentication_token";
  private static final String SENDER = "phone_number_id";
  private static final Pattern SENDER_ID = Pattern.compile("[0-9]{1,30}");

  /** E.164 without its plus, and as people write it. */
  private static final Pattern SEPARATORS = Pattern.compile("[\\s().\\-\\u00a0]+");

  private static final Pattern NUMBER = Pattern.compile("\\+?(?<digits>[1-9][0-9]{6,14})");

  @Override
  public String key() {
    return "chat_whatsapp";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        ProviderSetting.credential(TOKEN, "Authentication token"),
        ProviderSetting.required(SENDER, "Phone number ID"),
        WhatsAppReports.APP_SECRET,
        WhatsAppReports.VERIFY_TOKEN);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Chat> request) {
    Optional<DeliveryResult> fault = request.settings().fault();
    if (fault.isPresent()) {
      return new Preparation.Refused(fault.get());
    }
    String sender = request.settings().required(SENDER);
    if (!SENDER_ID.matcher(sender).matches()) {
      return Unready.misconfigured(SENDER + " is no number's id");
    }
    Optional<String> digits = digits(request.content().connection());
    if (digits.isEmpty()) {
      return Unready.bounced("no phone number");
    }
    return WhatsAppBody.of(request, digits.get())
        .map(
            body ->
                Preparation.of(
                    JsonBody.post(
                        ORIGIN + sender + "/messages",
                        Map.of("Authorization", "Bearer " + request.settings().required(TOKEN)),
                        body)))
        .orElseGet(() -> Unready.rejected("the content is no message of WhatsApp's"));
  }

  private static Optional<String> digits(Json.Obj connection) {
    return JsonBody.scalar(connection, "phone_number")
        .map(text -> SEPARATORS.matcher(text).replaceAll(""))
        .map(NUMBER::matcher)
        .filter(number -> number.matches())
        .map(number -> number.group("digits"));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Chat> request, ProviderResponse response) {
    if (!response.successful()) {
      return WhatsAppErrors.of(response);
    }
    return HttpAnswers.sent(
        JsonBody.object(response).list("messages").stream()
            .filter(Json.Obj.class::isInstance)
            .flatMap(message -> ((Json.Obj) message).text("id").stream())
            .filter(id -> !id.isBlank())
            .findFirst());
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new WhatsAppReports());
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'messages':[{'id':'wamid.#'}]}");
  }
}
