package dev.carillon.provider.msteams;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The bot that posts, and what must be known before it can.
 *
 * <p>Source:
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 *
 * @param tenant the bot's own, when it serves no other
 */
record TeamsBot(TeamsCloud cloud, String id, String password, Optional<String> tenant) {
  static final String BOT_ID = "bot_id";
  static final String BOT_PASSWORD = "bot_password";
  static final String BOT_TYPE = "bot_type";
  static final String SINGLE_TENANT = "single_tenant";
  static final String MULTI_TENANT = "multi_tenant";
  static final String ENTRA_TENANT = "entra_tenant_id";
  static final String CLOUD = "cloud";

  /** Tokens live for an hour or more; what is shorter says so. */
  private static final Duration KEEP_TOKEN = Duration.ofMinutes(55);

  /** A conversation with a user keeps its id as long as the bot is installed. */
  private static final Duration KEEP_CONVERSATION = Duration.ofDays(1);

  private static final String TOKEN = "teams_token:";
  private static final String CONVERSATION = "teams_conversation:";

  /** A GUID or a domain; anything else would be a path of its own. */
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

  @Override
  public String toString() {
    return "TeamsBot[" + id + "]";
  }

  /** The bot of the settings, or the name of what is missing. */
  sealed interface Read {
    record Known(TeamsBot bot) implements Read {}

    record Unknown(String reason) implements Read {}
  }

  static Read of(ProviderSettings settings) {
    Optional<String> id = settings.text(BOT_ID);
    Optional<String> password = settings.text(BOT_PASSWORD);
    if (id.isEmpty() || password.isEmpty()) {
      return new Read.Unknown("missing " + (id.isEmpty() ? BOT_ID : BOT_PASSWORD));
    }
    Optional<TeamsCloud> cloud = TeamsCloud.named(settings.required(CLOUD));
    if (cloud.isEmpty()) {
      return new Read.Unknown(CLOUD + " is none of Microsoft's");
    }
    boolean single = !settings.required(BOT_TYPE).equals(MULTI_TENANT);
    Optional<String> tenant = settings.text(ENTRA_TENANT).filter(_ -> single);
    if (single && tenant.filter(it -> TENANT.matcher(it).matches()).isEmpty()) {
      return new Read.Unknown("missing " + ENTRA_TENANT);
    }
    return new Read.Known(new TeamsBot(cloud.get(), id.get(), password.get(), tenant));
  }

  Lookup askToken() {
    String url = cloud.tokenUrl(tenant);
    byte[] form =
        FormBody.EMPTY
            .with("grant_type", "client_credentials")
            .with("client_id", id)
            .with("client_secret", password)
            .with("scope", cloud.scope())
            .bytes();
    var call =
        new ProviderCall.Http("POST", url, Map.of("Content-Type", FormBody.CONTENT_TYPE), form);
    return new Lookup(TOKEN + name("token", url, id, password), call.hiding(password), KEEP_TOKEN);
  }

  /** Asks for the conversation with a user of that tenant, which is made if there is none. */
  Lookup askConversation(String token, String tenantId, String user) {
    Json.Obj body =
        Json.object()
            .with("isGroup", Json.FALSE)
            .with("bot", Json.object().with("id", "28:" + id))
            .with("members", Json.array(List.of(Json.object().with("id", user))))
            .with("tenantId", tenantId)
            .with("channelData", Json.object().with("tenant", Json.object().with("id", tenantId)));
    return new Lookup(
        CONVERSATION + name("conversation", cloud.setting(), id, tenantId, user),
        JsonBody.post(conversations(), bearer(token), body).hiding(token),
        KEEP_CONVERSATION);
  }

  /** Whether it was {@link #askToken} that asked. */
  static boolean askedToken(Lookup lookup) {
    return lookup.key().startsWith(TOKEN);
  }

  String conversations() {
    return cloud.service() + "/v3/conversations";
  }

  static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private static String name(String... parts) {
    return Digest.of(parts).hex().substring(0, 32);
  }
}
