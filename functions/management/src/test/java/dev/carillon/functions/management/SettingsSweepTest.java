package dev.carillon.functions.management;

import static dev.carillon.functions.management.ManagementFixture.LOCAL;
import static dev.carillon.functions.management.ManagementFixture.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience;
import dev.carillon.catalog.CatalogName;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.variable.Variables;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * As {@link CrashSweepTest}, of what is changed beside content: whenever the function dies, doing
 * it again ends as if nothing happened.
 */
class SettingsSweepTest {

  enum Doing {
    PUT_VARIABLE(
        desk ->
            desk.put(
                "/v1/variables/key", "{'variable': {'type': 'secret', 'value': 'long enough'}}")),
    DELETE_VARIABLE(desk -> desk.delete("/v1/variables/shop")),
    PUT_GROUP(
        desk ->
            desk.put(
                "/v1/channel_groups/mails",
                "{'channel_group': {'name': 'M', 'channel_type': 'email', 'channel_rules':"
                    + " [{'channel_key': 'mail', 'rule_type': 'always'}]}}")),
    PUT_PREFERENCES(
        desk ->
            desk.put(
                "/v1/preference_defaults", "{'preferences': {'channel_types': {'email': false}}}")),
    PUT_BRANDING(desk -> desk.put("/v1/branding", "{'branding': {'primary_color': '#1d1d26'}}")),
    ADD_MEMBER(
        desk ->
            desk.post("/v1/members", "{'member': {'email': 'a@example.com', 'role': 'owner'}}")),
    ARCHIVE_AUDIENCE(desk -> desk.delete("/v1/audiences/vips"));

    private final Consumer<ManagementFixture> does;

    Doing(Consumer<ManagementFixture> does) {
      this.does = does;
    }
  }

  private record State(
      List<EnvironmentSettings> settings,
      Variables.Values variables,
      List<Optional<Audience>> audiences,
      Set<String> members) {

    static State of(ManagementFixture desk) {
      var ports = desk.ports;
      return new State(
          List.of(ports.environments().settings(LOCAL), ports.environments().settings(PRODUCTION)),
          ports.variables().values(LOCAL),
          List.of(
              ports.audiences().find(LOCAL, "vips"), ports.audiences().find(PRODUCTION, "vips")),
          ports.catalogs().find(Optional.empty(), CatalogName.MEMBERS).entries().keySet());
    }
  }

  private static ManagementFixture begun() {
    var desk = new ManagementFixture();
    desk.put("/v1/variables/shop", "{'variable': {'value': 'Books'}}");
    desk.put("/v1/audiences/vips?commit=true", "{'audience': {'name': 'V', 'type': 'static'}}");
    desk.put("/v1/commits/promote?to_environment=production");
    desk.put("/v1/channels/mail", "{'channel': {'type': 'email'}}");
    return desk;
  }

  @ParameterizedTest
  @EnumSource
  void doing_it_again_ends_as_if_nothing_happened(Doing doing) {
    ManagementFixture undisturbed = begun();
    State before = State.of(undisturbed);
    var counting = new DyingPorts();
    doing.does.accept(undisturbed.on(ports -> counting.of(ports, _ -> false, false)));
    State after = State.of(undisturbed);
    assertThat(after).isNotEqualTo(before);
    for (int call = 0; call < counting.calls(); call++) {
      for (boolean afterwards : new boolean[] {false, true}) {
        ManagementFixture desk = begun();
        int last = call;
        try {
          doing.does.accept(
              desk.on(ports -> new DyingPorts().of(ports, at -> at == last, afterwards)));
        } catch (DyingPorts.Killed _) {
          // As meant.
        }
        doing.does.accept(desk.on(it -> it));
        assertThat(State.of(desk)).as("after call %d", call).isEqualTo(after);
      }
    }
    assertThat(counting.calls()).isGreaterThan(2);
  }
}
