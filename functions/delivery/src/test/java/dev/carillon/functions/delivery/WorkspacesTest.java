package dev.carillon.functions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ClientAccess;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.call.AwsRequests;
import dev.carillon.functions.delivery.call.CallOverNetwork;
import dev.carillon.functions.delivery.call.SmtpDialogue;
import dev.carillon.functions.delivery.workspaces.Exchange;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.outbound.Bounds;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.LoopbackServer;
import dev.carillon.outbound.PublicAddresses;
import dev.carillon.outbound.Resolve;
import dev.carillon.recipient.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The workspaces of customers, against a server on this machine that is what an egress gateway is
 * to the client, so that each provider's own address reaches it.
 */
class WorkspacesTest {
  private static final ChannelId SLACK = new ChannelId(new UUID(7, 1));
  private static final ChannelId TEAMS = new ChannelId(new UUID(7, 2));
  private static final TenantId ACME = new TenantId("acme");
  private static final Pattern URL = Pattern.compile("(?i)\\r\\nx-carillon-egress-url: (\\S+)");

  private final InMemoryPorts ports = InMemoryPorts.at(() -> DeliveryFixture.START);
  private String said = "{}";
  private int status = 200;
  private final LoopbackServer provider =
      new LoopbackServer(
          (_, out) -> {
            out.write(answer().getBytes(StandardCharsets.UTF_8));
            return true;
          });
  private final DeliveryHandler handler =
      new DeliveryHandler(ports, new DeliveryFixture().provider, AskStatus.NOBODY, exchange());

  WorkspacesTest() {
    ports
        .apiKeys()
        .put(Digest.hex("sk"), new ApiKey(DeliveryFixture.LOCAL, ApiKey.Kind.SECRET, false));
    ports
        .apiKeys()
        .put(Digest.hex("pk"), new ApiKey(DeliveryFixture.LOCAL, ApiKey.Kind.PUBLIC, false));
    ports
        .clientAccesses()
        .put(DeliveryFixture.LOCAL, new ClientAccess(PublicKeyUse.OPEN, List.of()));
    channel(
        SLACK,
        "chat_slack",
        Json.object()
            .with("client_id", "app-1")
            .with("redirect_origins", "https://app.acme.test, http://localhost:3000"));
    channel(TEAMS, "chat_ms_teams", Json.object().with("graph_client_id", "graph-1"));
    ports
        .channelCredentials()
        .put(DeliveryFixture.LOCAL, SLACK, Json.object().with("client_secret", "s3cr3t-1"));
    ports
        .channelCredentials()
        .put(DeliveryFixture.LOCAL, TEAMS, Json.object().with("graph_client_secret", "s3cr3t-2"));
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void a_workspace_is_checked_with_the_token_that_its_tenant_has() {
    token();
    said = "{\"ok\":true}";
    assertThat(slack("GET", "auth_check", "")).isEqualTo("200 {\"connection\":{\"ok\":true}}");
    assertThat(url(0)).isEqualTo("https://slack.com/api/auth.test");
    assertThat(provider.requests().getFirst()).contains("Bearer xoxb-acme");

    said = "{\"ok\":false,\"error\":\"token_revoked\"}";
    assertThat(slack("GET", "auth_check", ""))
        .isEqualTo(
            "200 {\"connection\":{\"ok\":false,\"reason\":\"token_revoked\",\"error\":\"token_revoked\"}}");
    status = 500;
    assertThat(slack("GET", "auth_check", "")).startsWith("502 ").contains("provider_failed");
  }

  @Test
  void a_tenant_without_a_workspace_is_told_so_in_the_words_that_components_know() {
    assertThat(slack("GET", "auth_check", ""))
        .startsWith("403 ")
        .contains("\"code\":\"authorization\"", "\"message\":\"Access token not set.\"");
    assertThat(teams("GET", "auth_check", ""))
        .startsWith("403 ")
        .contains("\"message\":\"Microsoft Teams tenant ID not set.\"");
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void channels_are_listed_page_by_page_with_the_options_of_the_page() {
    token();
    said =
        """
        {"ok":true,"channels":[
          {"id":"C1","name":"general","is_private":false,"is_im":false,"context_team_id":"T1","topic":{}},
          {"id":"D1","user":"U7","is_im":true,"context_team_id":"T1"}],
         "response_metadata":{"next_cursor":"dGVhbQ=="}}
        """;
    assertThat(
            slack(
                "GET",
                "channels",
                "&query_options[limit]=2&query_options.types=public_channel,im&query_options[cursor]=a%2Bb"))
        .isEqualTo(
            "200 {\"slack_channels\":["
                + "{\"id\":\"C1\",\"name\":\"general\",\"is_private\":false,\"is_im\":false,\"context_team_id\":\"T1\"},"
                + "{\"id\":\"D1\",\"name\":\"U7\",\"is_private\":false,\"is_im\":true,\"context_team_id\":\"T1\"}],"
                + "\"next_cursor\":\"dGVhbQ==\"}");
    assertThat(url(0)).isEqualTo("https://slack.com/api/conversations.list");
    assertThat(body(0)).isEqualTo("cursor=a%2Bb&limit=2&types=public_channel%2Cim");

    said = "{\"ok\":true,\"channels\":[],\"response_metadata\":{\"next_cursor\":\"\"}}";
    assertThat(slack("GET", "channels", ""))
        .isEqualTo("200 {\"slack_channels\":[],\"next_cursor\":null}");
    said = "{\"ok\":false,\"error\":\"missing_scope\"}";
    assertThat(slack("GET", "channels", "")).startsWith("403 ").contains("missing_scope");
  }

  @Test
  void revoking_ends_the_token_at_the_provider_and_here() {
    token();
    said = "{\"ok\":true,\"revoked\":true}";
    assertThat(slack("PUT", "revoke_access", "")).isEqualTo("200 {\"ok\":\"ok\"}");
    assertThat(url(0)).isEqualTo("https://slack.com/api/auth.revoke");
    assertThat(data(SLACK).fields()).containsOnlyKeys("kept");

    token();
    said = "{\"ok\":false,\"error\":\"token_revoked\"}";
    assertThat(
            call(
                "PUT",
                path("slack", SLACK, "revoke_access", ""),
                Map.of("x-knock-client", "Knock/ClientJS")))
        .as("what the browser client compares")
        .isEqualTo("200 \"ok\"");
    assertThat(data(SLACK).fields()).containsOnlyKeys("kept");

    token();
    status = 503;
    assertThat(slack("PUT", "revoke_access", "")).startsWith("502 ");
    assertThat(data(SLACK).fields()).containsKey("token");
  }

  @Test
  void teams_are_asked_of_the_graph_with_a_token_that_is_fetched_once() {
    teamsTenant();
    said =
        """
        {"access_token":"graph-token","expires_in":3600,
         "value":[{"id":"t1","displayName":"Engineering","description":null}],
         "@odata.nextLink":"https://graph.microsoft.com/v1.0/teams?$top=1&$skiptoken=a%20b"}
        """;
    assertThat(
            teams("GET", "teams", "&query_options[$top]=1&query_options[$filter]=x%20eq%20%27y%27"))
        .isEqualTo(
            "200 {\"ms_teams_teams\":[{\"id\":\"t1\",\"displayName\":\"Engineering\",\"description\":null}],\"skip_token\":\"a"
                + " b\"}");
    assertThat(url(0)).isEqualTo("https://login.microsoftonline.com/entra-1/oauth2/v2.0/token");
    assertThat(body(0)).contains("client_secret=s3cr3t-2", "graph.microsoft.com");
    assertThat(url(1))
        .isEqualTo("https://graph.microsoft.com/v1.0/teams?%24filter=x+eq+%27y%27&%24top=1");
    assertThat(provider.requests().get(1)).contains("Bearer graph-token");
    assertThat(teams("GET", "auth_check", ""))
        .isEqualTo("200 {\"connection\":{\"ms_teams_tenant_id\":\"entra-1\",\"ok\":true}}");
    assertThat(provider.requests()).hasSize(3);
  }

  @Test
  void private_and_archived_channels_of_a_team_are_left_out_unless_asked_for() {
    teamsTenant();
    said =
        """
        {"access_token":"graph-token","value":[
          {"id":"c1","displayName":"General","membershipType":"standard","isArchived":false},
          {"id":"c2","displayName":"Board","membershipType":"private"},
          {"id":"c3","displayName":"Old","isArchived":true}]}
        """;
    assertThat(teams("GET", "channels", "&team_id=t-1"))
        .contains("\"id\":\"c1\"")
        .doesNotContain("c2", "c3");
    assertThat(teams("GET", "channels", "&team_id=t-1&query_options[$filter]=a")).contains("c2");
    assertThat(teams("GET", "channels", "&team_id=..%2Fusers")).startsWith("403 ");
    status = 403;
    said = "{\"error\":{\"code\":\"Forbidden\",\"message\":\"No\"}}";
    assertThat(teams("GET", "channels", "&team_id=t-1")).startsWith("403 ").contains("Forbidden");
    assertThat(teams("PUT", "revoke_access", "")).isEqualTo("200 {\"ok\":\"ok\"}");
    assertThat(data(TEAMS)).isEqualTo(Json.Obj.EMPTY);
  }

  @Test
  void coming_back_from_the_provider_stores_the_token_and_tells_the_page_that_opened_it() {
    said = "{\"ok\":true,\"access_token\":\"xoxb-new\",\"team\":{\"id\":\"T1\"}}";
    Json.Obj page = connect("slack", "code=c0de", state(SLACK, "access_token_object"));
    assertThat(page.get("statusCode")).contains(Json.of(200));
    assertThat(page.text("body").orElseThrow())
        .contains("postMessage({\"type\":\"authComplete\",\"nonce\":\"n-1\"}, \"*\")")
        .doesNotContain("xoxb", "pk");
    assertThat(url(0)).isEqualTo("https://slack.com/api/oauth.v2.access");
    assertThat(body(0)).isEqualTo("code=c0de&client_id=app-1&client_secret=s3cr3t-1");
    assertThat(data(SLACK).object("token").text("access_token")).contains("xoxb-new");

    connect(
        "ms-teams", "admin_consent=True&tenant=entra-9", state(TEAMS, "ms_teams_tenant_object"));
    assertThat(data(TEAMS).text("ms_teams_tenant_id")).contains("entra-9");
  }

  @Test
  void who_comes_back_is_led_only_to_where_the_channel_lets_it() {
    said = "{\"ok\":true,\"access_token\":\"xoxb-new\"}";
    Json.Obj state = state(SLACK, "access_token_object");
    for (String url : List.of("https://app.acme.test/settings?a=1", "http://localhost:3000")) {
      Json.Obj led = connect("slack", "code=c", state.with("redirect_url", url));
      assertThat(led.get("statusCode")).contains(Json.of(302));
      assertThat(led.object("headers").text("location")).contains(url);
    }
    for (String url :
        List.of(
            "https://evil.test/",
            "https://app.acme.test.evil.test/",
            "https://app.acme.test@evil.test/",
            "javascript:alert(1)",
            "//app.acme.test",
            "http://app.acme.test/",
            "https://app.acme.test:8443/")) {
      Json.Obj stays = connect("slack", "code=c", state.with("redirect_url", url));
      assertThat(stays.get("statusCode")).as(url).contains(Json.of(200));
      assertThat(stays.object("headers").text("location")).isEmpty();
    }
  }

  @Test
  void nobody_connects_a_workspace_who_could_not_use_it() {
    Json.Obj state = state(SLACK, "access_token_object");
    assertThat(refused("code=c", Json.Obj.EMPTY)).isEqualTo(401);
    assertThat(refused("code=c", state.with("public_key", "pk_other"))).isEqualTo(401);
    assertThat(refused("code=c", state.with("public_key", "sk"))).isEqualTo(403);
    assertThat(refused("code=c", state.with("user_token", "e30.e30.AA"))).isEqualTo(403);
    assertThat(refused("code=c", state.without("access_token_object"))).isEqualTo(422);
    assertThat(refused("code=c", state.with("channel_id", TEAMS.toString()))).isEqualTo(422);
    assertThat(refused("error=access_denied", state)).isEqualTo(403);
    assertThat(provider.requests()).isEmpty();
    said = "{\"ok\":false,\"error\":\"invalid_code\"}";
    assertThat(refused("code=c", state)).isEqualTo(403);
    ports
        .clientAccesses()
        .put(DeliveryFixture.LOCAL, new ClientAccess(PublicKeyUse.RESTRICTED, List.of()));
    assertThat(ports.recipients().find(DeliveryFixture.LOCAL, ACME.recipient())).isEmpty();
  }

  private int refused(String query, Json.Obj state) {
    Json.Obj page = connect("slack", query, state.with("nonce", "</script>"));
    assertThat(page.text("body").orElseThrow())
        .contains("{\"type\":\"authFailed\",\"nonce\":null}");
    return ((Json.Num) page.get("statusCode").orElseThrow()).value().intValueExact();
  }

  private Json.Obj connect(String name, String query, Json.Obj state) {
    return respond(
        "GET",
        "/providers/" + name + "/authenticate?" + query + "&state=" + encoded(state),
        Map.of());
  }

  private static Json.Obj state(ChannelId channel, String object) {
    return Json.object()
        .with("nonce", "n-1")
        .with(object, tenant())
        .with("channel_id", channel.toString())
        .with("public_key", "pk");
  }

  private static Json.Obj tenant() {
    return Json.object().with("object_id", "acme").with("collection", "$tenants");
  }

  private String slack(String method, String call, String more) {
    return call(method, path("slack", SLACK, call, more), Map.of("authorization", "Bearer sk"));
  }

  private String teams(String method, String call, String more) {
    return call(method, path("ms-teams", TEAMS, call, more), Map.of("authorization", "Bearer sk"));
  }

  /** As Node's client sends the object, or as the browser's does. */
  private static String path(String name, ChannelId channel, String call, String more) {
    String object =
        name.equals("slack")
            ? "access_token_object=" + encoded(tenant())
            : "ms_teams_tenant_object[object_id]=acme&ms_teams_tenant_object[collection]=%24tenants";
    return "/v1/providers/" + name + "/" + channel + "/" + call + "?" + object + more;
  }

  private String call(String method, String path, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.putIfAbsent("authorization", "Bearer pk");
    Json.Obj response = respond(method, path, all);
    return response.get("statusCode").orElseThrow() + " " + response.text("body").orElseThrow();
  }

  private Json.Obj respond(String method, String path, Map<String, String> headers) {
    int query = path.indexOf('?');
    Json.Obj sent = Json.object();
    for (var header : headers.entrySet()) {
      sent = sent.with(header.getKey(), header.getValue());
    }
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(
              JsonText.bytes(
                  Json.object()
                      .with("version", "2.0")
                      .with("rawPath", path.substring(0, query))
                      .with("rawQueryString", path.substring(query + 1))
                      .with("headers", sent)
                      .with(
                          "requestContext",
                          Json.object()
                              .with("requestId", "request-1")
                              .with("http", Json.object().with("method", method))))),
          out,
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (Json.Obj) JsonText.parse(out.toByteArray());
  }

  private void token() {
    keep(
        SLACK,
        Json.object()
            .with("kept", "yes")
            .with("token", Json.object().with("access_token", "xoxb-acme")));
  }

  private void teamsTenant() {
    keep(TEAMS, Json.object().with("ms_teams_tenant_id", "entra-1"));
  }

  private void keep(ChannelId channel, Json.Obj data) {
    ports
        .recipients()
        .change(
            DeliveryFixture.LOCAL,
            ACME.recipient(),
            it -> it.withChannelData(channel.toString(), data),
            DeliveryFixture.START);
  }

  private Json.Obj data(ChannelId channel) {
    return ports
        .recipients()
        .find(DeliveryFixture.LOCAL, ACME.recipient())
        .orElseThrow()
        .channelData()
        .getOrDefault(channel.toString(), Json.Obj.EMPTY);
  }

  private void channel(ChannelId id, String provider, Json.Obj settings) {
    ports
        .channels()
        .put(
            DeliveryFixture.LOCAL,
            new Channel(
                id,
                provider,
                "Chat",
                ChannelType.CHAT,
                provider,
                settings,
                DeliveryFixture.START,
                DeliveryFixture.START));
  }

  private String answer() {
    return LoopbackServer.response(status, "content-type: application/json\r\n", said);
  }

  private String url(int number) {
    var url = URL.matcher(provider.requests().get(number));
    assertThat(url.find()).isTrue();
    return url.group(1);
  }

  private String body(int number) {
    String request = provider.requests().get(number);
    return request.substring(request.indexOf("\r\n\r\n") + 4);
  }

  private Exchange exchange() {
    var bounds = new Bounds(Duration.ofSeconds(20), Duration.ofSeconds(20), 1024 * 1024, 64 * 1024);
    Resolve anywhere =
        host -> List.of(InetAddress.ofLiteral(host.equals("127.0.0.1") ? host : "93.184.216.34"));
    return DeliveryWiring.exchange(
        new CallOverNetwork(
            () ->
                new GuardedHttp(
                    bounds, Set.of(), Optional.of("http://" + provider.host() + "/"), anywhere),
            new AwsRequests(
                () -> new GuardedHttp(bounds, Set.of(), Optional.empty(), anywhere),
                _ -> Optional.empty(),
                () -> AwsCredentialsIdentity.create("id", "secret"),
                "eu-central-1",
                () -> DeliveryFixture.START),
            new SmtpDialogue(
                new PublicAddresses(Set.of(), anywhere),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)),
            Set.of()));
  }

  private static String encoded(Json value) {
    return URLEncoder.encode(JsonText.write(value), StandardCharsets.UTF_8);
  }
}
