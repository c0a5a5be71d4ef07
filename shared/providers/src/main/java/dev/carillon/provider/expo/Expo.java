package dev.carillon.provider.expo;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.Unready;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.push.PayloadBytes;
import dev.carillon.provider.push.PushOverrides;
import dev.carillon.provider.push.PushProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Expo's push service for React Native, one message a request.
 *
 * <p>Source: https://docs.expo.dev/push-notifications/sending-notifications/
 */
public final class Expo implements PushProvider {
  static final String ORIGIN = "https://exp.host/--/api/v2";

  private static final String PROJECT = "project_name";
  private static final String AUTH_TOKEN = "auth_token";
  private static final int MOST_BYTES = 4_096;
  private static final Pattern TOKEN =
      Pattern.compile(
          "Expo(nent)?PushToken\\[[^\\[\\]\\s]{1,200}]"
              + "|[0-9A-Za-z]{8}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{12}");

  @Override
  public String key() {
    return "push_expo";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        ProviderSetting.required(PROJECT, "Expo project name"),
        ProviderSetting.optionalCredential(AUTH_TOKEN, "Auth token"));
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Push> request) {
    Optional<DeliveryResult> fault = request.settings().fault();
    if (fault.isPresent()) {
      return new Preparation.Refused(fault.get());
    }
    if (!TOKEN.matcher(request.content().token()).matches()) {
      return Unready.dead("the token is none of Expo's");
    }
    Json.Obj payload = payload(request);
    int bytes = PayloadBytes.named(payload.without("to"));
    return bytes > MOST_BYTES
        ? Unready.rejected("payload of %d bytes, %d allowed".formatted(bytes, MOST_BYTES))
        : Preparation.of(
            JsonBody.post(ORIGIN + "/push/send", authorization(request.settings()), payload));
  }

  private static Json.Obj payload(DeliveryRequest<Content.Push> request) {
    Content.Push content = request.content();
    Json.Obj payload = Json.object();
    payload =
        content.silent()
            ? payload.with("_contentAvailable", Json.TRUE)
            : payload.with("title", content.title()).with("body", content.body());
    payload = PushOverrides.over(payload.with("data", content.data()), content.overrides());
    return payload
        .with("to", content.token())
        .with(
            "data",
            payload.object("data").with(Correlation.MESSAGE, request.message().id().value()));
  }

  static Map<String, String> authorization(ProviderSettings settings) {
    return settings
        .text(AUTH_TOKEN)
        .map(token -> Map.of("Authorization", "Bearer " + token))
        .orElse(Map.of());
  }

  /** A 200 may hold a ticket that says the message was not taken. */
  @Override
  public DeliveryResult read(DeliveryRequest<Content.Push> request, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    Optional<Json.Obj> ticket = ticket(answer);
    if (ticket.isEmpty()) {
      return ExpoErrors.ofRequest(answer, response);
    }
    return ticket.get().text("status").orElse("").equals("ok")
        ? HttpAnswers.sent(ticket.get().text("id").filter(id -> !id.isBlank()))
        : ExpoErrors.ofTicket(ticket.get(), response);
  }

  /** Of the one message; in a list of one, should Expo answer as it does to lists. */
  private static Optional<Json.Obj> ticket(Json.Obj answer) {
    Json data = answer.get("data").orElse(Json.NULL);
    if (data instanceof Json.Arr(var tickets) && !tickets.isEmpty()) {
      data = tickets.getFirst();
    }
    return data instanceof Json.Obj ticket && ticket.text("status").isPresent()
        ? Optional.of(ticket)
        : Optional.empty();
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(new ExpoReceipts());
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'data':{'status':'ok','id':'#'}}");
  }
}
