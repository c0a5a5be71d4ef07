package dev.carillon.testing.scenarios;

import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.testing.engine.InProcessEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What the tests of the engine begin with. */
public final class EngineFixtures {
  public static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");

  private EngineFixtures() {}

  public static InProcessEngine engine(String workflow, String source) {
    var engine = InProcessEngine.at(MONDAY);
    engine.workflow(workflow, source);
    return engine;
  }

  /** An engine with the project that the local stack begins with. */
  public static InProcessEngine demo() {
    var engine = InProcessEngine.at(MONDAY);
    Path demo = Path.of("..", "local", "demo");
    var files = new TreeMap<String, String>();
    try (var paths = Files.walk(demo)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        String name = demo.relativize(file).toString().replace('\\', '/');
        if (name.contains("/") || name.equals("variables.json")) {
          files.put(name, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    engine.push(files);
    return engine;
  }

  public static Json.Obj to(Json... recipients) {
    return Json.object().with("recipients", Json.array(List.of(recipients)));
  }

  /** Users {@code u1}, {@code u2}, … with addresses. */
  public static Json.Obj toMany(int count) {
    return Json.object()
        .with(
            "recipients",
            Json.array(
                IntStream.rangeClosed(1, count)
                    .mapToObj(
                        i ->
                            Json.object()
                                .with("id", "u" + i)
                                .with("email", "u" + i + "@example.com"))
                    .toList()));
  }

  public static Json.Obj person(String id) {
    return Scenarios.person(id);
  }

  public static List<Message> messages(InProcessEngine engine) {
    return Scenarios.messages(engine, _ -> true);
  }

  public static List<String> texts(List<Json> items, String name) {
    return items.stream().map(item -> ((Json.Obj) item).text(name).orElse("")).toList();
  }
}
