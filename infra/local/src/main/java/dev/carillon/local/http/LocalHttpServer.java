package dev.carillon.local.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.local.wire.LoopbackHttp;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The stack's one port, on the loopback address only. */
public final class LocalHttpServer implements AutoCloseable {
  // What is read of a body that is refused for its size, so that the client hears the refusal.
  private static final long DRAINED = 64L * 1024 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LocalHttpServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Takes the port; nothing is answered before {@link #open}.
   *
   * @param port 0 for any free one
   * @throws java.net.BindException when it is taken
   */
  public static LocalHttpServer at(int port) throws IOException {
    return new LocalHttpServer(LoopbackHttp.at(port));
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Begins to answer. */
  public void open(Function<HttpApiRequest, HttpApiResponse> answers) {
    server.createContext("/", exchange -> serve(exchange, answers));
    server.setExecutor(threads);
    server.start();
  }

  private static void serve(
      HttpExchange exchange, Function<HttpApiRequest, HttpApiResponse> answers) throws IOException {
    try (exchange) {
      send(exchange, answers.apply(request(exchange)));
    } catch (RuntimeException e) {
      System.out.println("http: " + e);
      e.printStackTrace(System.out);
      throw e;
    }
  }

  private static HttpApiRequest request(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    return new HttpApiRequest(
        exchange.getRequestMethod(),
        // "//x" reads as an authority; what was meant is a path.
        uri.getRawAuthority() == null || uri.getScheme() != null
            ? uri.getRawPath()
            : "//" + uri.getRawAuthority() + uri.getRawPath(),
        uri.getRawQuery() == null ? "" : uri.getRawQuery(),
        headers,
        body(exchange.getRequestBody()),
        exchange.getRemoteAddress().getAddress().getHostAddress(),
        exchange.getProtocol());
  }

  /** At most one byte more than the gateway accepts. */
  private static byte[] body(InputStream in) throws IOException {
    var body = in.readNBytes(LocalHttpApi.BODY_LIMIT + 1);
    if (body.length > LocalHttpApi.BODY_LIMIT) {
      var buffer = new byte[65_536];
      var read = 0L;
      for (var n = in.read(buffer); n >= 0 && read < DRAINED; n = in.read(buffer)) {
        read += n;
      }
    }
    return body;
  }

  private static void send(HttpExchange exchange, HttpApiResponse answer) throws IOException {
    for (var header : answer.headers()) {
      if (!header.name().equalsIgnoreCase("content-length")) {
        exchange.getResponseHeaders().add(header.name(), header.value());
      }
    }
    var bodiless =
        exchange.getRequestMethod().equals("HEAD")
            || answer.status() == 204
            || answer.status() == 304
            || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.body().length);
    if (!bodiless) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  /** Stops listening. Calling it twice is safe. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
