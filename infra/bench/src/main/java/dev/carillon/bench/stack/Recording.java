package dev.carillon.bench.stack;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;

/** What a stack writes down of its functions' events and calls, read while it runs. */
public final class Recording {
  private final Path file;

  public Recording(Path file) {
    this.file = file;
  }

  /** For the command line of the stack. */
  public String option() {
    return "-Dcarillon.recording=" + file;
  }

  /** What is written from now on comes after this. */
  public long mark() throws IOException {
    return Files.size(file);
  }

  private Stream<Json.Obj> since(long mark) throws IOException {
    byte[] bytes;
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(mark);
      bytes = new byte[Math.toIntExact(in.length() - mark)];
      in.readFully(bytes);
    }
    return new String(bytes, StandardCharsets.US_ASCII)
        .lines()
        .map(line -> (Json.Obj) JsonText.parse(line));
  }

  /** The first event that the function was given since. */
  public Optional<byte[]> event(String function, long mark) throws IOException {
    return since(mark)
        .filter(line -> line.text("function").equals(Optional.of(function)))
        .flatMap(line -> line.text("event").stream())
        .map(Base64.getDecoder()::decode)
        .findFirst();
  }

  /**
   * The calls that were made since through the SDK's clients of DynamoDB, SQS and Secrets Manager,
   * in order.
   *
   * @param function whose; empty for all
   */
  public List<SdkPojo> calls(Optional<String> function, long mark) throws IOException {
    return since(mark)
        .filter(line -> line.text("service").isPresent())
        .filter(line -> function.isEmpty() || line.text("function").equals(function))
        .flatMap(line -> CallRequests.of(line).stream())
        .toList();
  }
}
