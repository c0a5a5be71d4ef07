package dev.carillon.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeUnitTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T10:00:00Z, MONTHS, 1, 2026-02-28T10:00:00Z",
    "2028-01-31T10:00:00Z, MONTHS, 1, 2028-02-29T10:00:00Z",
    "2026-03-31T10:00:00Z, MONTHS, -1, 2026-02-28T10:00:00Z",
    "2028-02-29T10:00:00Z, MONTHS, 12, 2029-02-28T10:00:00Z",
    "2026-12-15T10:00:00Z, MONTHS, 1, 2027-01-15T10:00:00Z",
    "2026-03-28T10:00:00Z, WEEKS, 1, 2026-04-04T10:00:00Z",
    "2026-03-28T10:00:00Z, DAYS, 1, 2026-03-29T10:00:00Z",
    "2026-03-28T10:00:00Z, HOURS, -11, 2026-03-27T23:00:00Z",
    "2026-03-28T10:00:00Z, MINUTES, 61, 2026-03-28T11:01:00Z",
    "2026-03-28T10:00:00.5Z, SECONDS, 30, 2026-03-28T10:00:30.5Z",
    "2026-03-28T10:00:00Z, SECONDS, 0, 2026-03-28T10:00:00Z"
  })
  void months_are_of_the_calendar_and_the_rest_is_exact(
      Instant start, TimeUnit unit, long amount, Instant end) {
    assertThat(unit.after(start, amount)).isEqualTo(end);
  }

  @Test
  void a_unit_is_named_in_plural_or_singular() {
    assertThat(TimeUnit.named("seconds")).contains(TimeUnit.SECONDS);
    assertThat(TimeUnit.named("month")).contains(TimeUnit.MONTHS);
    assertThat(TimeUnit.named("Month")).isEmpty();
    assertThat(TimeUnit.named("years")).isEmpty();
    assertThat(TimeUnit.named("s")).isEmpty();
    assertThat(TimeUnit.named("")).isEmpty();
  }
}
