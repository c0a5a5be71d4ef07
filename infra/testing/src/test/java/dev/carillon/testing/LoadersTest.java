package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.GuideEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Templates load users, objects, tenants and subscriptions as they stand when they are rendered.
 */
class LoadersTest {
  private static final String LATER =
      """
      {"template_language": "liquid", "name": "Later", "steps": [
        {"type": "delay", "ref": "delay_1", "settings": {"delay_for": {"unit": "minutes", "value": 5}}},
        {"type": "channel", "ref": "http_1", "channel_type": "http", "channel_key": "webhook",
         "template": {"method": "post", "url": "https://hooks.example/", "body": "%s"}}]}
      """;

  private static final String WORDS =
      """
      {% assign boss = data.boss | user %}{{ boss.name }} of {{ boss.id }}; \
      {% assign berth = 'b1' | object: 'berths' %}{{ berth.quay }} in {{ berth.collection }}; \
      {% assign firm = 'acme' | tenant %}{{ firm.name }} {{ firm.__typename }}; \
      {% assign all = 'boss' | subscriptions %}{{ all.size }} {{ all[0].object.id }} {{ all[0].role }}; \
      {% assign own = recipient | subscriptions %}{{ own.size }}; \
      {% assign nobody = 'nobody' | user %}[{{ nobody.name }}] [{{ '' | user }}]\
      """
          .replace("\n", "");

  private final InProcessEngine engine =
      EngineFixtures.engine("later", LATER.formatted(WORDS.strip()));

  @Test
  void what_is_loaded_is_what_it_is_when_the_message_is_made() {
    put("/v1/users/boss", "{'name': 'Mara'}");
    put("/v1/objects/berths/b1", "{'quay': 'North'}");
    put("/v1/tenants/acme", "{'name': 'Acme'}");
    engine.call(
        Call.post(
            "/v1/objects/berths/b1/subscriptions",
            GuideEngine.json("{'recipients': ['boss'], 'properties': {'role': 'owner'}}")));
    engine.call(
        Call.trigger(
            "later",
            EngineFixtures.to(EngineFixtures.person("ana"))
                .with("data", Json.object().with("boss", "boss"))));
    put("/v1/users/boss", "{'name': 'Tove'}");
    put("/v1/objects/berths/b1", "{'quay': 'South'}");
    engine.advance(Duration.ofMinutes(6));
    assertThat(engine.webhook().accepted().getFirst().words().text("body"))
        .contains("Tove of boss; South in berths; Acme Tenant; 1 b1 owner; 0; [] []");
  }

  private void put(String path, String body) {
    assertThat(engine.call(Call.put(path, GuideEngine.json(body))).status()).isEqualTo(200);
  }
}
