package dev.carillon.local.stats;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.wire.AwsRequest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * Writes down, in order, which events functions were given and what they asked of AWS, one JSON
 * object a line, so that the benchmark can ask the same again with a bare client:
 *
 * <p>{@code {"function":"steps","event":"<base64>"}} and {@code
 * {"function":"steps","service":"dynamodb","operation":"PutItem","path":"/","body":"<base64>"}}.
 *
 * <p>Off unless the property {@code carillon.recording} names a file.
 */
public final class CallRecording {
  private final OutputStream out;

  private CallRecording(OutputStream out) {
    this.out = out;
  }

  /** The recording that the process was started with; empty when it was not. */
  public static Optional<CallRecording> asked() {
    return Optional.ofNullable(System.getProperty("carillon.recording"))
        .map(
            file -> {
              try {
                return new CallRecording(
                    new BufferedOutputStream(Files.newOutputStream(Path.of(file))));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  void event(String function, byte[] event) {
    write(Json.object().with("function", function).with("event", base64(event)));
  }

  void call(String function, String service, String operation, AwsRequest request) {
    write(
        Json.object()
            .with("function", function)
            .with("service", service)
            .with("operation", operation)
            .with("method", request.method())
            .with("path", request.rawPath())
            .with("body", base64(request.body())));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A whole line before the call is answered: what is read at rest is complete. */
  private synchronized void write(Json.Obj line) {
    try {
      out.write(JsonText.bytes(line));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
