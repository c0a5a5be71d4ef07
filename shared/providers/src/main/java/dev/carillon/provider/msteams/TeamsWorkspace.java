package dev.carillon.provider.msteams;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.Unready;
import dev.carillon.provider.access.TokenLife;
import dev.carillon.provider.chat.Answer;
import dev.carillon.provider.chat.Next;
import dev.carillon.provider.chat.Question;
import dev.carillon.provider.chat.Workspace;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Organisations that use Teams, by the id of their tenant in Entra, which is channel data. An admin
 * of theirs consents that the app reads teams and channels through Microsoft Graph.
 *
 * <p>Sources: https://learn.microsoft.com/en-us/graph/api/teams-list,
 * https://learn.microsoft.com/en-us/graph/api/channel-list,
 * https://learn.microsoft.com/en-us/entra/identity-platform/v2-admin-consent
 */
final class TeamsWorkspace implements Workspace {
  static final String CLIENT_ID = "graph_client_id";
  static final String CLIENT_SECRET = "graph_client_secret";

  private static final String TENANT = "ms_teams_tenant_id";
  private static final Duration KEEP_TOKEN = Duration.ofMinutes(55);
  private static final Set<String> OF_CHANNELS = Set.of("$filter", "$select");
  private static final Set<String> OF_TEAMS = Set.of("$filter", "$select", "$top", "$skiptoken");

  /** Beside id and name, what tells a channel that is shown from others. */
  private static final String SELECT =
      "id,displayName,description,membershipType,isArchived,createdDateTime";

  /** What becomes part of an address. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

  @Override
  public String path() {
    return "ms-teams";
  }

  @Override
  public String objectParameter() {
    return "ms_teams_tenant_object";
  }

  @Override
  public String grant() {
    return "ms_teams/channels_read";
  }

  @Override
  public String unset() {
    return "Microsoft Teams tenant ID not set.";
  }

  @Override
  public boolean connected(Json.Obj data) {
    return tenant(data).isPresent();
  }

  @Override
  public Json.Obj disconnected(Json.Obj data) {
    return data.without(TENANT);
  }

  private static Optional<String> tenant(Json.Obj data) {
    return data.text(TENANT).map(String::strip).filter(it -> ID.matcher(it).matches());
  }

  @Override
  public Next next(
      Question question, ProviderSettings settings, Json.Obj data, Map<String, String> lookups) {
    return switch (question) {
      case Question.Check() ->
          graph(settings, data, lookups, "/v1.0/teams", Map.of("$top", "1", "$select", "id"));
      case Question.Teams(var options) ->
          graph(settings, data, lookups, "/v1.0/teams", heeded(options, OF_TEAMS));
      case Question.Channels(var team, var options) ->
          ID.matcher(team).matches()
              ? graph(
                  settings,
                  data,
                  lookups,
                  "/v1.0/teams/" + FormBody.segment(team) + "/channels",
                  selecting(heeded(options, OF_CHANNELS)))
              : new Next.Know(new Answer.Refused("team_id is no id of a team"));
      case Question.Revoke() -> new Next.Know(new Answer.Known(Json.Obj.EMPTY));
      case Question.Connect(var answer) -> new Next.Know(consented(answer, data));
    };
  }

  private static Map<String, String> heeded(Map<String, String> options, Set<String> names) {
    var heeded = new HashMap<>(options);
    heeded.keySet().retainAll(names);
    return heeded;
  }

  private static Map<String, String> selecting(Map<String, String> options) {
    var all = new HashMap<>(options);
    all.putIfAbsent("$select", SELECT);
    return all;
  }

  private static Next graph(
      ProviderSettings settings,
      Json.Obj data,
      Map<String, String> lookups,
      String path,
      Map<String, String> options) {
    Optional<String> id = settings.text(CLIENT_ID);
    Optional<String> secret = settings.text(CLIENT_SECRET);
    Optional<TeamsCloud> cloud = TeamsCloud.named(settings.required(TeamsBot.CLOUD));
    if (id.isEmpty() || secret.isEmpty() || cloud.isEmpty()) {
      return new Next.Know(
          new Answer.Failed("the channel has no " + CLIENT_ID + " or " + CLIENT_SECRET));
    }
    Lookup lookup = askToken(cloud.get(), tenant(data).orElseThrow(), id.get(), secret.get());
    String token = lookups.get(lookup.key());
    if (token == null) {
      return new Next.Ask(lookup);
    }
    FormBody query = FormBody.EMPTY;
    for (String name : options.keySet().stream().sorted().toList()) {
      query = query.with(name, options.get(name));
    }
    String url = cloud.get().graph() + path + (options.isEmpty() ? "" : "?" + query.encoded());
    return new Next.Call(JsonBody.get(url, TeamsBot.bearer(token)).hiding(token));
  }

  private static Lookup askToken(TeamsCloud cloud, String tenant, String id, String secret) {
    String url = cloud.tokenUrl(Optional.of(tenant));
    byte[] form =
        FormBody.EMPTY
            .with("grant_type", "client_credentials")
            .with("client_id", id)
            .with("client_secret", secret)
            .with("scope", cloud.graph() + "/.default")
            .bytes();
    return new Lookup(
        "graph_token:" + Digest.of("graph_token", url, id, secret).hex().substring(0, 32),
        new ProviderCall.Http("POST", url, Map.of("Content-Type", FormBody.CONTENT_TYPE), form)
            .hiding(secret),
        KEEP_TOKEN);
  }

  /** The page comes back with the tenant of the admin who consented. */
  private static Answer consented(Map<String, String> answer, Json.Obj data) {
    String tenant = answer.getOrDefault("tenant", "");
    boolean agreed = answer.getOrDefault("admin_consent", "").equalsIgnoreCase("true");
    return agreed && ID.matcher(tenant).matches()
        ? new Answer.Known(data.with(TENANT, tenant))
        : new Answer.Refused(answer.getOrDefault("error", "no consent"));
  }

  @Override
  public LookupResult read(Lookup lookup, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    Optional<String> token = answer.text("access_token").filter(text -> !text.isBlank());
    return response.successful() && token.isPresent()
        ? new LookupResult.Found(token.get(), TokenLife.of(lookup, answer))
        : Unready.failed(TeamsErrors.ofTheToken(response));
  }

  @Override
  public Answer read(Question question, Json.Obj data, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    if (response.status() >= 400 && response.status() < 500 && response.status() != 429) {
      return new Answer.Refused(
          answer.object("error").text("code").orElse("HTTP " + response.status()));
    }
    if (!response.successful() || !answer.fields().containsKey("value")) {
      return new Answer.Failed("HTTP " + response.status());
    }
    List<Json.Obj> values = JsonBody.objects(answer.list("value"));
    return new Answer.Known(
        switch (question) {
          case Question.Check() -> Json.object().with(TENANT, tenant(data).orElse(""));
          case Question.Revoke(), Question.Connect _ -> Json.Obj.EMPTY;
          case Question.Teams _ ->
              Json.object()
                  .with("ms_teams_teams", Json.array(List.copyOf(values)))
                  .with("skip_token", Json.ofNullable(skipToken(answer)));
          case Question.Channels(_, var options) ->
              Json.object()
                  .with(
                      "ms_teams_channels",
                      Json.array(
                          values.stream()
                              .filter(it -> options.containsKey("$filter") || isShown(it))
                              .toList()));
        });
  }

  /** Unless a filter says which, archived and private channels are none to choose. */
  private static boolean isShown(Json.Obj channel) {
    return !Json.TRUE.equals(channel.fields().get("isArchived"))
        && !channel.text("membershipType").equals(Optional.of("private"));
  }

  /** The address of the next page holds it. */
  private static Optional<String> skipToken(Json.Obj answer) {
    return answer
        .text("@odata.nextLink")
        .map(link -> link.substring(link.indexOf('?') + 1).getBytes(StandardCharsets.UTF_8))
        .flatMap(query -> FormBody.read(query).first("$skiptoken"));
  }
}
