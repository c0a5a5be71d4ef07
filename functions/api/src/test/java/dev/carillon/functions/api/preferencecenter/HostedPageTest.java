package dev.carillon.functions.api.preferencecenter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.link.PreferenceLink;
import dev.carillon.edge.link.PreferenceLink.Purpose;
import dev.carillon.edge.link.PreferenceLinks;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostedPageTest {
  private static final String ONE_CLICK = "List-Unsubscribe=One-Click";
  private static final String SET = "GET /v1/users/{id}/preferences/{set}";

  private final ApiFixture park = new ApiFixture();
  private final PreferenceLinks links = new PreferenceLinks(park.ports.deploymentKeys());
  private final HostedPage page = HostedPage.on(park.ports);

  private String path(Purpose purpose, Optional<String> tenant) {
    return path(ApiFixture.HAMMOND, purpose, tenant);
  }

  private String path(RecipientId user, Purpose purpose, Optional<String> tenant) {
    return links.path(
        new PreferenceLink(
            ApiFixture.DEVELOPMENT,
            user.id(),
            tenant.map(TenantId::new),
            purpose,
            LocalDate.of(2026, 1, 6)));
  }

  private String managing() {
    return path(Purpose.MANAGE, Optional.empty());
  }

  private PageReply ask(String method, String path, String type, String body) {
    return page.answer(
            new HttpRequest(
                "r-" + method + path.hashCode() + body.hashCode(),
                method,
                path,
                Map.of(),
                "",
                Map.of("content-type", type),
                park.ports.deploymentKeys(),
                body.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow();
  }

  private PageReply get(String path) {
    return ask("GET", path, "", "");
  }

  private PageReply post(String path, String form) {
    return ask("POST", path, "application/x-www-form-urlencoded", form);
  }

  private Json commercial() {
    return set("default").at("commercial_subscribed");
  }

  private ApiFixture.Reply set(String set) {
    return park.call(SET, Map.of("id", ApiFixture.HAMMOND.id(), "set", set), "");
  }

  private void shows(String center) {
    park.ports
        .environments()
        .put(
            ApiFixture.DEVELOPMENT,
            new EnvironmentSettings(
                Optional.empty(),
                Json.Obj.EMPTY,
                List.of(),
                Json.Obj.EMPTY,
                (Json.Obj) JsonText.parse(center)));
  }

  private void rows() {
    shows(
        """
        {"title": "Park <mail>", "rows": [
          {"type": "category", "name": "Comments", "identifier": "comments"},
          {"type": "workflow", "name": "Alerts", "identifier": "alerts",
           "channel_types": ["email", "sms"]},
          {"type": "channel", "name": "Ranger mail", "identifier": "c-1"},
          {"type": "channel_types", "name": "Everything by", "channel_types": ["push"]}]}
        """);
  }

  @Test
  void one_click_of_a_mail_program_unsubscribes_and_twice_is_as_once() {
    String path = path(Purpose.UNSUBSCRIBE, Optional.of("ingen"));
    assertThat(post(path, ONE_CLICK).status()).isEqualTo(200);
    assertThat(post(path, ONE_CLICK).html()).contains("You are unsubscribed");
    assertThat(commercial()).isEqualTo(Json.FALSE);
    assertThat(post(path, "subscribe=on").status()).isEqualTo(200);
    assertThat(commercial()).isEqualTo(Json.TRUE);
  }

  @Test
  void one_click_may_come_in_parts() {
    String parts =
        "--b\r\n"
            + "Content-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
            + "One-Click\r\n"
            + "--b--\r\n";
    String path = path(Purpose.UNSUBSCRIBE, Optional.empty());
    assertThat(ask("POST", path, "multipart/form-data; boundary=b", parts).status()).isEqualTo(200);
    assertThat(commercial()).isEqualTo(Json.FALSE);
  }

  @Test
  void looking_changes_nothing_nor_does_another_form() {
    String path = path(Purpose.UNSUBSCRIBE, Optional.empty());
    assertThat(get(path).html()).contains(">Unsubscribe</button>");
    assertThat(ask("HEAD", path, "", "").status()).isEqualTo(200);
    for (String other : List.of("", "List-Unsubscribe=No", "x=%zz", "y".repeat(70_000))) {
      assertThat(post(path, other).status()).as(other).isEqualTo(400);
    }
    assertThat(ask("DELETE", path, "", "").status()).isEqualTo(405);
    assertThat(commercial()).isEqualTo(Json.NULL);
  }

  @Test
  void a_link_that_was_changed_or_is_over_or_of_somebody_deleted_opens_nothing() {
    String path = managing();
    assertThat(get(path).status()).isEqualTo(200);
    for (int i = 3; i < path.length(); i++) {
      char other = path.charAt(i) == 'A' ? 'B' : 'A';
      assertThat(get(path.substring(0, i) + other + path.substring(i + 1)).status()).isEqualTo(404);
    }
    assertThat(get("/p/").status()).isEqualTo(404);
    assertThat(get(path(RecipientId.user("nobody"), Purpose.MANAGE, Optional.empty())).status())
        .isEqualTo(404);
    park.clock.set(ApiFixture.START.plus(Duration.ofDays(2)));
    assertThat(get(path).status()).isEqualTo(404);
    assertThat(post(path(Purpose.UNSUBSCRIBE, Optional.empty()), ONE_CLICK).status())
        .isEqualTo(404);
  }

  @Test
  void each_row_is_switched_on_its_own_and_what_was_not_shown_stays() {
    rows();
    String shown =
        "shown=categories.comments&shown=workflows.alerts.channel_types.email"
            + "&shown=workflows.alerts.channel_types.sms&shown=channels.c-1"
            + "&channels.c-1=on&workflows.alerts.channel_types.sms=on";
    PageReply saved = post(managing(), shown);
    assertThat(saved.html()).contains("Your preferences are saved.");
    var set = set("default");
    assertThat(set.at("categories")).isEqualTo(Json.object().with("comments", Json.FALSE));
    assertThat(set.at("workflows.alerts.channel_types"))
        .isEqualTo(Json.object().with("email", Json.FALSE).with("sms", Json.TRUE));
    assertThat(set.at("channels")).as("was on and is").isEqualTo(Json.NULL);
    assertThat(set.at("channel_types")).as("was not shown").isEqualTo(Json.NULL);
    assertThat(set.at("commercial_subscribed")).isEqualTo(Json.NULL);
    assertThat(saved.html())
        .contains("name=\"categories.comments\">")
        .contains("name=\"workflows.alerts.channel_types.sms\" checked>");
  }

  @Test
  void a_link_of_a_tenant_changes_the_set_for_it_and_commercial_mail_for_all() {
    rows();
    String path = path(Purpose.MANAGE, Optional.of("ingen"));
    post(path, "shown=categories.comments&shown=commercial_subscribed");
    assertThat(set("ingen").at("categories.comments")).isEqualTo(Json.FALSE);
    assertThat(set("default").at("categories")).isEqualTo(Json.NULL);
    assertThat(commercial()).isEqualTo(Json.FALSE);
  }

  @Test
  void what_follows_conditions_is_shown_and_cannot_be_switched() {
    rows();
    park.call(
        "PUT /v1/users/{id}/preferences/{set}",
        Map.of("id", ApiFixture.HAMMOND.id(), "set", "default"),
        "",
        "{\"categories\":{\"comments\":{\"conditions\":[{\"variable\":\"data.a\",\"operator\":"
            + "\"equal_to\",\"argument\":\"1\"}]}}}");
    assertThat(get(managing()).html()).contains("(follows a rule)");
    post(managing(), "shown=categories.comments");
    assertThat(set("default").at("categories.comments.conditions.0.operator"))
        .isEqualTo(Json.of("equal_to"));
  }

  @Test
  void a_page_that_is_switched_off_shows_the_commercial_row_alone() {
    shows("{\"enabled\": false, \"rows\": []}");
    assertThat(get(managing()).html())
        .contains("name=\"commercial_subscribed\" checked>")
        .doesNotContain("channel_types");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<b>x</b>", "\"><script>alert(1)</script>", "&amp;'"})
  void names_of_others_are_words_and_nothing_else(String name) {
    park.identify(
        new TenantId("evil").recipient(),
        Json.object()
            .with("name", name)
            .with(
                "settings",
                Json.object()
                    .with(
                        "branding",
                        Json.object()
                            .with("primary_color", "red;}</style><script>")
                            .with("logo_url", "javascript:alert(1)"))));
    String html = get(path(Purpose.MANAGE, Optional.of("evil"))).html();
    assertThat(html).doesNotContain(name).doesNotContain("<script").doesNotContain("javascript:");
  }

  @Test
  void who_asks_with_a_key_is_told_how_the_page_is_set_up_and_gets_a_link_to_it() {
    rows();
    var user = Map.of("id", ApiFixture.HAMMOND.id());
    var config = park.call("GET /v1/users/{id}/preference_center/config", user, "");
    assertThat(config.text("user_email")).isEqualTo("john@ingen.net");
    assertThat(config.text("config.title")).isEqualTo("Park <mail>");
    assertThat(config.at("config.rows.1.channel_types"))
        .isEqualTo(Json.texts(List.of("email", "sms")));
    assertThat(config.text("config.rows.4.type")).isEqualTo("commercial_subscribed");
    var signed =
        park.call(
            "POST /v1/users/{id}/preference_center/signed_url", user, "", "{\"tenant\":\"ingen\"}");
    assertThat(signed.text("url")).endsWith("/p/" + signed.text("token"));
    assertThat(links.open(signed.text("token"), park.clock.instant()))
        .hasValueSatisfying(link -> assertThat(link.tenant()).contains(new TenantId("ingen")));
    assertThat(
            park.call(
                    "POST /v1/users/{id}/preference_center/signed_url", Map.of("id", "nobody"), "")
                .status())
        .isEqualTo(404);
  }

  @Test
  void without_a_setting_there_are_rows_for_what_the_defaults_name_and_for_the_channels() {
    park.ports
        .environments()
        .put(
            ApiFixture.DEVELOPMENT,
            new EnvironmentSettings(
                Optional.empty(),
                Json.object().with("categories", Json.object().with("big-news", Json.FALSE)),
                List.of()));
    assertThat(get(managing()).html())
        .contains("Big news", "name=\"categories.big-news\">")
        .contains("name=\"channel_types.email\" checked>");
  }
}
