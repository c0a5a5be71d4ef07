package dev.carillon.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimestampTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-10T12:00:00Z, 2026-03-10T12:00:00Z",
    "2026-03-10t12:00:00z, 2026-03-10T12:00:00Z",
    "2026-03-10T12:00Z, 2026-03-10T12:00:00Z",
    "2026-03-10T12:00:00.123456Z, 2026-03-10T12:00:00.123456Z",
    "2026-03-10T12:00:00+02:00, 2026-03-10T10:00:00Z",
    "2026-03-10T12:00:00+0200, 2026-03-10T10:00:00Z",
    "2026-03-10T12:00:00-05, 2026-03-10T17:00:00Z",
    "2026-03-10T12:00:00, 2026-03-10T12:00:00Z",
    "2026-03-10T12:00, 2026-03-10T12:00:00Z",
    "2026-03-10, 2026-03-10T00:00:00Z",
    "2028-02-29, 2028-02-29T00:00:00Z"
  })
  void a_timestamp_names_an_instant(String text, Instant instant) {
    assertThat(IsoTimestamp.parse(text)).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "T",
        "soon",
        "2026",
        "2026-03",
        "2026-3-1",
        "2026-02-29",
        "2026-13-01",
        "10/03/2026",
        "2026-03-10T25:00:00Z",
        "2026-03-10T12:00:60Z",
        "2026-03-10T12:00:00+25:00",
        "2026-03-10T12:00:00Europe/Berlin",
        "2026-03-10T12:00:00Z[UTC]",
        " 2026-03-10",
        "12:00:00Z",
        "1773144000",
        "2026-03-10T",
        "2026-03-10T12:00:00ZZ",
        "٢٠٢٦-٠٣-١٠",
        "+1000000000-01-01T00:00Z"
      })
  void anything_else_is_none(String text) {
    assertThat(IsoTimestamp.parse(text)).isEmpty();
  }

  /** A look at every way to part the text would not end within a day. */
  @Test
  @Timeout(60)
  void a_text_of_megabytes_is_none_at_once() {
    assertThat(IsoTimestamp.parse("T".repeat(4_000_000))).isEmpty();
  }
}
