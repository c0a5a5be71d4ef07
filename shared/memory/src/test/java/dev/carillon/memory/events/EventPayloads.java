package dev.carillon.memory.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The payloads in the folder {@code events}, for the tests of the modules two levels below the top:
 * named without {@code .json}, played through a function's handler.
 */
public final class EventPayloads {
  private static final Path EVENTS = Path.of("..", "..", "events");

  private EventPayloads() {}

  /** A function's handler without its context, at which none of them looks. */
  @FunctionalInterface
  public interface Handler {
    void handle(InputStream payload, OutputStream answer) throws IOException;
  }

  public static byte[] read(String name) throws IOException {
    return Files.readAllBytes(EVENTS.resolve(name + ".json"));
  }

  /** What the handler writes when it is given that payload. */
  public static String play(String name, Handler handler) throws IOException {
    var answer = new ByteArrayOutputStream();
    handler.handle(new ByteArrayInputStream(read(name)), answer);
    return answer.toString(StandardCharsets.UTF_8);
  }

  /**
   * What a function that reads a queue answers.
   *
   * @param failed the objects with an {@code itemIdentifier} of those that are to come again,
   *     separated by commas; empty when all are done
   */
  public static String batchAnswer(String failed) {
    return "{\"batchItemFailures\":[" + failed + "]}";
  }

  /** Those whose names begin so, sorted; fails when there is none. */
  public static List<String> named(String prefix) throws IOException {
    var names = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(EVENTS, prefix + "*.json")) {
      files.forEach(file -> names.add(file.getFileName().toString().replace(".json", "")));
    }
    assertThat(names).as("payloads of %s", prefix).isNotEmpty();
    names.sort(null);
    return names;
  }

  /**
   * Fails unless the table has a row for each payload whose name begins so, and none beside.
   *
   * @param table rows of values separated by commas, the first of which is the payload's name
   */
  public static void assertNoneLeftOut(String prefix, String table) throws IOException {
    assertThat(named(prefix))
        .containsExactlyInAnyOrderElementsOf(
            table.lines().map(line -> line.substring(0, line.indexOf(','))).toList());
  }
}
