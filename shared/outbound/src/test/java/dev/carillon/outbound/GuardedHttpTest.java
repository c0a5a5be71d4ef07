package dev.carillon.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.outbound.OutboundResult.Answered;
import dev.carillon.outbound.OutboundResult.Broken;
import dev.carillon.outbound.OutboundResult.End;
import dev.carillon.outbound.OutboundResult.NotReached;
import dev.carillon.outbound.OutboundResult.Obstacle;
import dev.carillon.outbound.OutboundResult.Reason;
import dev.carillon.outbound.OutboundResult.Refused;
import dev.carillon.outbound.OutboundResult.TimedOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GuardedHttpTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Bounds BOUNDS =
      new Bounds(Duration.ofSeconds(20), Duration.ofSeconds(30), 1_000, 10_000);

  /** Where something happens before the deadline: enough for that on a machine that is loaded. */
  private static final Bounds SHORT =
      new Bounds(Duration.ofSeconds(1), Duration.ofSeconds(1), 1_000, 10_000);

  /** Where nothing does. */
  private static final Bounds NO_TIME =
      new Bounds(Duration.ofMillis(200), Duration.ofMillis(200), 1_000, 10_000);

  private final List<String> lookUps = new ArrayList<>();

  /** So that no test's deadline passes while classes are loaded. */
  @BeforeAll
  static void load() {
    try (var server = LoopbackServer.answering(OK)) {
      var http =
          new GuardedHttp(
              BOUNDS,
              Set.of(server.host()),
              Optional.empty(),
              _ -> List.of(InetAddress.ofLiteral("127.0.0.1")));
      http.send(post("http://" + server.host() + "/"));
    }
  }

  @Test
  void a_request_arrives_as_it_was_given_and_the_answer_comes_back() {
    try (var server =
        LoopbackServer.answering(
            "HTTP/1.1 202 Accepted\r\n"
                + "Content-Length: 3\r\n"
                + "X-A: 1\r\n"
                + "X-A: 2\r\n"
                + "Set-Cookie: a=b\r\n\r\n"
                + "{ö")) {
      var headers = new LinkedHashMap<String, String>();
      headers.put("Content-Type", "application/json");
      headers.put("X-Name", "O'Brien & \"Söhne\" 👍");
      var outcome =
          client(server)
              .send(
                  new OutboundRequest(
                      "POST",
                      url(server, "/a%2Fb?q=1"),
                      headers,
                      "{\"é\":1}".getBytes(StandardCharsets.UTF_8)));
      var answered = (Answered) outcome;
      assertThat(answered.status()).isEqualTo(202);
      assertThat(answered.headers().get("x-a")).containsExactly("1", "2");
      assertThat(answered.header("X-A")).contains("1");
      assertThat(new String(answered.body(), StandardCharsets.UTF_8)).isEqualTo("{ö");
      assertThat(answered.truncated()).isFalse();
      assertThat(server.requests())
          .singleElement()
          .asString()
          .startsWith("POST /a%2Fb?q=1 HTTP/1.1\r\n")
          .contains("Host: hook.example:" + server.port() + "\r\n")
          .contains("X-Name: O'Brien & \"Söhne\" 👍\r\n")
          .contains("Content-Type: application/json\r\n")
          .contains("Accept-Encoding: identity\r\n")
          .endsWith("\r\n\r\n{\"é\":1}");
      client(server).send(get(url(server, "/")));
      assertThat(server.requests().getLast()).doesNotContainIgnoringCase("cookie");
    }
  }

  @Test
  void every_method_sends_one_request() {
    try (var server = LoopbackServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      for (var method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")) {
        assertThat(
                client(server)
                    .send(new OutboundRequest(method, url(server, "/"), Map.of(), new byte[0])))
            .isInstanceOfSatisfying(Answered.class, it -> assertThat(it.status()).isEqualTo(204));
      }
      assertThat(server.requests()).hasSize(6);
    }
  }

  @Test
  void a_connection_closed_without_an_answer_is_one_request_even_after_a_good_one() {
    try (var server =
        new LoopbackServer(
            (number, out) -> {
              if (number == 2) {
                return false;
              }
              out.write(
                  OK.replace("OK", "OK\r\nConnection: keep-alive")
                      .getBytes(StandardCharsets.UTF_8));
              return true;
            })) {
      var client = client(server);
      assertThat(client.send(post(url(server, "/")))).isInstanceOf(Answered.class);
      assertThat(client.send(post(url(server, "/")))).isEqualTo(new Broken());
      assertThat(server.requests()).hasSize(2);
      assertThat(client.send(get(url(server, "/")))).isInstanceOf(Answered.class);
      assertThat(server.requests()).hasSize(3);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void no_status_makes_the_client_ask_again() {
    for (var status :
        List.of(
            "503 X\r\nRetry-After: 0",
            "408 X",
            "421 X",
            "429 X\r\nRetry-After: 0",
            "401 X\r\nWWW-Authenticate: Basic realm=\"x\"",
            "407 X\r\nProxy-Authenticate: Basic realm=\"x\"",
            "500 X")) {
      try (var server =
          LoopbackServer.answering("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")) {
        var answered = (Answered) client(server).send(post(url(server, "/")));
        assertThat(answered.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        assertThat(answered.header("retry-after").isPresent()).isEqualTo(status.contains("Retry"));
        assertThat(server.requests()).as(status).hasSize(1);
      }
    }
  }

  @Test
  void a_redirect_is_an_answer_and_not_followed() {
    try (var inner = LoopbackServer.answering(OK)) {
      for (var status : List.of(300, 301, 302, 303, 307, 308)) {
        try (var server =
            LoopbackServer.answering(
                "HTTP/1.1 "
                    + status
                    + " X\r\nLocation: http://127.0.0.1:"
                    + inner.port()
                    + "/\r\nRefresh: 0; url=http://127.0.0.1:"
                    + inner.port()
                    + "/\r\nContent-Length: 0\r\n\r\n")) {
          assertThat(client(server).send(get(url(server, "/"))))
              .isInstanceOfSatisfying(
                  Answered.class, it -> assertThat(it.status()).isEqualTo(status));
          assertThat(server.requests()).hasSize(1);
        }
      }
      assertThat(inner.connections()).isZero();
    }
  }

  @Test
  void a_server_that_says_nothing_ends_at_the_deadline() {
    try (var server = LoopbackServer.answering("")) {
      assertThat(client(server, SHORT).send(post(url(server, "/")))).isEqualTo(new TimedOut());
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void a_head_that_drips_ends_at_the_deadline() {
    try (var server = dripping("HTTP/1.1 200 OK\r\nX-Slow: ")) {
      assertThat(client(server.server(), SHORT).send(post(url(server.server(), "/"))))
          .isEqualTo(new TimedOut());
    }
  }

  @Test
  void a_body_that_drips_ends_at_the_deadline_and_the_answer_stays_known() {
    try (var server = dripping("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")) {
      var outcome = (Answered) client(server.server(), SHORT).send(post(url(server.server(), "/")));
      assertThat(outcome.status()).isEqualTo(200);
      assertThat(outcome.end()).isEqualTo(End.LATE);
      assertThat(outcome.body()).isNotEmpty();
    }
  }

  @Test
  void a_big_body_is_capped_whatever_it_claims() {
    for (var head :
        List.of("Content-Length: 1000000000\r\n", "Transfer-Encoding: chunked\r\n", "")) {
      try (var server =
          new LoopbackServer(
              (_, out) -> {
                out.write(("HTTP/1.1 200 OK\r\n" + head + "\r\n").getBytes(StandardCharsets.UTF_8));
                var block =
                    (head.startsWith("T")
                            ? "400\r\n" + "x".repeat(1024) + "\r\n"
                            : "x".repeat(1024))
                        .getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < 1_000_000; i++) {
                  out.write(block);
                }
                return false;
              })) {
        var answered = (Answered) client(server).send(get(url(server, "/")));
        assertThat(answered.body()).hasSize(10_000).containsOnly('x');
        assertThat(answered.end()).isEqualTo(End.TOO_LONG);
      }
    }
  }

  @Test
  void a_body_of_exactly_the_cap_is_whole() {
    try (var server =
        LoopbackServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n" + "x".repeat(10_000))) {
      var answered = (Answered) client(server).send(get(url(server, "/")));
      assertThat(answered.body()).hasSize(10_000);
      assertThat(answered.truncated()).isFalse();
    }
  }

  @Test
  void a_body_that_breaks_off_is_truncated() {
    try (var server =
        new LoopbackServer(
            (_, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"
                      .getBytes(StandardCharsets.UTF_8));
              return false;
            })) {
      var answered = (Answered) client(server).send(get(url(server, "/")));
      assertThat(new String(answered.body(), StandardCharsets.UTF_8)).isEqualTo("abc");
      assertThat(answered.end()).isEqualTo(End.BROKEN);
    }
  }

  @Test
  void a_status_without_a_body_is_an_answer_even_when_one_is_announced() {
    for (int status : List.of(204, 205)) {
      try (var server =
          LoopbackServer.answering(
              "HTTP/1.1 " + status + " X\r\nX-A: 1\r\nContent-Length: 2\r\n\r\n{}")) {
        var answered = (Answered) client(server).send(post(url(server, "/")));
        assertThat(answered.status()).isEqualTo(status);
        assertThat(answered.header("x-a")).contains("1");
        assertThat(answered.body()).isEmpty();
        assertThat(server.requests()).hasSize(1);
      }
    }
  }

  @Test
  void who_does_not_take_the_connection_in_time_is_not_reached_in_time() throws Exception {
    // A queue of one that is full: the system takes no further connection, and says nothing.
    try (var full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        var first = new Socket();
        var second = new Socket()) {
      first.connect(full.getLocalSocketAddress());
      second.connect(full.getLocalSocketAddress());
      var host = "hook.example:" + full.getLocalPort();
      var client = new GuardedHttp(NO_TIME, Set.of(host), Optional.empty(), this::loopback);
      assertThat(client.send(post("http://" + host + "/")))
          .isEqualTo(new NotReached(Obstacle.TIME));
    }
  }

  @Test
  void a_compressed_body_is_not_expanded() {
    var bomb = gzip(new byte[1_000_000]);
    try (var server =
        new LoopbackServer(
            (_, out) -> {
              out.write(
                  ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                          + bomb.length
                          + "\r\n\r\n")
                      .getBytes(StandardCharsets.UTF_8));
              out.write(bomb);
              return true;
            })) {
      assertThat(((Answered) client(server).send(get(url(server, "/")))).body()).isEqualTo(bomb);
    }
  }

  @Test
  void what_is_not_http_is_broken() {
    for (var response :
        List.of(
            "SSH-2.0-x\r\n\r\n",
            "HTTP/1.1 abc\r\n\r\n",
            "\r\n\r\n",
            "HTTP/1.1 200 OK\r\n" + "X: " + "y".repeat(400_000))) {
      try (var server =
          new LoopbackServer(
              (_, out) -> {
                out.write(response.getBytes(StandardCharsets.UTF_8));
                return false;
              })) {
        assertThat(client(server).send(post(url(server, "/")))).isEqualTo(new Broken());
        assertThat(server.requests()).hasSize(1);
      }
    }
  }

  @Test
  void a_closed_port_is_not_reached_and_neither_is_who_never_answers_tls() {
    int port;
    try (var server = LoopbackServer.answering(OK)) {
      port = server.port();
      var outcome = client(server, NO_TIME).send(post("https://hook.example:" + port + "/"));
      assertThat(outcome).isEqualTo(new NotReached(Obstacle.TIME));
      assertThat(server.requests()).isEmpty();
    }
    var client =
        new GuardedHttp(BOUNDS, Set.of("hook.example:" + port), Optional.empty(), this::loopback);
    assertThat(client.send(post("http://hook.example:" + port + "/")))
        .isEqualTo(new NotReached(Obstacle.CONNECTION));
  }

  @Test
  void a_name_without_addresses_is_not_reached() {
    Resolve none =
        host -> {
          throw new UnknownHostException(host);
        };
    for (var resolve : List.<Resolve>of(none, _ -> List.of())) {
      var client = new GuardedHttp(BOUNDS, Set.of(), Optional.empty(), resolve);
      assertThat(client.send(get("http://hook.example/"))).isEqualTo(new NotReached(Obstacle.NAME));
    }
  }

  @Test
  void a_look_up_that_hangs_ends_at_the_deadline() {
    var never = new CountDownLatch(1);
    Resolve stuck =
        _ -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return List.of();
        };
    var client = new GuardedHttp(NO_TIME, Set.of(), Optional.empty(), stuck);
    assertThat(client.send(get("http://hook.example/"))).isEqualTo(new NotReached(Obstacle.TIME));
    never.countDown();
  }

  @Test
  void the_next_address_is_tried_when_one_cannot_be_reached() {
    try (var server = LoopbackServer.answering(OK)) {
      var client =
          new GuardedHttp(
              BOUNDS,
              Set.of("hook.example:" + server.port()),
              Optional.empty(),
              _ -> List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1")));
      assertThat(client.send(post(url(server, "/")))).isInstanceOf(Answered.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void a_private_address_is_refused_by_whatever_way_it_comes() {
    try (var server = LoopbackServer.answering(OK)) {
      for (var host :
          List.of(
              "127.0.0.1",
              "127.1",
              "127.0.1",
              "2130706433",
              "0x7f000001",
              "0x7f.0.0.1",
              "0177.0.0.1",
              "017700000001",
              "127.0.0.01",
              "localhost",
              "LOCALHOST",
              "localhost.",
              "0.0.0.0",
              "0",
              "[::1]",
              "[::]",
              "[::127.0.0.1]",
              "[::ffff:127.0.0.1]",
              "[::ffff:7f00:1]",
              "[0:0:0:0:0:0:0:1]",
              "[64:ff9b::7f00:1]",
              "[2002:7f00:1::]",
              "[fe80::1]",
              "[fd00:ec2::254]",
              "１２７.０.０.１",
              "127。0。0。1",
              "①②⑦.⓪.⓪.①",
              "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
              "169.254.169.254",
              "10.0.0.1",
              "user@127.0.0.1",
              "example.com@127.0.0.1",
              "127.0.0.1#@example.com",
              "127.0.0.1\\@example.com",
              "%31%32%37.0.0.1",
              "127.127.127.127")) {
        var client = new GuardedHttp(BOUNDS, Set.of(), Optional.empty(), Resolve.SYSTEM);
        assertThat(client.send(post("http://" + host + ":" + server.port() + "/")))
            .as(host)
            .isInstanceOf(Refused.class);
      }
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void one_private_address_among_public_ones_refuses_the_name() {
    for (var address :
        List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "100.64.0.1")) {
      var client =
          new GuardedHttp(
              BOUNDS,
              Set.of(),
              Optional.empty(),
              _ -> List.of(InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral(address)));
      assertThat(client.send(get("http://rebind.example/"))).isEqualTo(new Refused(Reason.ADDRESS));
    }
  }

  @Test
  void a_name_is_looked_up_once_and_its_answer_is_what_is_connected_to() {
    try (var server = LoopbackServer.answering(OK)) {
      var client = client(server);
      assertThat(client.send(get(url(server, "/")))).isInstanceOf(Answered.class);
      assertThat(lookUps).containsExactly("hook.example");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void a_name_that_changes_its_address_is_judged_anew_each_time_and_never_between() {
    try (var gateway = LoopbackServer.answering(OK)) {
      Resolve rebinding =
          host -> {
            lookUps.add(host);
            return List.of(
                InetAddress.ofLiteral(lookUps.size() == 1 ? "93.184.216.34" : "127.0.0.1"));
          };
      // The gateway stands in for the public address, so that no test leaves the machine.
      var client =
          new GuardedHttp(
              BOUNDS, Set.of(), Optional.of("http://127.0.0.1:" + gateway.port()), rebinding);
      assertThat(client.send(post("http://rebind.example/"))).isInstanceOf(Answered.class);
      assertThat(lookUps).hasSize(1);
      assertThat(client.send(post("http://rebind.example/")))
          .isEqualTo(new Refused(Reason.ADDRESS));
      assertThat(lookUps).hasSize(2);
      assertThat(gateway.requests()).hasSize(1);
    }
  }

  @Test
  void an_allowed_host_is_one_host_at_one_port() {
    try (var server = LoopbackServer.answering(OK)) {
      var client =
          new GuardedHttp(
              BOUNDS,
              GuardedHttp.hosts(" 127.0.0.1:" + server.port() + ",x:1, "),
              Optional.empty(),
              this::loopback);
      assertThat(client.send(get("http://127.0.0.1:" + server.port() + "/")))
          .isInstanceOf(Answered.class);
      for (var url :
          List.of(
              "http://127.0.0.1/",
              "http://127.0.0.1:" + (server.port() - 1) + "/",
              url(server, "/"),
              "http://127.0.0.2:" + server.port() + "/")) {
        assertThat(client.send(get(url))).isEqualTo(new Refused(Reason.ADDRESS));
      }
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(GuardedHttp.hosts("")).isEmpty();
  }

  @Test
  void headers_that_would_change_the_message_are_refused() {
    try (var server = LoopbackServer.answering(OK)) {
      for (var header :
          List.of(
              "X: a\r\nY: b",
              "X: a\nb",
              "X: a\rb",
              "X: a\u0000",
              "X: a\u0085",
              "X: \ud800",
              "X\r\nY: a",
              "X Y: a",
              ": a",
              "Ä: a",
              "Host: internal",
              "content-length: 0",
              "Transfer-Encoding: chunked",
              "Connection: keep-alive",
              "Expect: 100-continue",
              "Proxy-Authorization: x",
              "X-Carillon-Egress-Url: http://x/",
              "Accept-Encoding: gzip",
              "X: " + "y".repeat(10_000))) {
        var at = header.indexOf(": ");
        var request =
            new OutboundRequest(
                "POST",
                url(server, "/"),
                Map.of(header.substring(0, at), header.substring(at + 2)),
                new byte[0]);
        assertThat(client(server).send(request)).as(header).isEqualTo(new Refused(Reason.HEADER));
      }
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void a_request_that_is_too_large_or_makes_no_sense_is_not_sent() {
    try (var server = LoopbackServer.answering(OK)) {
      var client = client(server);
      assertThat(
              client.send(new OutboundRequest("POST", url(server, "/"), Map.of(), new byte[1_001])))
          .isEqualTo(new Refused(Reason.TOO_LARGE));
      assertThat(
              client.send(new OutboundRequest("POST", url(server, "/"), Map.of(), new byte[1_000])))
          .isInstanceOf(Answered.class);
      assertThat(client.send(new OutboundRequest("GET", url(server, "/"), Map.of(), new byte[1])))
          .isEqualTo(new Refused(Reason.METHOD));
      for (var method : List.of("TRACE", "CONNECT", "get", "", "POST /x", "OPTIONS")) {
        assertThat(
                client.send(new OutboundRequest(method, url(server, "/"), Map.of(), new byte[0])))
            .isEqualTo(new Refused(Reason.METHOD));
      }
      assertThat(client.send(get("hook.example"))).isEqualTo(new Refused(Reason.URL));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void an_egress_gateway_gets_what_passed_the_checks_and_the_true_url() {
    try (var gateway = LoopbackServer.answering(OK)) {
      var client =
          new GuardedHttp(
              BOUNDS,
              Set.of(),
              Optional.of("http://127.0.0.1:" + gateway.port() + "/_egress"),
              host ->
                  List.of(
                      InetAddress.ofLiteral(
                          host.equals("public.example") ? "93.184.216.34" : "10.0.0.1")));
      assertThat(client.send(post("https://public.example/a?b=ö"))).isInstanceOf(Answered.class);
      assertThat(client.send(post("https://private.example/")))
          .isEqualTo(new Refused(Reason.ADDRESS));
      assertThat(gateway.requests())
          .singleElement()
          .asString()
          .startsWith("POST /_egress HTTP/1.1\r\n")
          .contains("x-carillon-egress-url: https://public.example/a?b=%C3%B6\r\n")
          .endsWith("{}");
    }
  }

  @Test
  void a_gateway_that_is_told_what_a_request_is_for_may_answer_for_a_name_nobody_knows() {
    try (var gateway = LoopbackServer.answering(OK)) {
      var client =
          new GuardedHttp(
              BOUNDS,
              Set.of(),
              Optional.of("http://127.0.0.1:" + gateway.port() + "/"),
              host -> {
                if (host.equals("127.0.0.1")) {
                  return List.of(InetAddress.ofLiteral(host));
                }
                throw new UnknownHostException(host);
              });
      var request = post("https://api.provider.example/send");
      assertThat(client.send(request, Optional.empty(), Map.of("provider", "sms_x")))
          .isInstanceOf(Answered.class);
      assertThat(client.send(request, Optional.empty(), Map.of()))
          .isEqualTo(new NotReached(Obstacle.NAME));
      assertThat(gateway.requests())
          .singleElement()
          .asString()
          .contains("x-carillon-egress-provider: sms_x\r\n");
    }
  }

  @Test
  void no_caller_can_put_words_to_the_gateway_in_its_own_headers() {
    var client = new GuardedHttp(BOUNDS, Set.of(), Optional.empty(), Resolve.SYSTEM);
    var request =
        new OutboundRequest(
            "GET",
            "https://a.example/",
            Map.of("X-Carillon-Egress-Provider", "sms_x"),
            new byte[0]);
    assertThat(client.send(request)).isEqualTo(new Refused(Reason.HEADER));
  }

  private record Dripping(LoopbackServer server) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }

  private static Dripping dripping(String start) {
    var server = new LoopbackServer[1];
    server[0] =
        new LoopbackServer(
            (_, out) -> {
              out.write(start.getBytes(StandardCharsets.UTF_8));
              do {
                out.write('x');
                out.flush();
              } while (server[0].pause());
              return false;
            });
    return new Dripping(server[0]);
  }

  private GuardedHttp client(LoopbackServer server) {
    return client(server, BOUNDS);
  }

  private GuardedHttp client(LoopbackServer server, Bounds bounds) {
    return new GuardedHttp(
        bounds, Set.of("hook.example:" + server.port()), Optional.empty(), this::loopback);
  }

  private List<InetAddress> loopback(String host) {
    lookUps.add(host);
    return List.of(InetAddress.ofLiteral("127.0.0.1"));
  }

  private static String url(LoopbackServer server, String path) {
    return "http://hook.example:" + server.port() + path;
  }

  private static OutboundRequest get(String url) {
    return new OutboundRequest("GET", url, Map.of(), new byte[0]);
  }

  private static OutboundRequest post(String url) {
    return new OutboundRequest("POST", url, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
