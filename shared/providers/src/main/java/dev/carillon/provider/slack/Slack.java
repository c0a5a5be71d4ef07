package dev.carillon.provider.slack;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.MessageHeader;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.Unready;
import dev.carillon.provider.chat.ChatProvider;
import dev.carillon.provider.chat.Workspace;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Slack: as an app, with the token it got when it was installed, or by an incoming webhook.
 *
 * <p>Sources: https://docs.slack.dev/reference/methods/chat.postMessage,
 * https://docs.slack.dev/reference/methods/users.lookupByEmail,
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
public final class Slack implements ChatProvider {
  static final String ORIGIN = "https://slack.com/api/";

  static final String CLIENT_ID = "client_id";
  static final String CLIENT_SECRET = "client_secret";

  /** An address may be given to another user; until then it is the same one's. */
  private static final Duration KEEP = Duration.ofDays(1);

  @Override
  public String key() {
    return "chat_slack";
  }

  /** For the installation of the app; sending needs the token of channel data alone. */
  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        ProviderSetting.optional("app_id", "App ID"),
        ProviderSetting.optional(CLIENT_ID, "Client ID"),
        ProviderSetting.optionalCredential(CLIENT_SECRET, "Client secret"),
        Workspace.REDIRECTS);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Chat> request) {
    return request
        .settings()
        .fault()
        .<Preparation>map(Preparation.Refused::new)
        .orElseGet(() -> sound(request));
  }

  private static Preparation sound(DeliveryRequest<Content.Chat> request) {
    return switch (SlackConnection.of(request.content().connection())) {
      case SlackConnection.ToWebhook(var url) ->
          Preparation.of(
              JsonBody.post(url, headers(request), SlackBody.toWebhook(request.content()))
                  .hiding(url));
      case SlackConnection.Conversation(var token, var id) -> toConversation(request, token, id);
      case SlackConnection.Person(var token, var email) -> {
        Lookup lookup = lookup(token, email);
        String user = request.lookups().get(lookup.key());
        yield user == null ? new Preparation.Ask(lookup) : toConversation(request, token, user);
      }
      case SlackConnection.Incomplete(var reason) -> Unready.bounced(reason);
    };
  }

  private static Preparation toConversation(
      DeliveryRequest<Content.Chat> request, String token, String id) {
    Map<String, String> headers = headers(request);
    headers.put("Authorization", "Bearer " + token);
    return Preparation.of(
        JsonBody.post(ORIGIN + "chat.postMessage", headers, SlackBody.toConversation(request, id))
            .hiding(token));
  }

  private static Map<String, String> headers(DeliveryRequest<Content.Chat> request) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json; charset=utf-8");
    headers.put(MessageHeader.ID, request.message().id().value());
    return headers;
  }

  private static Lookup lookup(String token, String email) {
    return new Lookup(
        "slack_user:" + Digest.of("slack_user", token, email).hex().substring(0, 32),
        JsonBody.get(
                ORIGIN + "users.lookupByEmail?email=" + FormBody.encode(email),
                Map.of("Authorization", "Bearer " + token))
            .hiding(token),
        KEEP);
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Chat> request, ProviderResponse response) {
    return switch (SlackConnection.of(request.content().connection())) {
      case SlackConnection.ToWebhook _ -> SlackErrors.ofWebhook(response);
      case SlackConnection.Conversation _, SlackConnection.Person _, SlackConnection.Incomplete _ ->
          ok(response)
              ? HttpAnswers.sent(JsonBody.object(response).text("ts").filter(ts -> !ts.isBlank()))
              : SlackErrors.ofMethod(response);
    };
  }

  @Override
  public LookupResult read(Lookup lookup, ProviderResponse response) {
    Optional<String> user =
        JsonBody.object(response).object("user").text("id").filter(id -> !id.isBlank());
    return ok(response) && user.isPresent()
        ? new LookupResult.Found(user.get(), lookup.keep())
        : Unready.failed(SlackErrors.ofMethod(response));
  }

  private static boolean ok(ProviderResponse response) {
    return response.successful() && Json.TRUE.equals(JsonBody.object(response).fields().get("ok"));
  }

  @Override
  public Optional<Workspace> workspace() {
    return Optional.of(new SlackWorkspace());
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    if (!request.url().startsWith(ORIGIN)) {
      return StandIn.text(200, "ok");
    }
    return StandIn.json(
        request,
        200,
        switch (request.url().substring(ORIGIN.length()).replaceAll("\\?.*", "")) {
          case "users.lookupByEmail" -> "{'ok':true,'user':{'id':'U#'}}";
          case "oauth.v2.access" -> "{'ok':true,'access_token':'xoxb-#'}";
          case "conversations.list" ->
              "{'ok':true,'channels':[{'id':'C#','name':'general','context_team_id':'T1'}]}";
          case "auth.test", "auth.revoke" -> "{'ok':true}";
          default -> "{'ok':true,'ts':'#.000100'}";
        });
  }
}
