package dev.carillon.functions.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Environment;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.link.KeyRing;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.tracking.link.LinkTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The function as it is deployed, over an AWS that counts. */
class OneCallTest {
  private static final String URL = "https://acme.example/orders/7";
  private static final Json.Obj RING =
      Json.object()
          .with("current", Json.of(1))
          .with("keys", Json.object().with("1", Base64.getEncoder().encodeToString(new byte[32])));

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer aws;

  @BeforeEach
  void start() throws IOException {
    aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    aws.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            asked.add(target);
            byte[] answer =
                JsonText.bytes(answer(target, exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    aws.start();
  }

  @AfterEach
  void stop() {
    aws.stop(0);
  }

  private static Json.Obj answer(String target, byte[] body) {
    return switch (target.substring(target.indexOf('.') + 1)) {
      case "GetSecretValue" -> Json.object().with("SecretString", JsonText.write(RING));
      case "SendMessage" ->
          Json.object()
              .with("MessageId", "1")
              .with(
                  "MD5OfMessageBody",
                  md5(((Json.Obj) JsonText.parse(body)).text("MessageBody").orElseThrow()));
      case "GetItem" -> Json.object();
      default -> throw new IllegalArgumentException(target);
    };
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private TrackingHandler handler() {
    return new TrackingHandler(
        new Environment(
            Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + aws.getAddress().getPort(),
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "TABLE_NAME", "carillon",
                "ENGAGE_QUEUE_URL", "http://127.0.0.1:" + aws.getAddress().getPort() + "/queue",
                "SECRET_PREFIX", "carillon/"),
            InstantSource.system()));
  }

  private static Tracker.Answered get(TrackingHandler handler, String path) {
    return Tracker.answered(
        handler, Tracker.event("r", "GET", path, "", Map.of("user-agent", Tracker.SAFARI)));
  }

  @Test
  void a_standard_link_is_answered_after_one_request_to_the_queue_and_nothing_else() {
    String token =
        new LinkTokens(KeyRing.read(RING))
            .seal(
                new TrackedLink(
                    Tracker.ENVIRONMENT,
                    Tracker.MESSAGE,
                    TrackedLink.Kind.LINK,
                    0,
                    new LinkTarget(URL)));
    var handler = handler();
    assertThat(get(handler, "/l/" + token).header("location")).contains(URL);
    assertThat(asked).as("a cold start reads the keys").hasSize(2);
    asked.clear();
    for (int i = 0; i < 3; i++) {
      assertThat(get(handler, "/l/" + token).header("location")).contains(URL);
    }
    assertThat(asked)
        .containsExactly("AmazonSQS.SendMessage", "AmazonSQS.SendMessage", "AmazonSQS.SendMessage");
  }

  @Test
  void a_short_link_costs_one_read_of_the_table() {
    assertThat(get(handler(), "/0123456789").status()).isEqualTo(404);
    assertThat(asked).containsExactly("DynamoDB_20120810.GetItem");
  }

  @Test
  void what_is_no_link_costs_nothing_once_the_keys_are_known() {
    var handler = handler();
    get(handler, "/l/AQ" + "A".repeat(80));
    asked.clear();
    assertThat(get(handler, "/l/AQ" + "A".repeat(80)).status()).isEqualTo(404);
    assertThat(get(handler, "/favicon.ico").status()).isEqualTo(404);
    assertThat(asked).isEmpty();
  }
}
