package dev.carillon.local.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.local.clock.StackClock;
import dev.carillon.local.egress.EgressCall.Outcome;
import dev.carillon.local.engine.Bench;
import dev.carillon.local.faults.InjectedFaults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EgressProxyTest {
  private final InjectedFaults faults = new InjectedFaults();
  private final List<EgressCall> told = new CopyOnWriteArrayList<>();
  private final BlockingQueue<EgressCall> heard = new LinkedBlockingQueue<>();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private EgressProxy egress;
  private HttpServer receiver;

  @BeforeEach
  void start() throws IOException {
    egress =
        EgressProxy.start(
            StackClock.open(() -> Bench.START, Optional.empty()),
            faults,
            ProviderRoutes.NONE,
            call -> {
              told.add(call);
              heard.add(call);
            });
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            received.add(
                exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestURI()
                    + " "
                    + exchange.getRequestHeaders().getFirst("X-Sign")
                    + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.getResponseHeaders().set("X-Answer", "yes");
            exchange.sendResponseHeaders(302, 2);
            exchange.getResponseBody().write("hi".getBytes(StandardCharsets.UTF_8));
          }
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    egress.close();
    client.close();
  }

  private HttpResponse<String> post(String url) throws IOException, InterruptedException {
    return client.send(request(url), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String url) {
    return HttpRequest.newBuilder(egress.endpoint())
        .header("x-carillon-egress-url", url)
        .header("x-sign", "s")
        .POST(HttpRequest.BodyPublishers.ofString("body ü"))
        .build();
  }

  private String receiver() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?a=%20b";
  }

  @Test
  void a_call_is_forwarded_as_it_is_and_redirects_are_not_followed() throws Exception {
    var answer = post(receiver());
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.body()).isEqualTo("hi");
    assertThat(answer.headers().firstValue("x-answer")).contains("yes");
    assertThat(received).containsExactly("POST /hook?a=%20b s body ü");
    var exchange = told.getFirst();
    assertThat(exchange.at()).isEqualTo(Bench.START);
    assertThat(exchange.url()).isEqualTo(URI.create(receiver()));
    assertThat(exchange.headers()).containsKey("x-sign").doesNotContainKey("x-carillon-egress-url");
    assertThat(exchange.outcome())
        .isInstanceOfSatisfying(
            Outcome.Answered.class,
            answered -> {
              assertThat(answered.status()).isEqualTo(302);
              assertThat(answered.faulted()).isFalse();
            });
  }

  @Test
  void a_204_that_announces_a_body_is_an_answer_without_one() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (var socket = server.accept()) {
                  socket.getInputStream().read();
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nhi"
                              .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      var answer = post("http://127.0.0.1:" + server.getLocalPort() + "/");
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void headers_are_forwarded_in_utf_8_and_shown_as_text() throws Exception {
    var bytes = "O'Brien & \"Söhne\" 🚢".getBytes(StandardCharsets.UTF_8);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), egress.endpoint().getPort())) {
      var request = new ByteArrayOutputStream();
      request.writeBytes(
          ("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-carillon-egress-url: "
                  + receiver()
                  + "\r\nx-sign: ")
              .getBytes(StandardCharsets.UTF_8));
      request.writeBytes(bytes);
      request.writeBytes("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(request.toByteArray());
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
    // The receiver reads each byte as one character.
    assertThat(received)
        .containsExactly(
            "GET /hook?a=%20b " + new String(bytes, StandardCharsets.ISO_8859_1) + " ");
    assertThat(told.getFirst().headers())
        .containsEntry("x-sign", List.of("O'Brien & \"Söhne\" 🚢"));
  }

  @Test
  void an_answer_that_invites_to_come_again_at_once_is_passed_on() throws Exception {
    receiver.createContext(
        "/busy",
        exchange -> {
          try (exchange) {
            received.add("busy");
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(503, -1);
          }
        });
    assertThat(post(receiver().replace("/hook", "/busy")).statusCode()).isEqualTo(503);
    assertThat(received).containsExactly("busy");
  }

  @Test
  void the_sink_answers_by_itself() throws Exception {
    var answer = post("http://localhost:1/_local/sink/orders");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(told).hasSize(1);
  }

  @Test
  void a_status_never_reaches_the_receiver() throws Exception {
    faults.add("webhook", "status:503", 1);
    assertThat(post(receiver()).statusCode()).isEqualTo(503);
    faults.add("webhook", "throttle", 1);
    assertThat(post(receiver()).statusCode()).isEqualTo(429);
    assertThat(received).isEmpty();
    assertThat(told).hasSize(2);
  }

  @Test
  void a_lost_response_has_reached_the_receiver() {
    faults.add("webhook", "lost-response", 1);
    assertThatThrownBy(() -> post(receiver())).isInstanceOf(IOException.class);
    assertThat(received).hasSize(1);
    assertThat(told.getFirst().outcome()).isInstanceOf(Outcome.AnswerLost.class);
  }

  @Test
  void a_timeout_reaches_nobody() throws Exception {
    faults.add("webhook", "timeout", 1);
    var answer = client.sendAsync(request(receiver()), HttpResponse.BodyHandlers.discarding());
    assertThat(heard.take().outcome()).isEqualTo(new Outcome.Failed("timeout"));
    assertThat(received).isEmpty();
    assertThat(answer).isNotDone();
    answer.cancel(true);
  }

  @Test
  void a_receiver_that_is_not_there_is_a_failed_call() {
    assertThatThrownBy(() -> post("http://127.0.0.1:1/")).isInstanceOf(IOException.class);
    assertThat(told.getFirst().outcome()).isInstanceOf(Outcome.Failed.class);
  }
}
