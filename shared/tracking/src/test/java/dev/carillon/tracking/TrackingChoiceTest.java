package dev.carillon.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.trigger.Trigger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrackingChoiceTest {
  private static final Json.Obj ON =
      Json.object().with("link_tracking", Json.TRUE).with("open_tracking", Json.TRUE);
  private static final Json.Obj OFF =
      Json.object().with("link_tracking", Json.FALSE).with("open_tracking", Json.FALSE);
  private static final TrackingChoice BOTH = new TrackingChoice(true, true);

  private static TrackingChoice email(Json.Obj channel, Json.Obj step) {
    return TrackingChoice.of(ChannelType.EMAIL, channel, step, Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(ChannelType.class)
  void open_and_link_tracking_are_off_when_a_channel_is_new(ChannelType type) {
    assertThat(TrackingChoice.of(type, Json.object(), Json.object(), Optional.empty()))
        .isEqualTo(TrackingChoice.NOTHING);
  }

  @Test
  void a_steps_overrides_turn_tracking_off_or_on_for_that_step() {
    assertThat(email(ON, Json.object())).isEqualTo(BOTH);
    assertThat(email(ON, OFF)).isEqualTo(TrackingChoice.NOTHING);
    assertThat(email(OFF, ON)).isEqualTo(BOTH);
    assertThat(email(Json.object(), ON)).isEqualTo(BOTH);
    assertThat(email(ON, Json.object().with("link_tracking", Json.FALSE)))
        .isEqualTo(new TrackingChoice(false, true));
  }

  @ParameterizedTest
  @CsvSource({
    "EMAIL, true, true",
    "IN_APP_FEED, true, false",
    "SMS, true, false",
    "CHAT, true, false",
    "PUSH, false, false",
    "HTTP, false, false"
  })
  void each_channel_is_tracked_as_far_as_it_can_be(ChannelType type, boolean links, boolean opens) {
    assertThat(TrackingChoice.of(type, ON, Json.object(), Optional.empty()))
        .isEqualTo(new TrackingChoice(links, opens));
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, false", "true, true", "false, false"})
  void what_a_trigger_says_of_its_mail_goes_before_channel_and_step(boolean opens, boolean clicks) {
    var said = Optional.of(new Trigger.MailTracking(opens, clicks));
    for (Json.Obj channel : List.of(ON, OFF, Json.object())) {
      for (Json.Obj step : List.of(ON, OFF, Json.object())) {
        assertThat(TrackingChoice.of(ChannelType.EMAIL, channel, step, said))
            .isEqualTo(new TrackingChoice(clicks, opens));
      }
    }
    assertThat(TrackingChoice.of(ChannelType.SMS, OFF, Json.object(), said).links()).isFalse();
  }

  @Test
  void what_is_not_true_or_false_says_nothing() {
    assertThat(email(Json.object().with("link_tracking", "true"), Json.object()))
        .isEqualTo(TrackingChoice.NOTHING);
    assertThat(email(ON, Json.object().with("link_tracking", Json.NULL))).isEqualTo(BOTH);
  }
}
