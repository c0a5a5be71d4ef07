package dev.carillon.functions.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/** A server on 127.0.0.1 that counts the requests it read whole and answers as it is told. */
final class LoopbackServer implements AutoCloseable {
  /** Keeps the client waiting for as long as it likes. */
  static final String SILENCE = "silence";

  /** Closes the connection without a word. */
  static final String CLOSE = "close";

  private final ServerSocket socket;
  private final Thread acceptor;
  private final IntFunction<String> answers;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  /**
   * @param answers what the server says to its nth request, from 1
   */
  LoopbackServer(IntFunction<String> answers) {
    this.answers = answers;
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.acceptor = Thread.startVirtualThread(this::accept);
  }

  /** An answer as it is written, the connection kept open. */
  static String answer(int status, String headers, String body) {
    return "HTTP/1.1 %d Whatever\r\ncontent-length: %d\r\n%s\r\n%s"
        .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, headers, body);
  }

  /** {@code 127.0.0.1:port}. */
  String host() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** The requests as received: head and body. */
  List<String> requests() {
    return List.copyOf(requests);
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
      for (var request = read(in); !request.isEmpty(); request = read(in)) {
        String answer;
        synchronized (requests) {
          requests.add(request);
          answer = answers.apply(requests.size());
        }
        if (answer.equals(CLOSE)) {
          return;
        }
        if (!answer.equals(SILENCE)) {
          connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
          connection.getOutputStream().flush();
        }
      }
    } catch (IOException _) { // the client went away
    }
  }

  private static String read(InputStream in) throws IOException {
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
