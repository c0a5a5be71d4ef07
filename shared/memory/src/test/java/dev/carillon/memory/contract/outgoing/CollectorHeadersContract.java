package dev.carillon.memory.contract.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.webhook.stream.CollectorHeaders;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class CollectorHeadersContract {
  private CollectorHeaders headers;

  protected abstract CollectorHeaders headers() throws IOException;

  @BeforeEach
  void prepare() throws IOException {
    headers = headers();
  }

  @Test
  void a_collector_wants_none_until_it_is_told_which() {
    assertThat(headers.find()).isEmpty();
  }

  @Test
  void headers_take_the_place_of_all_before_and_twice_is_as_once() {
    headers.put(Map.of("authorization", "Bearer a", "x-team", "ü \"1\""));
    assertThat(headers.find()).isEqualTo(Map.of("authorization", "Bearer a", "x-team", "ü \"1\""));
    headers.put(Map.of("x-api-key", "b"));
    headers.put(Map.of("x-api-key", "b"));
    assertThat(headers.find()).isEqualTo(Map.of("x-api-key", "b"));
    headers.put(Map.of());
    assertThat(headers.find()).isEmpty();
  }
}
