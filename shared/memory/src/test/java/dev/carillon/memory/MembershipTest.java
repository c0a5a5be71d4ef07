package dev.carillon.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience;
import dev.carillon.audience.AudienceReader;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.audience.Membership;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.memory.recipient.InMemoryAudiences;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembershipTest {
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("test");
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final Optional<TenantId> ACME = Optional.of(new TenantId("acme"));
  private static final Optional<TenantId> NONE = Optional.empty();

  private final InMemoryAudiences audiences = new InMemoryAudiences();
  private final Membership membership = new Membership(audiences);

  @Test
  void a_static_audience_is_asked_for_just_the_tenant_of_the_run() {
    audiences.put(ENVIRONMENT, "plain", new Audience.Static());
    audiences.put(ENVIRONMENT, "tenanted", new Audience.Static());
    audiences.add(ENVIRONMENT, "plain", new Member(RecipientId.user("ada"), NONE), NOON);
    audiences.add(ENVIRONMENT, "tenanted", new Member(RecipientId.user("ada"), ACME), NOON);
    var keys = List.of("plain", "tenanted");
    assertThat(membership.of(ENVIRONMENT, keys, ada("{}"), NONE, NOON))
        .isEqualTo(Map.of("plain", true, "tenanted", false));
    assertThat(membership.of(ENVIRONMENT, keys, ada("{}"), ACME, NOON))
        .isEqualTo(Map.of("plain", false, "tenanted", true));
    assertThat(
            membership.of(ENVIRONMENT, keys, ada("{}"), Optional.of(new TenantId("other")), NOON))
        .isEqualTo(Map.of("plain", false, "tenanted", false));
  }

  @Test
  void a_dynamic_audience_has_a_user_in_whatever_tenant() {
    define("pro", "[{\"property\": \"plan\", \"operator\": \"equal_to\", \"argument\": \"pro\"}]");
    for (var tenant : List.of(ACME, NONE)) {
      assertThat(isIn("pro", ada("{\"plan\": \"pro\"}"), tenant)).isTrue();
      assertThat(isIn("pro", ada("{\"plan\": \"free\"}"), tenant)).isFalse();
    }
  }

  /** Two segments: pro users with more than five seats, and all who have an address of acme. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                        | false
          {"plan": "pro"}                           | false
          {"plan": "pro", "seats": 5}               | false
          {"plan": "pro", "seats": 6}               | true
          {"plan": "free", "seats": 6}              | false
          {"email": "ada@acme.example"}             | true
          {"plan": "pro", "email": "a@x.example"}   | false
          """)
  void within_a_segment_all_conditions_hold_and_one_segment_is_enough(
      String properties, boolean in) {
    define(
        "vip",
        """
        [{"property": "recipient.plan", "operator": "equal_to", "argument": "pro"},
         {"property": "recipient.seats", "operator": "greater_than", "argument": "5"}]
        """,
        """
        [{"property": "recipient.email", "operator": "contains", "argument": "@acme."}]
        """);
    assertThat(isIn("vip", ada(properties), NONE)).isEqualTo(in);
  }

  @Test
  void a_dynamic_audience_changes_with_the_user_and_with_time() {
    define(
        "trial",
        """
        [{"property": "trial_ends", "operator": "is_timestamp_on_or_after",
          "argument": "1_day_from_now"}]
        """);
    Recipient user = ada("{\"trial_ends\": \"2026-03-12T00:00:00Z\"}");
    assertThat(isIn("trial", user, NONE)).isTrue();
    assertThat(membership.of(ENVIRONMENT, List.of("trial"), user, NONE, NOON.plusSeconds(86_400)))
        .isEqualTo(Map.of("trial", false));
    assertThat(isIn("trial", ada("{}"), NONE)).isFalse();
  }

  @Test
  void nobody_is_in_an_audience_without_segments_and_everybody_in_one_without_conditions() {
    define("nobody");
    define("everybody", "[]");
    assertThat(isIn("nobody", ada("{}"), NONE)).isFalse();
    assertThat(isIn("everybody", ada("{}"), NONE)).isTrue();
  }

  @Test
  void nobody_is_in_an_audience_that_there_is_not() {
    audiences.add(ENVIRONMENT, "lost", new Member(RecipientId.user("ada"), NONE), NOON);
    assertThat(isIn("lost", ada("{}"), NONE)).isFalse();
    assertThat(membership.of(ENVIRONMENT, List.of(), ada("{}"), NONE, NOON)).isEmpty();
  }

  @Test
  void objects_are_in_no_audience() {
    define("everybody", "[]");
    audiences.put(ENVIRONMENT, "plain", new Audience.Static());
    var project =
        new Recipient(
            new RecipientId("projects", "ada"),
            json("{}"),
            Optional.empty(),
            NOON,
            Map.of(),
            Map.of());
    assertThat(isIn("everybody", project, NONE)).isFalse();
    assertThat(isIn("plain", project, NONE)).isFalse();
  }

  @Test
  void an_audience_can_ask_about_others() {
    audiences.put(ENVIRONMENT, "paid", new Audience.Static());
    define("free", in("is_not_audience_member", "paid"));
    define("active-free", in("is_audience_member", "free", "active"));
    define(
        "active", "[{\"property\": \"active\", \"operator\": \"equal_to\", \"argument\": true}]");
    Recipient active = ada("{\"active\": true}");
    assertThat(isIn("active-free", active, NONE)).isTrue();
    assertThat(isIn("active-free", ada("{}"), NONE)).isFalse();
    audiences.add(ENVIRONMENT, "paid", new Member(active.id(), NONE), NOON);
    assertThat(isIn("active-free", active, NONE)).isFalse();
  }

  @Test
  void audiences_that_ask_about_each_other_come_to_an_end() {
    define("hen", in("is_audience_member", "egg"));
    define("egg", in("is_audience_member", "hen"));
    define("self", in("is_audience_member", "self"));
    assertThat(membership.of(ENVIRONMENT, List.of("hen", "egg", "self"), ada("{}"), NONE, NOON))
        .isEqualTo(Map.of("hen", false, "egg", false, "self", false));
  }

  private boolean isIn(String key, Recipient recipient, Optional<TenantId> tenant) {
    return membership.of(ENVIRONMENT, List.of(key), recipient, tenant, NOON).get(key);
  }

  private static String in(String operator, String... keys) {
    return Arrays.stream(keys)
        .map(
            key ->
                "{\"property\": \"recipient\", \"operator\": \"%s\", \"argument\": \"%s\"}"
                    .formatted(operator, key))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private void define(String key, String... segments) {
    var each = Arrays.stream(segments).map(it -> json("{\"conditions\": " + it + "}")).toList();
    var source = Json.object().with("type", "dynamic").with("segments", Json.array(each));
    audiences.put(
        ENVIRONMENT,
        key,
        switch (AudienceReader.read(source)) {
          case AudienceReader.Read.Ok(var audience) -> audience;
          case AudienceReader.Read.Refused(var problems) ->
              throw new AssertionError("Refused: " + problems);
        });
  }

  private static Recipient ada(String properties) {
    return new Recipient(
        RecipientId.user("ada"), json(properties), Optional.empty(), NOON, Map.of(), Map.of());
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonLiteral.parse(text).orElseThrow();
  }
}
