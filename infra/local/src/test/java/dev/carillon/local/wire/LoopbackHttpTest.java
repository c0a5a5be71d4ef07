package dev.carillon.local.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackHttpTest {
  private static final int CONNECTIONS = 600;
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private HttpServer server;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = LoopbackHttp.server();
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    server.stop(0);
  }

  @Test
  void six_hundred_connections_that_pause_are_all_answered_when_they_ask_again()
      throws IOException {
    for (var i = 0; i < CONNECTIONS; i++) {
      sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort()));
    }
    for (var round = 0; round < 2; round++) {
      for (var socket : sockets) {
        socket.getOutputStream().write(REQUEST);
      }
      for (var socket : sockets) {
        assertThat(answer(socket)).startsWith("HTTP/1.1 200").endsWith("ok");
      }
    }
  }

  private static String answer(Socket socket) throws IOException {
    var text = new StringBuilder();
    while (!text.toString().endsWith("\r\n\r\nok")) {
      var next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
    }
    return text.toString();
  }
}
