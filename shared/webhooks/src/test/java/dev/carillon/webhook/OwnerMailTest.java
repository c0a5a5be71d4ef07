package dev.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.webhook.EndpointHealth.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerMailTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final Channel MAIL = channel("mail", ChannelType.EMAIL, Json.object());

  private static Channel channel(String key, ChannelType type, Json.Obj settings) {
    return new Channel(
        new ChannelId(new UUID(1, key.hashCode())),
        key,
        key,
        type,
        "email_aws_ses",
        settings,
        NOON,
        NOON);
  }

  private static WebhookEndpoint owned(String url, Cause cause) {
    var endpoint = Hooks.endpoint();
    return endpoint
        .with(new WebhookEndpoint.Contact(url, Optional.of("ada@acme.example")), endpoint.filter())
        .with(endpoint.health().disabled(cause, NOON));
  }

  @ParameterizedTest
  @EnumSource(value = Cause.class, names = "BY_HAND", mode = EnumSource.Mode.EXCLUDE)
  void each_time_that_it_is_given_up_has_one_mail_whenever_it_is_made(Cause cause) {
    var endpoint = owned("https://hooks.example/", cause);
    var mail = OwnerMail.of(endpoint, MAIL, "Production", NOON.plusSeconds(9));
    assertThat(OwnerMail.id(endpoint)).contains(mail.message().id());
    assertThat(OwnerMail.of(endpoint, MAIL, "Production", NOON.plusSeconds(99)).message().id())
        .isEqualTo(mail.message().id());
    var again =
        endpoint.enabled().with(endpoint.enabled().health().disabled(cause, NOON.plusSeconds(1)));
    assertThat(OwnerMail.id(again)).isPresent().isNotEqualTo(OwnerMail.id(endpoint));
  }

  @Test
  void nobody_is_told_of_what_somebody_did_or_of_one_that_is_called_or_that_nobody_owns() {
    assertThat(OwnerMail.id(owned("https://hooks.example/", Cause.BY_HAND))).isEmpty();
    assertThat(OwnerMail.id(owned("https://hooks.example/", Cause.GONE).enabled())).isEmpty();
    var endpoint = Hooks.endpoint();
    assertThat(OwnerMail.id(endpoint.with(endpoint.health().disabled(Cause.GONE, NOON)))).isEmpty();
  }

  @Test
  void the_mail_names_the_place_without_its_query_and_is_no_markup() {
    var content =
        (Content.Email)
            OwnerMail.of(
                    owned("https://hooks.example/a<b>&c?token=t0p", Cause.FAILING),
                    MAIL,
                    "R&D <b>",
                    NOON)
                .content()
                .content();
    assertThat(content.text())
        .contains("https://hooks.example/a<b>&c\\n".translateEscapes(), "R&D");
    assertThat(content.html())
        .contains("a&lt;b&gt;&amp;c", "R&amp;D &lt;b&gt;")
        .doesNotContain("t0p");
    assertThat(content.text()).doesNotContain("t0p");
  }

  @Test
  void it_goes_by_the_first_channel_for_mail_that_sends() {
    var sandboxed = channel("a", ChannelType.EMAIL, Json.object().with("sandbox_mode", Json.TRUE));
    var text = channel("b", ChannelType.SMS, Json.object());
    var last = channel("z", ChannelType.EMAIL, Json.object());
    assertThat(OwnerMail.channel(List.of(last, text, MAIL, sandboxed))).contains(MAIL);
    assertThat(OwnerMail.channel(List.of(text, sandboxed))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a@", "@b", "a b@c", "a@b@c", "a@b,c@d", "a@b\\r\\nBcc: c", "A <a@b>"})
  void what_is_no_single_address_is_none(String text) {
    assertThat(WebhookEndpoint.isAddress(text.translateEscapes())).isFalse();
  }
}
