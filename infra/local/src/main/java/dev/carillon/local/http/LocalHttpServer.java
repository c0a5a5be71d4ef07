package dev.carillon.local.http;

import dev.carillon.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * The stack's one port, on the loopback address only. It is Jetty, since the JDK's server answers
 * in its own words, before anybody is asked, what it cannot read as a URL.
 */
public final class LocalHttpServer implements AutoCloseable {
  // What is read of a body that is refused for its size, so that the client hears the refusal.
  private static final long DRAINED = 64L * 1024 * 1024;
  private static final int BACKLOG = 4_096;
  private static final int HEADER_BYTES = 64 * 1024;
  // API Gateway's limits of sockets, too.
  private static final int IDLE_MILLIS = 600_000;
  private static final int SOCKET_MESSAGE_BYTES = 128 * 1024;

  private final Server server;
  private final ServerConnector connector;

  private LocalHttpServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Takes the port; nothing is answered before {@link #open}.
   *
   * @param port 0 for any free one
   * @throws BindException when it is taken
   */
  public static LocalHttpServer at(int port) throws IOException {
    var threads = new QueuedThreadPool();
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var server = new Server(threads);
    var config = new HttpConfiguration();
    config.setSendServerVersion(false);
    config.setRequestHeaderSize(HEADER_BYTES);
    // What is wrong with a path is said by the API behind.
    config.setUriCompliance(UriCompliance.UNSAFE);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(config));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    // Stopping does not wait for what is being answered.
    server.setStopTimeout(0);
    try {
      connector.open();
    } catch (IOException e) {
      throw e.getCause() instanceof BindException taken ? taken : e;
    }
    return new LocalHttpServer(server, connector);
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** What is done with somebody who wants to open a socket. */
  public sealed interface Upgrade {
    /** The socket opens. */
    record To(Session.Listener listener) implements Upgrade {}

    /** It does not; the request is answered. */
    record Refused(HttpApiResponse answer) implements Upgrade {}
  }

  /**
   * Begins to answer.
   *
   * @param socketPath where sockets open
   */
  public void open(
      Function<HttpApiRequest, HttpApiResponse> answers,
      String socketPath,
      Function<HttpApiRequest, Upgrade> sockets) {
    var upgrades =
        WebSocketUpgradeHandler.from(
            server,
            container -> {
              container.setMaxTextMessageSize(SOCKET_MESSAGE_BYTES);
              container.setIdleTimeout(Duration.ofMillis(IDLE_MILLIS));
              container.addMapping(
                  socketPath,
                  (request, response, callback) ->
                      switch (sockets.apply(read(request, new byte[0]))) {
                        case Upgrade.To(var listener) -> listener;
                        case Upgrade.Refused(var answer) -> {
                          send(request, response, callback, answer);
                          yield null;
                        }
                      });
            });
    server.setHandler(upgrades);
    upgrades.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws IOException {
            send(
                request,
                response,
                callback,
                answers.apply(read(request, body(Content.Source.asInputStream(request)))));
            return true;
          }
        });
    server.setErrorHandler(LocalHttpServer::error);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("The stack's port does not open: " + e.getMessage(), e);
    }
  }

  private static HttpApiRequest read(Request request, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (var name : request.getHeaders().getFieldNamesCollection()) {
      headers.put(name.toLowerCase(Locale.ROOT), request.getHeaders().getValuesList(name));
    }
    var uri = request.getHttpURI();
    return new HttpApiRequest(
        request.getMethod(),
        Optional.ofNullable(uri.getPath()).orElse("/"),
        Optional.ofNullable(uri.getQuery()).orElse(""),
        headers,
        body,
        Request.getRemoteAddr(request),
        request.getConnectionMetaData().getProtocol());
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

  private static void send(
      Request request, Response response, Callback callback, HttpApiResponse answer) {
    response.setStatus(answer.status());
    for (var header : answer.headers()) {
      if (!header.name().equalsIgnoreCase("content-length")) {
        response.getHeaders().add(header.name(), header.value());
      }
    }
    var bodiless =
        request.getMethod().equals("HEAD")
            || answer.status() == 204
            || answer.status() == 304
            || answer.body().length == 0;
    response.write(true, bodiless ? null : ByteBuffer.wrap(answer.body()), callback);
  }

  /** What Jetty itself refuses: a request that is not HTTP, or a header of more than 64 KB. */
  private static boolean error(Request request, Response response, Callback callback) {
    var status = response.getStatus();
    var answer =
        status < 500
            ? HttpApiResponse.problem(
                    status,
                    "malformed_request",
                    "This is not a request that the API can read.",
                    "invalid_request_error")
                .with("x-request-id", UUID.randomUUID().toString())
            : HttpApiResponse.json(status, Json.object().with("message", "Internal Server Error"));
    send(request, response, callback, answer);
    return true;
  }

  /** Stops listening. Calling it twice is safe. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The stack's port does not close: " + e.getMessage(), e);
    }
  }
}
