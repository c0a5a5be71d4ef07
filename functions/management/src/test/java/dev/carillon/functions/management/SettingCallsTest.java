package dev.carillon.functions.management;

import static dev.carillon.functions.management.ManagementFixture.LOCAL;
import static dev.carillon.functions.management.ManagementFixture.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.management.ManagementFixture.Reply;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.variable.Variables;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is changed beside content. */
class SettingCallsTest {
  private static final String MAIL =
      "{'channel': {'type': 'email', 'name': 'Mail', 'provider': 'email_postmark',"
          + " 'settings': {'from_address': 'a@example.com'}}}";

  private final ManagementFixture desk = new ManagementFixture();

  private static String error(Reply reply) {
    assertThat(reply.status()).isEqualTo(422);
    return reply.text("errors.0.field") + " " + reply.text("errors.0.message");
  }

  @Test
  void a_variable_has_a_value_in_each_environment_and_a_secret_shows_none() {
    assertThat(desk.put("/v1/variables/shop", "{'variable': {'value': 'Books'}}").text("variable"))
        .contains("\"value\":\"Books\"", "\"type\":\"public\"");
    desk.put("/v1/variables/shop?environment=production", "{'variable': {'value': 'Real'}}");
    var secret = "{'variable': {'type': 'secret', 'value': 's3cr3t-value'}}";
    Reply made = desk.put("/v1/variables/key", secret);
    assertThat(made.text("variable.value")).isEqualTo("null");
    assertThat(JsonText.write(made.json())).doesNotContain("s3cr3t");
    assertThat(JsonText.write(desk.get("/v1/changes").json())).doesNotContain("s3cr3t");
    assertThat(desk.ports.variables().values(LOCAL))
        .isEqualTo(
            new Variables.Values(
                Json.object().with("shop", "Books"), Json.object().with("key", "s3cr3t-value")));
    assertThat(desk.ports.variables().open(PRODUCTION).text("shop")).contains("Real");
    assertThat(desk.delete("/v1/variables/key").status()).isEqualTo(204);
    assertThat(desk.delete("/v1/variables/key").status()).isEqualTo(404);
    assertThat(desk.ports.variables().secretNames(LOCAL)).isEmpty();
  }

  @Test
  void a_variable_that_makes_no_sense_is_refused() {
    assertThat(error(desk.put("/v1/variables/9x", "{'variable': {'value': 'a'}}")))
        .startsWith("key ");
    assertThat(error(desk.put("/v1/variables/x", "{'variable': {'type': 'secret', 'value': 'a'}}")))
        .contains("at least 8 characters");
    assertThat(error(desk.put("/v1/variables/x", "{'variable': {'valu': 'a'}}")))
        .startsWith("variable.valu ");
    desk.put("/v1/variables/x", "{'variable': {'type': 'secret', 'value': 'long enough'}}");
    assertThat(
            error(
                desk.put(
                    "/v1/variables/x?environment=production",
                    "{'variable': {'type': 'public', 'value': 'a'}}")))
        .startsWith("variable.type is secret");
    assertThat(
            error(
                desk.put(
                    "/v1/variables/branding",
                    "{'variable': {'value': {'primary_color': 'reddish'}}}")))
        .contains("must be a colour");
  }

  @Test
  void a_channel_is_made_changed_and_shown() {
    Reply made = desk.put("/v1/channels/mail", MAIL);
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.text("channel.environment_settings.development.channel_settings.from_address"))
        .isEqualTo("a@example.com");
    desk.put(
        "/v1/channels/mail?environment=production", MAIL.replace("a@example.com", "b@example.com"));
    Reply shown = desk.get("/v1/channels/mail");
    assertThat(desk.get("/v1/channels?id=" + shown.text("id")).body().list("entries")).hasSize(1);
    assertThat(
            desk.get("/v1/channels?include[]=environment_settings&id=" + new java.util.UUID(1, 1))
                .body()
                .list("entries"))
        .isEmpty();
    assertThat(shown.text("id")).isEqualTo(made.text("channel.id"));
    assertThat(shown.text("environment_settings.production.channel_settings.from_address"))
        .isEqualTo("b@example.com");
    // Of its own for each environment; where reports are posted to.
    String reports = "environment_settings.%s.callback_path";
    assertThat(shown.text(reports.formatted("production")))
        .startsWith("/v1/providers/callbacks/")
        .isNotEqualTo(shown.text(reports.formatted("development")));
    desk.put("/v1/channels/mail", "{'channel': {'settings': {'sandbox_mode': true}}}");
    assertThat(desk.get("/v1/channels/mail").text("environment_settings.development.is_sandbox"))
        .isEqualTo("true");
    assertThat(desk.get("/v1/channels/mail").text("name")).isEqualTo("Mail");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'settings': {'form_address': 'a'}  | channel.settings.form_address is not a known field
          'settings': {'api_token': 'x'}     | channel.settings.api_token is not a known field
          'settings': {'api_key': 'x'}  | channel.settings.api_key is a credential
          'settings': {'sandbox_mode': 'x'}  | channel.settings.sandbox_mode must be true or false
          'type': 'fax'                      | channel.type must be one of
          'provider': 'email_pigeon'         | channel.provider must be one of
          'colour': 'red'                    | channel.colour is not a known field
          """)
  void a_setting_that_nothing_reads_is_refused_by_its_name(String given, String problem) {
    String rest = given.startsWith("'type'") ? "" : "'type': 'email', ";
    String provider = given.startsWith("'provider'") ? "" : "'provider': 'email_postmark', ";
    Reply reply = desk.put("/v1/channels/mail", "{'channel': {" + rest + provider + given + "}}");
    assertThat(error(reply)).startsWith(problem);
  }

  @Test
  void credentials_are_written_and_never_shown() {
    desk.put("/v1/channels/mail", MAIL);
    Reply set =
        desk.put("/v1/channels/mail/credentials", "{'credentials': {'api_key': 'very-secret'}}");
    assertThat(set.text("credentials.0")).isEqualTo("api_key");
    String answers =
        JsonText.write(set.json())
            + JsonText.write(desk.get("/v1/channels/mail").json())
            + JsonText.write(desk.get("/v1/changes").json());
    assertThat(answers).contains("api_key").doesNotContain("very-secret");
    var channel = desk.ports.channels().find(LOCAL, "mail").orElseThrow();
    assertThat(desk.ports.channelCredentials().find(LOCAL, channel.id()))
        .isEqualTo(Json.object().with("api_key", "very-secret"));
    assertThat(
            error(desk.put("/v1/channels/mail/credentials", "{'credentials': {'pasword': 'x'}}")))
        .startsWith("credentials.pasword is not a known field");
    assertThat(desk.put("/v1/channels/none/credentials", "{'credentials': {}}").status())
        .isEqualTo(404);
  }

  @Test
  void a_channel_is_configured_once_it_has_its_providers_credentials() {
    desk.put("/v1/channels/mail", MAIL);
    assertThat(lacking("mail")).containsExactly("api_key");
    desk.put("/v1/channels/mail/credentials", "{'credentials': {'api_key': 'k'}}");
    assertThat(lacking("mail")).isEmpty();
    desk.put("/v1/channels/mail", MAIL.replace("hello@", "hi@"));
    assertThat(lacking("mail")).isEmpty();
    desk.put("/v1/channels/mail/credentials", "{'credentials': {'api_key': ''}}");
    assertThat(lacking("mail")).containsExactly("api_key");
  }

  private List<String> lacking(String key) {
    var channels = desk.ports.channels();
    return channels.configured(LOCAL).lackedBy(channels.find(LOCAL, key).orElseThrow());
  }

  @Test
  void a_group_of_channels_is_put_everywhere_and_taken_out() {
    desk.put("/v1/channels/mail", MAIL);
    String group =
        "{'channel_group': {'name': 'All mail', 'channel_type': 'email', 'operator': 'all',"
            + " 'channel_rules': [{'channel_key': 'mail', 'rule_type': 'always', 'index': 0,"
            + " 'argument': null}]}}";
    Reply put = desk.put("/v1/channel_groups/mails", group);
    assertThat(put.text("channel_group.channel_rules.0.channel.key")).isEqualTo("mail");
    assertThat(desk.get("/v1/channel_groups/mails").json())
        .isEqualTo(put.body().object("channel_group"));
    assertThat(desk.ports.environments().settings(PRODUCTION).channelGroups()).hasSize(1);
    desk.put("/v1/channel_groups/mails", group.replace("All mail", "Every mail"));
    assertThat(desk.get("/v1/channel_groups/mails").text("name")).isEqualTo("Every mail");
    assertThat(
            error(
                desk.put(
                    "/v1/channel_groups/mails", group.replace("'rule_type': 'always'", "'x': 1"))))
        .startsWith("channel_group.channel_rules[0].x");
    assertThat(desk.delete("/v1/channel_groups/mails").status()).isEqualTo(204);
    assertThat(desk.delete("/v1/channel_groups/mails").status()).isEqualTo(404);
    assertThat(desk.ports.environments().settings(LOCAL).channelGroups()).isEmpty();
  }

  @Test
  void a_token_for_one_environment_changes_that_one_only() {
    desk.put("/v1/channels/mail", MAIL);
    desk.as("knock_st_production");
    desk.put(
        "/v1/channel_groups/mails",
        "{'channel_group': {'name': 'M', 'channel_type': 'email', 'channel_rules':"
            + " [{'channel_key': 'mail', 'rule_type': 'always'}]}}");
    assertThat(desk.ports.environments().settings(LOCAL).channelGroups()).isEmpty();
    assertThat(desk.ports.environments().settings(PRODUCTION).channelGroups()).hasSize(1);
    assertThat(desk.put("/v1/channels/mail?environment=development", MAIL).text("code"))
        .isEqualTo("insufficient_scope");
    assertThat(desk.delete("/v1/audiences/vips?environment=production").text("code"))
        .isEqualTo("insufficient_scope");
  }

  @Test
  void a_brand_is_what_templates_see_and_its_colours_are_colours() {
    Reply put = desk.put("/v1/branding", "{'branding': {'primary_color': '#1d1d26'}}");
    assertThat(put.text("branding.primary_color")).isEqualTo("#1d1d26");
    assertThat(desk.ports.variables().open(LOCAL).object("branding").text("primary_color"))
        .contains("#1d1d26");
    assertThat(desk.get("/v1/branding").json()).isEqualTo(put.json());
    assertThat(error(desk.put("/v1/branding", "{'branding': {'primary_color': 'red'}}")))
        .isEqualTo("branding.primary_color must be a colour as #1d1d26");
    assertThat(error(desk.put("/v1/branding", "{'branding': {'color': '#fff'}}")))
        .startsWith("branding.color ");
  }

  @Test
  void default_preferences_are_checked_and_hold() {
    String set = "{'preferences': {'channel_types': {'email': false}}}";
    assertThat(desk.put("/v1/preference_defaults", set).status()).isEqualTo(200);
    assertThat(desk.get("/v1/preference_defaults").text("preferences.channel_types.email"))
        .isEqualTo("false");
    assertThat(
            error(
                desk.put(
                    "/v1/preference_defaults", "{'preferences': {'channel_types': {'Email': 1}}}")))
        .startsWith("preferences.channel_types");
  }

  @Test
  void the_preference_center_keeps_whether_it_is_served() {
    desk.put("/v1/preference_center", "{'config': {'title': 'Mine'}, 'enabled': false}");
    desk.put("/v1/preference_center", "{'config': {'title': 'Ours'}}");
    assertThat(JsonText.write(desk.get("/v1/preference_center").json()))
        .isEqualTo("{\"config\":{\"title\":\"Ours\"},\"enabled\":false}");
    assertThat(JsonText.write(desk.put("/v1/preference_center/reset").json()))
        .isEqualTo("{\"config\":{},\"enabled\":false}");
    assertThat(error(desk.put("/v1/preference_center", "{'config': {'titel': 'x'}}")))
        .startsWith("config.titel ");
  }

  @Test
  void tags_and_categories_are_kept_by_name() {
    desk.put("/v1/tags/billing", "{'tag': {'color': '#3B82F6', 'description': 'Money'}}");
    desk.put("/v1/tags/access", "{'tag': {}}");
    assertThat(desk.get("/v1/tags").text("entries.0.name")).isEqualTo("access");
    assertThat(desk.get("/v1/tags").text("entries.1.color")).isEqualTo("#3B82F6");
    desk.put("/v1/tags/billing", "{'tag': {}}");
    assertThat(desk.get("/v1/tags").text("entries.1.description")).isEqualTo("null");
    assertThat(error(desk.put("/v1/tags/billing", "{'tag': {'color': 'blue'}}")))
        .startsWith("tag.color ");
    assertThat(desk.delete("/v1/tags/billing").status()).isEqualTo(204);
    assertThat(desk.delete("/v1/tags/billing").status()).isEqualTo(404);
    Reply made = desk.put("/v1/preference_categories/news");
    assertThat(desk.put("/v1/preference_categories/news").json()).isEqualTo(made.json());
    assertThat(desk.get("/v1/preference_categories").text("entries.0.name")).isEqualTo("news");
    assertThat(desk.delete("/v1/preference_categories/news").status()).isEqualTo(204);
  }

  @Test
  void an_archived_audience_is_gone_everywhere_for_good() {
    String vips = "{'audience': {'name': 'VIPs', 'type': 'static'}}";
    desk.put("/v1/audiences/vips?commit=true", vips);
    desk.put("/v1/commits/promote?to_environment=production");
    assertThat(desk.ports.audiences().find(PRODUCTION, "vips")).isPresent();
    assertThat(desk.delete("/v1/audiences/vips?environment=development").text("result"))
        .isEqualTo("success");
    assertThat(desk.ports.audiences().find(LOCAL, "vips")).isEmpty();
    assertThat(desk.ports.audiences().find(PRODUCTION, "vips")).isEmpty();
    assertThat(desk.get("/v1/audiences/vips").status()).isEqualTo(404);
    assertThat(desk.get("/v1/audiences").text("entries.0")).isEqualTo("null");
    assertThat(desk.put("/v1/audiences/vips?commit=true", vips).text("code")).isEqualTo("archived");
    assertThat(desk.put("/v1/commits").status()).isEqualTo(200);
    assertThat(desk.put("/v1/commits/promote?to_environment=production").status()).isEqualTo(200);
    assertThat(desk.delete("/v1/audiences/vips?environment=development").status()).isEqualTo(200);
    assertThat(desk.delete("/v1/audiences/none?environment=development").status()).isEqualTo(404);
  }

  @Test
  void what_is_known_of_properties_is_written_down_one_by_one() {
    String plan = "{'properties': [{'key': 'plan', 'type': 'string', 'description': 'Theirs'}]}";
    desk.put("/v1/schemas/user", plan);
    desk.put(
        "/v1/schemas/user",
        "{'schema': {'properties': [{'key': 'plan', 'visible': false}, {'key': 'seats'}]}}");
    Reply user = desk.get("/v1/schemas/user");
    assertThat(user.text("item_type")).isEqualTo("user");
    assertThat(user.text("properties.0.description")).isEqualTo("Theirs");
    assertThat(user.text("properties.0.visible")).isEqualTo("false");
    assertThat(user.text("properties.1.key")).isEqualTo("seats");
    desk.put("/v1/schemas/object?collection=accounts", plan);
    assertThat(desk.get("/v1/schemas?item_type=object").text("entries.0.item_id"))
        .isEqualTo("accounts");
    assertThat(desk.put("/v1/schemas/tenant/validate", plan).text("schema.properties.0.key"))
        .isEqualTo("plan");
    assertThat(desk.get("/v1/schemas/tenant").text("properties")).isEqualTo("[]");
    assertThat(error(desk.put("/v1/schemas/object", plan))).startsWith("collection ");
    assertThat(error(desk.put("/v1/schemas/user", "{'properties': [{'key': 'a', 'typ': 'b'}]}")))
        .startsWith("properties[0].typ ");
    assertThat(desk.get("/v1/schemas/pet").status()).isEqualTo(404);
  }
}
