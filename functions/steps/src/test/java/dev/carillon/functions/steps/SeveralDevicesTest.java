package dev.carillon.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.recipient.Identification;
import dev.carillon.runtime.Ports;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeveralDevicesTest {
  private static final ChannelId PUSH =
      new ChannelId(UUID.fromString("77777777-2222-8333-8444-555555555555"));
  private static final String STEP =
      """
      {"type": "channel", "ref": "push", "channel_key": "push", "channel_type": "push",
       "template": {"title": "t", "text_body": "b"}}\
      """;

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
  void who_has_no_device_is_skipped() {
    push();
    stage.given(STEP).start();
    assertThat(stage.messages()).isEmpty();
    assertThat(stage.logged("step_skipped").text("reason")).contains("recipient_has_no_device");
  }

  private void push(String... tokens) {
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
            Map.of(PUSH.toString(), Json.object().with("tokens", Json.texts(List.of(tokens))))));
  }

  private List<String> tokens() {
    return stage.messages().stream()
        .map(Message::id)
        .map(id -> stage.ports.messages().content(StepsFixture.LOCAL, id).orElseThrow())
        .map(content -> ((Content.Push) content.content()).token())
        .toList();
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
