package dev.carillon.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final TraceContext TRACE = new TraceContext(ID, true);

  @ParameterizedTest
  @CsvSource({
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00, false",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff, true",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-02, false",
    "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
    "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-later, true"
  })
  void a_header_names_a_trace_and_whether_it_is_sampled(String header, boolean sampled) {
    assertThat(TraceContext.parent(header)).contains(new TraceContext(ID, sampled));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,"
            + "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
      })
  void what_is_none_is_as_if_it_were_not_there(String header) {
    assertThat(TraceContext.parent(header)).isEmpty();
  }

  @Test
  void without_one_the_triggers_id_is_the_traces() {
    var trigger = TriggerId.of(Instant.parse("2026-01-05T09:00:00Z"), "call");
    assertThat(TraceContext.of(trigger).id()).isEqualTo(trigger.toString().replace("-", ""));
    assertThat(TraceContext.of(trigger)).isEqualTo(TraceContext.of(trigger));
  }

  @Test
  void a_request_made_again_is_the_same_span_and_another_is_another() {
    String header = TRACE.header("attempt", "m", "1");
    assertThat(header).isEqualTo(TRACE.header("attempt", "m", "1"));
    assertThat(header).isNotEqualTo(TRACE.header("attempt", "m", "2"));
    assertThat(TraceContext.parent(header)).contains(TRACE);
    var quiet = new TraceContext(ID, false);
    assertThat(TraceContext.parent(quiet.header("attempt", "m", "1"))).contains(quiet);
  }

  @Test
  void what_is_stored_is_read_again() {
    for (boolean sampled : new boolean[] {true, false}) {
      var trace = new TraceContext(ID, sampled);
      assertThat(TraceContext.parse(trace.toString())).isEqualTo(trace);
    }
  }
}
