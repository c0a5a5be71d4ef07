package dev.carillon.preference;

import static dev.carillon.preference.Given.FACTS;
import static dev.carillon.preference.Given.HELLO;
import static dev.carillon.preference.Given.OFFER;
import static dev.carillon.preference.Given.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.preference.Choice.Reason;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables have a column per layer, {@code -} where there is no such set; {@code on} and {@code
 * off} say that about emails.
 */
class PreferenceSetsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # environment, tenant, in tenant, own      : wanted, by whom
          -            | -     | -        | -        | true   | DEFAULT
          off          | -     | -        | -        | false  | ENVIRONMENT
          on           | -     | -        | -        | true   | ENVIRONMENT
          off          | -     | -        | on       | true   | RECIPIENT
          on           | -     | -        | off      | false  | RECIPIENT
          off          | -     | -        | {}       | false  | ENVIRONMENT
          off          | on    | off      | -        | false  | ENVIRONMENT
          off          | on    | off      | on       | true   | RECIPIENT
          """)
  void without_a_tenant_the_recipients_default_set_lies_over_the_environments(
      String environment, String tenant, String within, String own, boolean wanted, Layer layer) {
    check(sets(Optional.empty(), environment, tenant, within, own), wanted, layer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # environment, tenant, in tenant, own      : wanted, by whom
          -            | -     | -        | -        | true   | DEFAULT
          off          | -     | -        | -        | false  | ENVIRONMENT
          off          | on    | -        | -        | true   | TENANT
          on           | off   | -        | -        | false  | TENANT
          on           | off   | on       | -        | true   | RECIPIENT_TENANT
          off          | on    | off      | -        | false  | RECIPIENT_TENANT
          off          | {}    | on       | -        | true   | RECIPIENT_TENANT
          off          | on    | {}       | -        | true   | TENANT
          off          | {}    | {}       | -        | false  | ENVIRONMENT
          """)
  void within_a_tenant_its_default_and_the_recipients_set_for_it_lie_over_the_environments(
      String environment, String tenant, String within, String own, boolean wanted, Layer layer) {
    check(sets(Given.acme(), environment, tenant, within, own), wanted, layer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # environment, tenant, in tenant, own      : wanted, by whom
          -            | -     | -        | off      | false  | RECIPIENT
          on           | -     | -        | off      | false  | RECIPIENT
          -            | on    | -        | off      | true   | TENANT
          -            | -     | on       | off      | true   | RECIPIENT_TENANT
          -            | {}    | -        | off      | true   | DEFAULT
          -            | -     | {}       | off      | true   | DEFAULT
          on           | {}    | -        | off      | true   | ENVIRONMENT
          """)
  void within_a_tenant_the_recipients_default_set_counts_only_when_no_set_is_for_the_tenant(
      String environment, String tenant, String within, String own, boolean wanted, Layer layer) {
    check(sets(Given.acme(), environment, tenant, within, own), wanted, layer);
  }

  @Test
  void the_set_for_another_tenant_does_not_count() {
    var sets =
        new PreferenceSets(
            Map.of("acme", emails(false)),
            Optional.of(new TenantId("other")),
            Optional.empty(),
            Json.Obj.EMPTY);
    check(sets, true, Layer.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # lower | higher | the choice | by whom
          {"channel_types": {"email": false}} | {"channel_types": {"sms": true}}            | false | ENVIRONMENT
          {"workflows": {"hello": {"channel_types": {"email": false}}}} | {"workflows": {"hello": {"channel_types": {"sms": false}}}} | false | ENVIRONMENT
          {"workflows": {"hello": false}} | {"workflows": {"other": true}}                  | false | ENVIRONMENT
          {"workflows": {"hello": {"channel_types": {"email": false}}}} | {"workflows": {"hello": true}} | true | RECIPIENT
          {"workflows": {"hello": false}} | {"workflows": {"hello": {"channel_types": {"email": true}}}} | true | RECIPIENT
          {"workflows": {"hello": false}} | {"workflows": {"hello": {}}}                    | true  | DEFAULT
          {"workflows": {"hello": false}} | {"workflows": {"hello": null}}                  | false | ENVIRONMENT
          {"workflows": {"hello": false}} | {"workflows": null}                             | false | ENVIRONMENT
          {"workflows": {"hello": {"conditions": [NO]}}} | {"workflows": {"hello": {"channel_types": {"email": true}}}} | false | ENVIRONMENT
          {"workflows": {"hello": {"conditions": [NO]}}} | {"workflows": {"hello": {"conditions": [YES]}}} | true | RECIPIENT
          {"channel_types": {"email": {"conditions": [NO]}}} | {"channel_types": {"email": true}} | true | RECIPIENT
          {"channel_types": {"email": false}} | {"channel_types": {"email": {"conditions": [YES]}}} | true | RECIPIENT
          {"channels": {"ID": false}} | {"channel_types": {"email": true}}                  | false | ENVIRONMENT
          {"channel_types": {"email": false}} | {"channels": {"ID": true}}                  | true  | RECIPIENT
          {"categories": {"collab": false}} | {"categories": {"Daily news": true}}          | false | ENVIRONMENT
          """)
  void lower_layers_fill_in_what_higher_ones_leave_open(
      String lower, String higher, boolean wanted, Layer layer) {
    check(
        new PreferenceSets(
            Map.of("default", json(higher)), Optional.empty(), Optional.empty(), json(lower)),
        wanted,
        layer);
  }

  /** The recipient's set for the tenant says {@code own}, the tenant's default {@code tenant}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # tenant | own | wanted | by whom
          {"categories": {"collab": {"__strategy__": "replace", "channel_types": {"email": true}}}} | {"categories": {"collab": false}} | true | TENANT
          {"categories": {"collab": {"__strategy__": "replace", "channel_types": {"email": false}}}} | {"categories": {"collab": {"channel_types": {"email": true}}}} | false | TENANT
          {"categories": {"collab": {"__strategy__": "replace", "channel_types": {"sms": false}}}} | {"categories": {"collab": {"channel_types": {"email": false}}}} | true | DEFAULT
          {"categories": {"collab": {"__strategy__": "merge", "channel_types": {"email": true}}}} | {"categories": {"collab": false}} | false | RECIPIENT_TENANT
          {"categories": {"collab": {"__strategy__": "replace", "channel_types": {"email": true}}}} | {"categories": {"Daily news": false}} | false | RECIPIENT_TENANT
          {"channel_types": {"__strategy__": "replace", "email": true}} | {"channel_types": {"email": false}} | true | TENANT
          {"channel_types": {"__strategy__": "replace", "email": true}} | {"workflows": {"hello": false}} | false | RECIPIENT_TENANT
          {"channel_types": {"email": {"__strategy__": "replace", "conditions": [YES]}}} | {"channel_types": {"email": false}} | true | TENANT
          {"workflows": {"hello": {"channel_types": {"__strategy__": "replace", "email": false}}}} | {"workflows": {"hello": {"channel_types": {"email": true}}}} | false | TENANT
          {"__strategy__": "replace", "channel_types": {"email": true}} | {"channel_types": {"email": false}} | false | RECIPIENT_TENANT
          """)
  void a_lower_preference_can_replace_the_recipients_but_a_whole_set_cannot(
      String tenant, String own, boolean wanted, Layer layer) {
    check(
        new PreferenceSets(
            Map.of("acme", json(own)), Given.acme(), Optional.of(json(tenant)), Json.Obj.EMPTY),
        wanted,
        layer);
  }

  @Test
  void what_replaces_is_still_filled_in_from_below_and_hidden_by_what_replaces_below_it() {
    Json.Obj own = json("{\"channel_types\": {\"email\": true, \"sms\": true}}");
    Json.Obj tenant = json("{\"channel_types\": {\"__strategy__\": \"replace\", \"sms\": false}}");
    Json.Obj off = json("{\"channel_types\": {\"email\": false}}");
    check(
        new PreferenceSets(Map.of("acme", own), Given.acme(), Optional.of(tenant), off),
        false,
        Layer.ENVIRONMENT);
    Json.Obj always = json("{\"channel_types\": {\"__strategy__\": \"replace\", \"email\": true}}");
    check(
        new PreferenceSets(Map.of("acme", off), Given.acme(), Optional.of(off), always),
        true,
        Layer.ENVIRONMENT);
  }

  @Test
  void a_mark_in_the_recipients_own_set_hides_nothing() {
    Json.Obj own = json("{\"channel_types\": {\"__strategy__\": \"replace\", \"sms\": true}}");
    check(
        new PreferenceSets(
            Map.of("default", own), Optional.empty(), Optional.empty(), emails(false)),
        false,
        Layer.ENVIRONMENT);
  }

  @Test
  void the_commercial_subscription_is_always_that_of_the_recipients_default_set() {
    Json.Obj no = json("{\"commercial_subscribed\": false}");
    Json.Obj yes = json("{\"commercial_subscribed\": true}");
    assertThat(
            Preferences.choose(
                new PreferenceSets(
                    Map.of("default", no, "acme", yes), Given.acme(), Optional.of(yes), yes),
                OFFER,
                FACTS))
        .isInstanceOf(Choice.OptedOut.class);
    assertThat(
            Preferences.choose(
                new PreferenceSets(
                    Map.of("default", yes, "acme", no), Given.acme(), Optional.of(no), no),
                OFFER,
                FACTS))
        .isInstanceOf(Choice.Wanted.class);
  }

  @Test
  void sets_resolve_to_one_for_logs_and_templates() {
    var sets =
        new PreferenceSets(
            Map.of(
                "acme",
                json("{\"id\": \"acme\", \"workflows\": {\"hello\": true}, \"channels\": {}}"),
                "default",
                json("{\"commercial_subscribed\": false, \"workflows\": {\"gone\": true}}")),
            Given.acme(),
            Optional.of(
                json(
                    """
                    {"channel_types": {"__strategy__": "replace", "sms": false},
                     "__persistence_strategy__": "merge"}
                    """)),
            json(
                """
                {"channel_types": {"email": true, "sms": true}, "commercial_subscribed": true,
                 "workflows": {"hello": {"conditions": []}, "bye": {"channels": {"ID": true}}}}
                """));
    assertThat(sets.resolved())
        .isEqualTo(
            json(
                """
                {"workflows": {"hello": true, "bye": {"channels": {"ID": true}}},
                 "channel_types": {"email": true, "sms": false}, "channels": {},
                 "commercial_subscribed": false}
                """));
  }

  @Test
  void a_tenant_carries_its_default_set_among_its_settings() {
    assertThat(PreferenceSets.defaultOf(Optional.empty())).isEmpty();
    assertThat(PreferenceSets.defaultOf(tenant("{}"))).isEmpty();
    assertThat(PreferenceSets.defaultOf(tenant("{\"settings\": {\"preference_set\": null}}")))
        .isEmpty();
    assertThat(PreferenceSets.defaultOf(tenant("{\"settings\": {\"preference_set\": {}}}")))
        .contains(Json.Obj.EMPTY);
  }

  private static Optional<Recipient> tenant(String properties) {
    return Optional.of(
        new Recipient(
            new TenantId("acme").recipient(),
            json(properties),
            Optional.empty(),
            Given.NOON,
            Map.of(),
            Map.of()));
  }

  private static void check(PreferenceSets sets, boolean wanted, Layer layer) {
    Choice choice = Preferences.choose(sets, HELLO, FACTS);
    assertThat(choice instanceof Choice.Wanted).as("%s", choice).isEqualTo(wanted);
    assertThat(choice).extracting(Choice::reason).extracting(Reason::layer).isEqualTo(layer);
  }

  private static PreferenceSets sets(
      Optional<TenantId> tenant, String environment, String ofTenant, String within, String own) {
    var recipient = new HashMap<String, Json.Obj>();
    set(within).ifPresent(it -> recipient.put("acme", it));
    set(own).ifPresent(it -> recipient.put("default", it));
    return new PreferenceSets(
        recipient, tenant, set(ofTenant), set(environment).orElse(Json.Obj.EMPTY));
  }

  private static Optional<Json.Obj> set(String text) {
    return switch (text) {
      case "-" -> Optional.empty();
      case "{}" -> Optional.of(Json.Obj.EMPTY);
      default -> Optional.of(emails(text.equals("on")));
    };
  }

  private static Json.Obj emails(boolean on) {
    return json("{\"channel_types\": {\"email\": " + on + "}}");
  }
}
