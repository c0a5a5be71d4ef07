package dev.carillon.preference;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.condition.Facts;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.recipient.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the tests of preferences write down. */
final class Given {
  static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  static final Channel EMAIL =
      new Channel(
          new ChannelId(new UUID(0xABC, 1)),
          "email",
          "Email",
          ChannelType.EMAIL,
          "email_aws_ses",
          Json.object(),
          NOON,
          NOON);
  static final Facts FACTS = Facts.of(json("{\"data\": {\"plan\": \"pro\"}}"), NOON);

  /**
   * An email of the workflow {@code hello} with the categories {@code collab}, {@code Daily news}.
   */
  static final Sending HELLO =
      new Sending("hello", List.of("collab", "Daily news"), false, false, EMAIL);

  static final Sending OFFER =
      new Sending("hello", List.of("collab", "Daily news"), true, false, EMAIL);

  private Given() {}

  /** ID stands for the channel's id, YES and NO for conditions that hold and do not. */
  static Json.Obj json(String text) {
    String yes = "{\"variable\": \"data.plan\", \"operator\": \"equal_to\", \"argument\": \"pro\"}";
    String full =
        text.replace("ID", EMAIL.id().toString())
            .replace("YES", yes)
            .replace("NO", yes.replace("equal_to", "not_equal_to"));
    return (Json.Obj)
        JsonLiteral.parse(full).orElseThrow(() -> new AssertionError("Not JSON: " + full));
  }

  /** Only a default set of the recipient's. */
  static PreferenceSets own(String set) {
    return new PreferenceSets(
        Map.of("default", json(set)), Optional.empty(), Optional.empty(), Json.Obj.EMPTY);
  }

  static Optional<TenantId> acme() {
    return Optional.of(new TenantId("acme"));
  }
}
