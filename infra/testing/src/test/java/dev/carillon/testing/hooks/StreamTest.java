package dev.carillon.testing.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.schema.CompiledSchema;
import dev.carillon.schema.Schema;
import dev.carillon.testing.engine.FakeEndpoints.Heard;
import dev.carillon.testing.engine.FakeOutside;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.webhook.stream.StreamedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The stream of all events, without any webhook. */
class StreamTest {
  private static final String BUS = "arn:aws:events:eu-central-1:123456789012:event-bus/warehouse";

  private final GuideEngine scene = GuideEngine.open();

  private List<Json.Obj> streamed() {
    return scene.engine.endpoints().heard(BUS).stream()
        .filter(Heard::taken)
        .map(it -> (Json.Obj) JsonText.parse(it.request().body(), JsonText.DEPTH + 8))
        .toList();
  }

  private void mailed() {
    scene.engine.ports().webhookEndpoints().streamTo(BUS);
    scene.user("ana").workflow("reset", GuideEngine.mail("Reset"));
    scene.trigger("reset", "{'recipients': ['ana'], 'data': {'code': '1'}}");
    scene.engine.settle();
  }

  @Test
  void all_that_happens_to_a_message_and_its_run_is_streamed_as_its_schema_says()
      throws IOException {
    mailed();
    assertThat(streamed())
        .extracting(it -> it.text("type").orElse(""))
        .containsExactlyInAnyOrder(
            "message.created",
            "message.queued",
            "message.sent",
            "workflow_recipient_run.started",
            "workflow_recipient_run.completed");
    Schema schema = schema();
    assertThat(streamed()).allSatisfy(it -> assertThat(schema.problems(it)).isEmpty());
    assertThat(schema.problems(Json.object().with("id", "evt"))).isNotEmpty();
  }

  private static Schema schema() throws IOException {
    try (InputStream file = StreamedEvent.class.getResourceAsStream("stream-event.schema.json")) {
      return ((CompiledSchema.Ready) Schema.of((Json.Obj) JsonText.parse(file.readAllBytes())))
          .schema();
    }
  }

  @Test
  void what_the_stream_does_not_take_comes_again_under_its_id() {
    var calls = new AtomicInteger();
    scene
        .engine
        .endpoints()
        .at(BUS, _ -> FakeOutside.json(calls.incrementAndGet() <= 2 ? 503 : 200, "{}"));
    mailed();
    scene.pass("PT30M");
    List<Heard> heard = scene.engine.endpoints().heard(BUS);
    assertThat(heard.stream().filter(it -> !it.taken()).map(Heard::event).toList())
        .hasSize(2)
        .isSubsetOf(streamed().stream().map(it -> it.text("id").orElse("")).toList());
    assertThat(streamed()).extracting(it -> it.text("id")).doesNotHaveDuplicates();
  }

  @Test
  void where_no_stream_is_wanted_nothing_is_sent() {
    scene.user("ana").workflow("reset", GuideEngine.mail("Reset"));
    scene.trigger("reset", "{'recipients': ['ana']}");
    scene.engine.settle();
    assertThat(scene.engine.endpoints().heard(BUS)).isEmpty();
  }
}
