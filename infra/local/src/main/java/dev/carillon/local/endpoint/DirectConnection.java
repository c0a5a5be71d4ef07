package dev.carillon.local.endpoint;

import dev.carillon.local.wire.AwsRequest;
import dev.carillon.local.wire.AwsResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One call of the endpoint by somebody in its own process, in the shape in which the SDK's client
 * makes calls: no socket, and the bytes are copied once each way. Like any connection it belongs to
 * one thread.
 */
final class DirectConnection extends HttpURLConnection {
  private static final Duration FOREVER = Duration.ofMinutes(15);
  private static final int FIRST_ERROR = 400;
  private static final int SMALL = 512;
  private static final byte[] NOTHING = {};

  /** Carries a call out. */
  @FunctionalInterface
  interface Calls {
    /**
     * @param patience how long the caller waits for an answer
     * @throws IOException what its client would see at a connection that breaks or stays silent
     */
    AwsResponse answer(AwsRequest request, Duration patience) throws IOException;
  }

  private final URI uri;
  private final Calls calls;
  private final Map<String, String> sent = new LinkedHashMap<>();
  private Optional<ByteArrayOutputStream> body = Optional.empty();
  private Optional<AwsResponse> answer = Optional.empty();

  DirectConnection(URI uri, Calls calls) throws IOException {
    super(uri.toURL());
    this.uri = uri;
    this.calls = calls;
  }

  @Override
  public void connect() {
    connected = true;
  }

  @Override
  public void disconnect() {
    // There is nothing to close.
  }

  @Override
  public boolean usingProxy() {
    return false;
  }

  @Override
  public void addRequestProperty(String key, String value) {
    sent.putIfAbsent(key.toLowerCase(Locale.ROOT), value);
  }

  @Override
  public void setRequestProperty(String key, String value) {
    sent.put(key.toLowerCase(Locale.ROOT), value);
  }

  @Override
  public String getRequestProperty(String key) {
    return sent.get(key.toLowerCase(Locale.ROOT));
  }

  @Override
  public OutputStream getOutputStream() {
    var stream = new ByteArrayOutputStream((int) Math.max(SMALL, fixedContentLengthLong));
    body = Optional.of(stream);
    return stream;
  }

  private AwsResponse answer() throws IOException {
    if (answer.isEmpty()) {
      var thread = Thread.currentThread();
      var loader = thread.getContextClassLoader();
      // The engines' libraries are the stack's, not the caller's.
      thread.setContextClassLoader(DirectConnection.class.getClassLoader());
      try {
        answer = Optional.of(calls.answer(request(), patience()));
      } finally {
        thread.setContextClassLoader(loader);
      }
    }
    return answer.get();
  }

  private AwsRequest request() {
    return new AwsRequest(
        getRequestMethod(),
        Optional.of(uri.getRawPath()).filter(path -> !path.isEmpty()).orElse("/"),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        sent,
        body.map(ByteArrayOutputStream::toByteArray).orElse(NOTHING));
  }

  private Duration patience() {
    return getReadTimeout() == 0 ? FOREVER : Duration.ofMillis(getReadTimeout());
  }

  @Override
  public int getResponseCode() throws IOException {
    return answer().status();
  }

  /** Nobody looks at the words of a status: none. */
  @Override
  public String getResponseMessage() {
    return "";
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (answer().status() >= FIRST_ERROR) {
      throw new FileNotFoundException(uri + " answered " + answer().status());
    }
    return new ByteArrayInputStream(answer().body());
  }

  /** None, by the name of null, when there was no error. */
  @Override
  public InputStream getErrorStream() {
    return answer
        .filter(given -> given.status() >= FIRST_ERROR)
        .map(given -> new ByteArrayInputStream(given.body()))
        .orElse(null);
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    var fields = new LinkedHashMap<String, List<String>>();
    answer.ifPresent(
        given -> given.headers().forEach((name, value) -> fields.put(name, List.of(value))));
    return fields;
  }

  @Override
  public String getHeaderField(String name) {
    return getHeaderFields().entrySet().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(field -> field.getValue().getFirst())
        .findFirst()
        .orElse(null);
  }
}
