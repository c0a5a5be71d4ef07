package dev.carillon.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.time.Zones.Chosen;
import dev.carillon.time.Zones.Source;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final ZoneId UTC = ZoneId.of("Etc/UTC");

  @Test
  void the_recipients_zone_comes_first_then_the_environments_then_utc() {
    Optional<String> own = Optional.of("America/New_York");
    assertThat(Zones.of(own, Optional.of(TOKYO)))
        .isEqualTo(new Chosen(ZoneId.of("America/New_York"), Source.RECIPIENT, Optional.empty()));
    assertThat(Zones.of(Optional.empty(), Optional.of(TOKYO)))
        .isEqualTo(new Chosen(TOKYO, Source.ENVIRONMENT, Optional.empty()));
    assertThat(Zones.of(Optional.empty(), Optional.empty()))
        .isEqualTo(new Chosen(UTC, Source.DEFAULT, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mars/Olympus", "", "Europe/", "CET+1:00:00:00", "ٱ", "PST8", "+25:00"})
  void a_zone_that_does_not_exist_is_passed_over_and_told(String name) {
    assertThat(Zones.of(Optional.of(name), Optional.of(TOKYO)))
        .isEqualTo(new Chosen(TOKYO, Source.ENVIRONMENT, Optional.of(name)));
    assertThat(Zones.of(Optional.of(name), Optional.empty()).json())
        .isEqualTo(
            Json.object()
                .with("zone", "Etc/UTC")
                .with("zone_from", "default")
                .with("zone_ignored", name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EST", "MST", "HST", "ROC"})
  void a_zone_that_only_java_does_not_know_is_one(String name) {
    assertThat(Zones.named(name)).isPresent();
  }

  @Test
  void a_zone_of_megabytes_is_none_and_is_not_told_whole() {
    Chosen chosen = Zones.of(Optional.of("x".repeat(4_000_000)), Optional.empty());
    assertThat(chosen.zone()).isEqualTo(UTC);
    assertThat(chosen.ignored().orElseThrow()).hasSizeLessThan(100);
  }
}
