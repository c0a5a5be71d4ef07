package dev.carillon.functions.operator;

import dev.carillon.access.ApiKey;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.content.InMemoryAssets;
import dev.carillon.memory.content.InMemoryWorkflows;
import dev.carillon.memory.environment.InMemoryApiKeys;
import dev.carillon.memory.environment.InMemoryChannels;
import dev.carillon.memory.environment.InMemoryVariables;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The operator function on twins, asked through its handler. */
final class Bench {
  static final EnvironmentId LOCAL = new EnvironmentId("local");

  final MutableClock clock = new MutableClock(Instant.parse("2026-01-05T09:00:00Z"));
  final InMemoryPorts ports = InMemoryPorts.at(clock);
  final InMemoryApiKeys keys = ports.apiKeys();
  final InMemoryChannels channels = ports.channels();
  final InMemoryWorkflows workflows = ports.workflows();
  final InMemoryAssets assets = ports.assets();
  final InMemoryVariables variables = ports.variables();

  /** What was asked of customers' services, and what they answer. */
  final List<OutboundRequest> requests = new ArrayList<>();

  OutboundResult answer = new OutboundResult.NotReached(OutboundResult.Obstacle.NAME);

  private final AtomicInteger chance = new AtomicInteger();
  private final OperatorHandler handler =
      new OperatorHandler(
          new OperatorWiring(
              ports,
              request -> {
                requests.add(request);
                clock.advance(Duration.ofMillis(40));
                return answer;
              },
              bound -> chance.getAndAdd(7) % bound));

  Json.Obj ask(String payload) {
    return ask(payload.getBytes(StandardCharsets.UTF_8));
  }

  Json.Obj ask(byte[] payload) {
    var output = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(payload), output, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (Json.Obj) JsonText.parse(output.toByteArray());
  }

  Json.Obj push(Map<String, String> files) {
    return push(files, Json.Obj.EMPTY);
  }

  Json.Obj push(Map<String, String> files, Json.Obj values) {
    if (!keys.any(LOCAL, ApiKey.Kind.PUBLIC)) {
      keys.put(Digest.hex("pk_of_the_bench"), new ApiKey(LOCAL, ApiKey.Kind.PUBLIC, false));
    }
    return pushTo(LOCAL.value(), files, values);
  }

  /** To an environment that was seeded. */
  Json.Obj pushTo(String environment, Map<String, String> files) {
    return pushTo(environment, files, Json.Obj.EMPTY);
  }

  private Json.Obj pushTo(String environment, Map<String, String> files, Json.Obj values) {
    var texts = Json.object();
    for (var file : files.entrySet()) {
      texts = texts.with(file.getKey(), file.getValue());
    }
    return ask(
        JsonText.bytes(
            Json.object()
                .with("action", "push")
                .with("environment", environment)
                .with("files", texts)
                .with("variables", values)));
  }

  static String error(Json.Obj answer, String field) {
    return answer.object("error").text(field).orElse("");
  }

  /** {@code workflow | file | step | reason} of each thing refused. */
  static List<String> refused(Json.Obj answer) {
    return answer.list("refused").stream().map(Bench::line).toList();
  }

  private static String line(Json finding) {
    var fields = (Json.Obj) finding;
    return String.join(
        " | ",
        List.of(
            fields.text("workflow").orElse("-"),
            fields.text("file").orElseThrow(),
            fields.text("step").orElse("-"),
            fields.text("reason").orElseThrow()));
  }

  static List<String> accepted(Json.Obj answer) {
    return answer.list("accepted").stream()
        .map(item -> ((Json.Obj) item).text("workflow").orElseThrow())
        .toList();
  }

  /** The text files below a directory, by their paths in it. */
  static Map<String, String> directory(Path root) {
    var files = new java.util.TreeMap<String, String>();
    try (var paths = Files.walk(root)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(path).toString().replace('\\', '/'), Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
