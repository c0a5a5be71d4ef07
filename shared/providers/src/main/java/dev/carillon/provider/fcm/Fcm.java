package dev.carillon.provider.fcm;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.Unready;
import dev.carillon.provider.access.TokenLife;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.push.PushProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Firebase Cloud Messaging, HTTP v1.
 *
 * <p>Source: https://firebase.google.com/docs/cloud-messaging/send/v1-api
 */
public final class Fcm implements PushProvider {
  private static final String PROJECT = "project_id";
  private static final String ACCOUNT = "service_account_json";
  private static final Pattern PROJECT_ID = Pattern.compile("[a-z0-9][a-z0-9.:-]{0,99}");

  /** What the token endpoint says of an account that it does not serve. */
  private static final Set<String> OF_THE_ACCOUNT =
      Set.of(
          "invalid_grant",
          "invalid_client",
          "invalid_request",
          "invalid_scope",
          "unauthorized_client",
          "unsupported_grant_type",
          "access_denied",
          "org_internal");

  @Override
  public String key() {
    return "push_fcm";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        ProviderSetting.required(PROJECT, "Project ID"),
        ProviderSetting.credential(ACCOUNT, "Service account JSON")
            .of(new ProviderSetting.Type.LongText()));
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Push> request) {
    Optional<DeliveryResult> fault = request.settings().fault();
    if (fault.isPresent()) {
      return new Preparation.Refused(fault.get());
    }
    String project = request.settings().required(PROJECT);
    if (!PROJECT_ID.matcher(project).matches()) {
      return Unready.misconfigured(PROJECT + " is no project's");
    }
    Optional<ServiceAccount> account = ServiceAccount.read(request.settings().required(ACCOUNT));
    if (account.isEmpty()) {
      return Unready.misconfigured(ACCOUNT + " is no service account of Google's");
    }
    Json.Obj message = FcmPayload.of(request.content(), request.message().id());
    int bytes = FcmPayload.bytes(message);
    if (bytes > FcmPayload.MOST_BYTES) {
      return Unready.rejected(
          "payload of %d bytes, %d allowed".formatted(bytes, FcmPayload.MOST_BYTES));
    }
    String token = request.lookups().get(account.get().tokenKey());
    if (token == null) {
      return account
          .get()
          .askToken(request.now())
          .<Preparation>map(Preparation.Ask::new)
          .orElseGet(() -> Unready.misconfigured(ACCOUNT + " has a key that does not sign"));
    }
    return Preparation.of(
        JsonBody.post(
                "https://fcm.googleapis.com/v1/projects/" + project + "/messages:send",
                Map.of("Authorization", "Bearer " + token),
                Json.object().with("message", message))
            .hiding(token));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Push> request, ProviderResponse response) {
    return response.successful()
        ? HttpAnswers.sent(JsonBody.object(response).text("name").filter(name -> !name.isBlank()))
        : FcmErrors.of(request, response);
  }

  @Override
  public LookupResult read(Lookup lookup, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    Optional<String> token = answer.text("access_token").filter(text -> !text.isBlank());
    if (response.successful() && token.isPresent()) {
      return new LookupResult.Found(token.get(), TokenLife.of(lookup, answer));
    }
    String error = answer.text("error").orElse("");
    if (OF_THE_ACCOUNT.contains(error)) {
      return new LookupResult.Failed(new DeliveryResult.Misconfigured("token: " + error));
    }
    return Unready.failed(HttpAnswers.of(response, "token: status " + response.status()));
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return request.url().endsWith(":send")
        ? StandIn.json(request, 200, "{'name':'projects/p/messages/#'}")
        : StandIn.json(request, 200, "{'access_token':'token-#','expires_in':3600}");
  }
}
