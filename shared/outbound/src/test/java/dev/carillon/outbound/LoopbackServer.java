package dev.carillon.outbound;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * A server on 127.0.0.1 that keeps the requests it read whole and answers byte for byte as it is
 * told.
 */
public final class LoopbackServer implements AutoCloseable {
  /** In {@link #saying}: keeps the client waiting for as long as it likes. */
  public static final String SILENCE = "silence";

  /** In {@link #saying}: closes the connection without a word. */
  public static final String CLOSE = "close";

  /** What the server does about its nth request, from 1. */
  public interface Behaviour {
    /** Whether the connection stays open. */
    boolean on(int number, OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final Thread acceptor;
  private final Behaviour behaviour;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public LoopbackServer(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.acceptor = Thread.startVirtualThread(this::accept);
  }

  /** Gives every request this response. */
  public static LoopbackServer answering(String response) {
    return saying(_ -> response);
  }

  /** Gives its nth request, from 1, the nth response, {@link #SILENCE} or {@link #CLOSE}. */
  public static LoopbackServer saying(IntFunction<String> responses) {
    return new LoopbackServer(
        (number, out) -> {
          var response = responses.apply(number);
          if (!response.equals(SILENCE) && !response.equals(CLOSE)) {
            out.write(response.getBytes(StandardCharsets.UTF_8));
          }
          return !response.equals(CLOSE);
        });
  }

  /** A response as it is written, the connection kept open; headers end in a line break each. */
  public static String response(int status, String headers, String body) {
    return "HTTP/1.1 %d Whatever\r\ncontent-length: %d\r\n%s\r\n%s"
        .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, headers, body);
  }

  /** {@code 127.0.0.1:port}. */
  public String host() {
    return "127.0.0.1:" + port();
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** The requests as received: head and body. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Connections that were accepted. */
  public int connections() {
    return connections.size();
  }

  /** Lets a little time pass; false once the server is closed. */
  public boolean pause() {
    try {
      return !closed.await(10, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        connections.add(connection);
        Thread.startVirtualThread(() -> serve(connection));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new BufferedInputStream(connection.getInputStream());
      boolean open = true;
      while (open) {
        var request = request(in);
        if (request.isEmpty()) {
          return;
        }
        int number;
        synchronized (requests) {
          requests.add(request);
          number = requests.size();
        }
        open = behaviour.on(number, connection.getOutputStream());
        connection.getOutputStream().flush();
      }
    } catch (IOException _) { // the client went away
    }
  }

  private static String request(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.write(b);
    }
    var text = head.toString(StandardCharsets.UTF_8);
    int length =
        text.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
      // Until nobody waits in accept any more, the system may still take one connection.
      acceptor.join();
      for (var connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
