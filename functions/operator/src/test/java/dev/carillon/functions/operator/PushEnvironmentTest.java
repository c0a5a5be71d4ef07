package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.change.Origin;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushEnvironmentTest {
  private static final RecipientId ADA = RecipientId.user("ada");
  private static final RecipientId EMMA = new RecipientId("books", "emma");

  private final Bench bench = new Bench();

  @Test
  void the_zone_the_preferences_and_the_channel_groups_are_settings_of_the_environment() {
    accepted(
        """
        {"timezone": "Europe/Berlin", "preferences": {"channel_types": {"email": false}},
         "channel_groups": [{"key": "push", "channel_type": "email", "channel_rules": [
           {"rule_type": "unless", "variable": "recipient.id", "operator": "is_in_random_cohort",
            "argument": "30", "channel_key": "email"}]}]}
        """);

    var settings = bench.ports.environments().settings(Bench.LOCAL);
    assertThat(settings.timezone()).contains(ZoneId.of("Europe/Berlin"));
    assertThat(settings.preferences().object("channel_types").get("email")).contains(Json.FALSE);
    assertThat(settings.channelGroups())
        .singleElement()
        .satisfies(group -> assertThat(group.list("channel_rules")).hasSize(1));
  }

  @Test
  void what_a_file_does_not_mention_stays() {
    accepted(
        """
        {"timezone": "Europe/Berlin", "preferences": {"channel_types": {"email": false}},
         "channel_groups": [{"key": "a", "channel_type": "email",
           "channel_rules": [{"rule_type": "always", "channel_key": "x"}]}],
         "objects": [{"id": "emma", "collection": "books", "subscribers": ["ada"]}]}
        """);
    accepted(
        """
        {"channel_groups": [{"key": "b", "channel_type": "email",
           "channel_rules": [{"rule_type": "always", "channel_key": "x"}]}],
         "objects": [{"id": "emma", "collection": "books", "subscribers": ["lin"]}]}
        """);

    var settings = bench.ports.environments().settings(Bench.LOCAL);
    assertThat(settings.timezone()).contains(ZoneId.of("Europe/Berlin"));
    assertThat(settings.preferences().fields()).isNotEmpty();
    assertThat(settings.channelGroups())
        .extracting(group -> group.text("key").orElseThrow())
        .containsExactly("a", "b");
    assertThat(subscribers()).hasSize(2);
  }

  @Test
  void tenants_are_recipients_whose_properties_hold_their_settings() {
    accepted(
        """
        {"tenants": [{"id": "ingen", "name": "InGen", "site": {"island": "Nublar"},
           "settings": {"branding": {"primary_color": "#ff0000"},
             "preference_set": {"workflows": {"hello": false}}}}]}
        """);

    var tenant = known(new TenantId("ingen").recipient());
    assertThat(tenant.text("name")).contains("InGen");
    assertThat(tenant.properties().object("site").text("island")).contains("Nublar");
    assertThat(tenant.properties().object("settings").object("preference_set").object("workflows"))
        .isEqualTo(Json.object().with("hello", Json.FALSE));
    assertThat(tenant.properties().fields()).doesNotContainKey("id");
  }

  @Test
  void objects_are_identified_and_get_their_subscribers_with_properties() {
    accepted(
        """
        {"objects": [{"id": "emma", "collection": "books", "title": "Emma",
           "preferences": {"default": {"channel_types": {"email": true}}},
           "subscribers": ["ada", {"id": "lin"}, {"id": "readers", "collection": "clubs"},
             {"recipients": ["max", {"id": "critics", "collection": "clubs"}],
              "properties": {"role": "author"}}]}]}
        """);

    var emma = known(EMMA);
    assertThat(emma.properties().fields()).containsOnlyKeys("title");
    assertThat(emma.preferences()).containsOnlyKeys("default");
    assertThat(subscribers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                ADA,
                Json.Obj.EMPTY,
                RecipientId.user("lin"),
                Json.Obj.EMPTY,
                new RecipientId("clubs", "readers"),
                Json.Obj.EMPTY,
                RecipientId.user("max"),
                Json.object().with("role", "author"),
                new RecipientId("clubs", "critics"),
                Json.object().with("role", "author")));
  }

  @Test
  void audiences_are_defined_and_static_ones_get_their_members() {
    accepted(
        """
        {"audiences": [
           {"key": "testers", "type": "static",
            "members": [{"user": {"id": "ada"}, "tenant": "ingen"}, {"user": "lin"}]},
           {"key": "gold", "type": "dynamic", "segments": [
             {"conditions": [{"property": "plan", "operator": "equal_to", "argument": "gold"}]}]}]}
        """);

    var audiences = bench.ports.audiences();
    assertThat(audiences.find(Bench.LOCAL, "testers")).contains(new Audience.Static());
    assertThat(
            audiences.has(
                Bench.LOCAL, "testers", new Member(ADA, Optional.of(new TenantId("ingen")))))
        .isTrue();
    assertThat(
            audiences.has(
                Bench.LOCAL, "testers", new Member(RecipientId.user("lin"), Optional.empty())))
        .isTrue();
    assertThat(audiences.find(Bench.LOCAL, "gold").orElseThrow())
        .isInstanceOfSatisfying(
            Audience.Dynamic.class, gold -> assertThat(gold.segments()).hasSize(1));
  }

  @Test
  void an_archived_audience_stays_archived() {
    var change =
        new Origin("ann", "", "call", bench.clock.instant()).change("archived", "", "", "");
    bench.ports.commits().archiveAudience(Bench.LOCAL, "testers", bench.clock.instant(), change);

    var answer = push("{\"audiences\": [{\"key\": \"testers\", \"type\": \"static\"}]}");

    assertThat(Bench.refused(answer))
        .containsExactly("- | environment.json | - | audiences: testers is archived, for good.");
    assertThat(bench.ports.audiences().find(Bench.LOCAL, "testers")).isEmpty();
  }

  @Test
  void pushing_again_changes_nothing_not_even_when_something_was_last_identified() {
    var file =
        "{\"users\": [{\"id\": \"ada\", \"plan\": \"gold\","
            + " \"preferences\": {\"default\": {\"channel_types\": {\"email\": true}}}}]}";
    accepted(file);
    var first = known(ADA);
    bench.clock.advance(Duration.ofDays(1));
    accepted(file);

    assertThat(known(ADA)).isEqualTo(first);
  }

  @Test
  void what_came_in_between_is_overwritten_by_what_the_file_says() {
    var file = "{\"users\": [{\"id\": \"ada\", \"plan\": \"gold\"}]}";
    accepted(file);
    bench
        .ports
        .recipients()
        .identify(
            Bench.LOCAL,
            ADA,
            new Identification(
                Json.object().with("plan", "lead").with("name", "Ada"),
                Optional.empty(),
                Map.of(),
                Map.of()),
            "a request",
            bench.clock.instant());
    accepted(file);

    assertThat(known(ADA).text("plan")).contains("gold");
    assertThat(known(ADA).text("name")).contains("Ada");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"time_zone": "Europe/Berlin"}                              | time_zone: is not a known field.
          {"timezone": "Europe/Berlim"}                               | timezone: is not the name of a time zone, such as Europe/Berlin.
          {"timezone": 1}                                             | timezone: must be a string.
          {"preferences": []}                                         | preferences: must be an object.
          {"preferences": {"workflows": {"a": "no"}}}                 | preferences.workflows.a: A preference is true, false, or an object.
          {"tenants": {}}                                             | tenants: must be a list.
          {"tenants": [5]}                                            | tenants[0]: must be an object.
          {"tenants": [{"name": "x"}]}                                | tenants[0].id: is required.
          {"tenants": [{"id": "a b"}]}                                | tenants[0].id: must not contain spaces.
          {"tenants": [{"id": "a", "name": 5}]}                       | tenants[0].name: must be a string.
          {"tenants": [{"id": "a", "settings": {"brand": {}}}]}       | tenants[0].settings.brand: is not a known field.
          {"tenants": [{"id": "a", "settings": {"branding": {"primary_color": 1}}}]} | tenants[0].settings.branding.primary_color: must be a colour as #1d1d26.
          {"tenants": [{"id": "a", "settings": {"branding": {"primary_color": "blurple"}}}]} | tenants[0].settings.branding.primary_color: must be a colour as #1d1d26.
          {"tenants": [{"id": "a", "settings": {"branding": {"dark_primary_color_contrast": "#12345"}}}]} | tenants[0].settings.branding.dark_primary_color_contrast: must be a colour as #1d1d26.
          {"tenants": [{"id": "a", "settings": {"branding": {"colour": "x"}}}]} | tenants[0].settings.branding.colour: is not a known field.
          {"tenants": [{"id": "a", "settings": {"preference_set": {"categories": 1}}}]} | tenants[0].settings.preference_set.categories: Preferences are an object.
          {"tenants": [{"id": "a"}, {"id": "a"}]}                     | tenants[1]: is in the list already.
          {"users": [{"id": "a/b"}]}                                  | users[0].id: must not contain /, # or control characters.
          {"users": [{"id": "a", "channel_data": {"nowhere": {}}}]}   | users[0].channel_data.nowhere: is neither a channel's key nor an id.
          {"objects": [{"id": "a"}]}                                  | objects[0].collection: is required.
          {"objects": [{"id": "a", "collection": "$users"}]}          | objects[0].collection: must not be one of the system's.
          {"objects": [{"id": "a", "collection": "b", "subscribers": [5]}]} | objects[0].subscribers[0]: must be the id of a user, or {"id", "collection"}.
          {"objects": [{"id": "a", "collection": "b", "subscribers": [{"id": "c", "name": "d"}]}]} | objects[0].subscribers[0].name: is not a known field.
          {"objects": [{"id": "a", "collection": "b", "subscribers": [{"recipients": []}]}]} | objects[0].subscribers[0].recipients: must have at least 1 entry.
          {"objects": [{"id": "a", "collection": "b", "subscribers": [{"recipients": ["c"], "role": 1}]}]} | objects[0].subscribers[0].role: is not a known field.
          {"audiences": [{"key": "a", "type": "vague"}]}              | audiences[0].type: must be one of dynamic, static.
          {"audiences": [{"key": "A B", "type": "static"}]}           | audiences[0].key: must be 1 to 255 of a-z 0-9 _ -.
          {"audiences": [{"key": "a", "type": "static", "segments": []}]} | audiences[0].segments: is not a known field.
          {"audiences": [{"key": "a", "type": "dynamic", "members": []}]} | audiences[0].members: is not a known field.
          {"audiences": [{"key": "a", "type": "static", "members": [{"tenant": "t"}]}]} | audiences[0].members[0].user: is required.
          {"audiences": [{"key": "a", "type": "dynamic", "segments": [{"conditions": [{"property": "plan", "operator": "is", "argument": "x"}]}]}]} | audiences[0].segments[0].conditions[0].operator: "is" is not an operator.
          {"channel_groups": [{"key": "a", "channel_type": "pigeon", "channel_rules": []}]} | channel_groups[0].channel_type: is not a type of channel.
          {"channel_groups": [{"key": "a", "channel_type": "email", "channel_rules": []}]} | channel_groups[0].channel_rules: must have at least 1 entry.
          {"channel_groups": [{"key": "a", "channel_type": "email", "operator": "some", "channel_rules": []}]} | channel_groups[0].operator: must be one of all, any.
          {"channel_groups": [{"key": "a", "channel_type": "email", "channel_rules": [{"rule_type": "always"}]}]} | channel_groups[0].channel_rules[0].channel_key: is required.
          {"channel_groups": [{"key": "a", "channel_type": "email", "channel_rules": [{"rule_type": "if", "channel_key": "c"}]}]} | channel_groups[0].channel_rules[0].variable: is required.
          {"channel_groups": [{"key": "a", "channel_type": "email", "channel_rules": [{"rule_type": "if", "channel_key": "c", "variable": "recipient.a", "operator": "is"}]}]} | channel_groups[0].channel_rules[0].operator: "is" is not an operator.
          {"channel_groups": [{"key": "a", "channel_type": "email", "channel_rules": [{"rule_type": "always", "channel_key": "c", "variable": "recipient.a"}]}]} | channel_groups[0].channel_rules[0].variable: has no place in a rule that always holds.
          [] | The file does not hold a JSON object.
          """)
  void what_is_wrong_is_reported_with_its_field_and_reason(String file, String reason) {
    assertThat(Bench.refused(push(file)))
        .containsExactly("- | environment.json | - | " + reason.strip());
  }

  @Test
  void what_is_wrong_with_one_entry_does_not_hold_up_the_others_or_the_push() {
    var files = new HashMap<>(PushTest.hello("Hi"));
    files.put(
        "environment.json",
        """
        {"timezone": "Nowhere/Land", "preferences": {"channel_types": {"email": true}},
         "users": [{"id": "ada"}, {"name": "who"}, {"id": "lin"}]}
        """);
    var answer = bench.push(files);

    assertThat(Bench.refused(answer)).hasSize(2);
    assertThat(Bench.accepted(answer)).containsExactly("hello");
    assertThat(answer.object("environment").list("users"))
        .isEqualTo(List.of(Json.of("ada"), Json.of("lin")));
    var settings = bench.ports.environments().settings(Bench.LOCAL);
    assertThat(settings.timezone()).isEmpty();
    assertThat(settings.preferences().fields()).isNotEmpty();
  }

  @Test
  void a_recipient_that_would_grow_too_large_is_reported_and_not_subscribed_to() {
    var half = "x".repeat(200_000);
    accepted(
        "{\"objects\": [{\"id\": \"emma\", \"collection\": \"books\", \"a\": \"%s\"}]}"
            .formatted(half));
    var answer =
        push(
            """
            {"objects": [{"id": "emma", "collection": "books", "b": "%s", "subscribers": ["ada"]}]}
            """
                .formatted(half));

    assertThat(Bench.refused(answer))
        .containsExactly(
            "- | environment.json | - | objects[0]: would make what is known of it take more than"
                + " 262144 bytes.");
    assertThat(subscribers()).isEmpty();
    assertThat(answer.object("environment").list("objects")).isEmpty();
  }

  @Test
  void a_bare_directory_of_workflows_may_hold_the_file_and_a_second_one_is_reported() {
    var files = new HashMap<>(PushTest.hello("Hi"));
    files.put("workflows/environment.json", "{\"timezone\": \"Europe/Berlin\"}");
    assertThat(Bench.refused(bench.push(files))).isEmpty();
    assertThat(bench.ports.environments().settings(Bench.LOCAL).timezone()).isPresent();

    files.put("environment.json", "{}");
    assertThat(Bench.refused(bench.push(files)))
        .containsExactly(
            "- | workflows/environment.json | - | The environment is in environment.json already.");
  }

  @Test
  void a_push_without_the_file_says_nothing_of_an_environment() {
    assertThat(bench.push(PushTest.hello("Hi")).get("environment")).isEmpty();
  }

  private Json.Obj push(String file) {
    return bench.push(Map.of("environment.json", file));
  }

  private void accepted(String file) {
    assertThat(Bench.refused(push(file))).isEmpty();
  }

  private Recipient known(RecipientId id) {
    return bench.ports.recipients().find(Bench.LOCAL, id).orElseThrow();
  }

  private Map<RecipientId, Json.Obj> subscribers() {
    var found = new HashMap<RecipientId, Json.Obj>();
    bench
        .ports
        .subscriptions()
        .of(Bench.LOCAL, EMMA, Optional.empty())
        .items()
        .forEach(it -> found.put(it.recipient(), it.properties()));
    return found;
  }
}
