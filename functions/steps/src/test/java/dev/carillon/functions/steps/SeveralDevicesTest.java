package dev.carillon.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.content.Assets;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.recipient.Identification;
import dev.carillon.runtime.Ports;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeveralDevicesTest {
  private static final ChannelId PUSH =
      new ChannelId(UUID.fromString("77777777-2222-8333-8444-555555555555"));
  private static final String STEP =
      """
      {"type": "channel", "ref": "push", "channel_key": "push", "channel_type": "push",
       "template": {"title": "t", "text_body": "b"}}\
      """;

  /** On each day of the week. */
  private static final String NINE_TO_FIVE =
      Stream.of(DayOfWeek.values())
          .map(
              day ->
                  "{\"day\": \"%s\", \"type\": \"send\", \"from\": \"09:00:00\", \"until\": \"17:00:00\"}"
                      .formatted(day.name().toLowerCase(Locale.ROOT)))
          .collect(Collectors.joining(", "));

  private final StepsFixture stage = new StepsFixture();

  @Test
  void each_device_has_a_message_of_its_own_that_is_handed_over() {
    push("a", "b", "c");
    stage.given(STEP).start();
    assertThat(tokens()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(stage.deliveries()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void a_step_that_died_half_way_reaches_old_devices_and_new_ones_once() {
    push("a", "b");
    stage.given(STEP);
    try {
      new StepsWiring(dyingAtTheSecond(), stage.outside)
          .advanceRun()
          .handle(StepsFixture.startTask());
    } catch (StepsFixture.Crash _) { // as it should
    }
    assertThat(tokens()).containsExactly("a");
    push("b", "c");
    stage.start();
    assertThat(tokens()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(stage.deliveries()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void a_device_with_clocks_of_its_own_has_its_message_when_the_window_opens_by_them() {
    devices(
        """
        {"tokens": ["bare"], "devices": [{"token": "tokyo", "timezone": "Asia/Tokyo"},
          {"token": "lisbon", "timezone": "Europe/Lisbon"}, {"token": "odd", "timezone": "No/Where"}]}\
        """);
    stage.given(STEP.replaceFirst("}$", ", \"send_windows\": [" + NINE_TO_FIVE + "]}")).start();
    assertThat(scheduled())
        .isEqualTo(
            Map.of(
                "bare", "",
                "tokyo", "2026-01-06T00:00:00Z",
                "lisbon", "",
                "odd", ""));
  }

  @Test
  void each_device_is_spoken_to_in_its_language() {
    devices(
        """
        {"devices": [{"token": "a", "locale": "de-CH"}, {"token": "b"},
          {"token": "c", "locale": "de-CH"}, {"token": "d", "locale": "xx"}]}\
        """);
    stage
        .ports
        .assets()
        .commit(
            StepsFixture.LOCAL,
            new Assets.Library(
                Json.Obj.EMPTY,
                Json.Obj.EMPTY,
                Json.object().with("en", texts("en", "Hello")).with("de", texts("de", "Hallo"))));
    stage
        .triggered(
            StepsFixture.trigger(
                stage.commit(
                    "{\"name\": \"n\", \"template_language\": \"liquid\", \"steps\": ["
                        + STEP.replace("\"b\"}", "\"{{ 'hello' | t }} {{ recipient.locale }}\"}")
                        + "]}")))
        .start();
    assertThat(bodies())
        .isEqualTo(Map.of("a", "Hallo de-CH", "b", "Hello", "c", "Hallo de-CH", "d", "Hello xx"));
  }

  @Test
  void who_has_no_device_is_skipped() {
    push();
    stage.given(STEP).start();
    assertThat(stage.messages()).isEmpty();
    assertThat(stage.logged("step_skipped").text("reason")).contains("recipient_has_no_device");
  }

  private void push(String... tokens) {
    devices(Json.object().with("tokens", Json.texts(List.of(tokens))).toString());
  }

  /**
   * @param data the recipient's channel data
   */
  private void devices(String data) {
    var now = stage.clock.instant();
    stage
        .ports
        .channels()
        .put(
            StepsFixture.LOCAL,
            new Channel(
                PUSH, "push", "Push", ChannelType.PUSH, "push_fcm", Json.Obj.EMPTY, now, now));
    stage.identify(
        StepsFixture.ELLIE,
        new Identification(
            Json.Obj.EMPTY,
            Optional.empty(),
            Map.of(),
            Map.of(PUSH.toString(), StepsFixture.json(data))));
  }

  private List<String> tokens() {
    return stage.messages().stream().map(message -> push(message).token()).toList();
  }

  /** Until when the message to each device is held back. */
  private Map<String, String> scheduled() {
    return told((message, _) -> message.scheduledAt().map(Instant::toString).orElse(""));
  }

  private Map<String, String> bodies() {
    return told((_, push) -> push.body().strip());
  }

  private Map<String, String> told(BiFunction<Message, Content.Push, String> what) {
    return stage.messages().stream()
        .collect(
            Collectors.toMap(
                message -> push(message).token(), message -> what.apply(message, push(message))));
  }

  private Content.Push push(Message message) {
    return (Content.Push)
        stage.ports.messages().content(StepsFixture.LOCAL, message.id()).orElseThrow().content();
  }

  private static Json.Obj texts(String locale, String hello) {
    return Json.object()
        .with("locale_code", locale)
        .with("format", "json")
        .with("content", "{\"hello\": \"" + hello + "\"}");
  }

  private Ports dyingAtTheSecond() {
    int[] made = {0};
    var messages =
        (Messages)
            Proxy.newProxyInstance(
                Messages.class.getClassLoader(),
                new Class<?>[] {Messages.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("create") && made[0]++ > 0) {
                    throw new StepsFixture.Crash();
                  }
                  return call(stage.ports.messages(), method, arguments);
                });
    return (Ports)
        Proxy.newProxyInstance(
            Ports.class.getClassLoader(),
            new Class<?>[] {Ports.class},
            (_, method, arguments) ->
                method.getName().equals("messages")
                    ? messages
                    : call(stage.ports, method, arguments));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
