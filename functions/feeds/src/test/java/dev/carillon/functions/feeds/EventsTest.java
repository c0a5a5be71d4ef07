package dev.carillon.functions.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.feeds.FeedsFixture.About;
import dev.carillon.memory.events.EventPayloads;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  private static final String EXPECTED =
      """
      feed-compact, 200, entries.0.source.key, new-comment
      feed-nested-trigger-data, 422, errors.0.field, trigger_data
      feed-rich, 200, entries.0.activities.0.actor.name, Dennis Nedry
      feed-unknown-channel, 422, code, channel_invalid
      feed-settings, 200, features.branding_required, false
      feed-unknown-parameter, 422, errors.0.field, recipient
      feed-unknown-user, 200, vars.app_name, The park
      feed-without-key, 401, code, api_key_missing
      """;

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void is_answered_as_expected(String event, int status, String field, String value)
      throws IOException {
    var park = new FeedsFixture();
    park.given(About.COMMENT.of("ingen"));
    var reply = park.play(EventPayloads.read(event));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text(field)).isEqualTo(value);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("feed-", EXPECTED);
  }
}
