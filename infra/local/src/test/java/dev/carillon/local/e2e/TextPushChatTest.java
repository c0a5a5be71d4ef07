package dev.carillon.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Text messages, push notifications and chat messages, on the stack that its user starts. */
class TextPushChatTest {
  private static final List<String> asked = new CopyOnWriteArrayList<>();
  private static final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private static HttpServer provider;
  private static RunningStack stack;

  @BeforeAll
  static void start() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + "\n"
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + "\n"
                  // Of a form; what else is sent here is JSON.
                  + (body.startsWith("{")
                      ? body
                      : URLDecoder.decode(body, StandardCharsets.UTF_8)));
          byte[] answer = "{\"sid\": \"SM17\"}".getBytes(StandardCharsets.UTF_8);
          Integer status = statuses.poll();
          exchange.sendResponseHeaders(status == null ? 201 : status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    provider.start();
    stack =
        RunningStack.start(
            "--provider",
            "sms_twilio=http://127.0.0.1:" + provider.getAddress().getPort(),
            "--provider",
            "email_aws_ses=http://127.0.0.1:" + provider.getAddress().getPort());
  }

  @BeforeEach
  void clear() throws Exception {
    asked.clear();
    stack.delete("/_local/outbox");
  }

  @AfterAll
  static void stop() {
    stack.close();
    provider.stop(0);
  }

  @Test
  void a_text_goes_to_the_provider_and_what_the_stack_stands_in_for_to_the_outbox()
      throws Exception {
    statuses.addAll(List.of(429));
    var answer =
        stack.post(
            "/v1/workflows/out-for-delivery/trigger",
            """
            {"recipients": [{"id": "ada", "name": "Ada", "phone_number": "+15005550009",
               "channel_data": {
                 "push": {"tokens": ["ExponentPushToken[ada-phone]", "ExponentPushToken[ada-pad]"]},
                 "chat": {"connections": [{"channel_id": "C042", "access_token": "xoxb-any"}]}}}],
             "data": {"order_id": "F-1042", "window": "10 to 12"}}
            """);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    stack.advance(Duration.ofMinutes(5));

    String credentials = "AC00000000000000000000000000000000:the-local-stack-takes-any";
    assertThat(asked)
        .as("one that was refused for now, and the one that was taken")
        .hasSize(2)
        .allSatisfy(
            it ->
                assertThat(it)
                    .startsWith(
                        "POST /2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json\n"
                            + "Basic "
                            + Base64.getEncoder()
                                .encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
                            + "\n")
                    .contains("To=+15005550009")
                    .contains("Body=Fable Books: order F-1042 comes today, 10 to 12."));

    List<Json.Obj> sent = stack.outbox();
    assertThat(sent)
        .extracting(it -> it.text("channel_type").orElse("") + " " + it.text("to").orElse(""))
        .containsExactlyInAnyOrder(
            "sms +15005550009",
            "push ExponentPushToken[ada-phone]",
            "push ExponentPushToken[ada-pad]",
            "chat C042");
    assertThat(sent)
        .extracting(it -> it.text("text").orElse("").strip())
        .contains(
            "Fable Books: order F-1042 comes today, 10 to 12.",
            "Order F-1042, 10 to 12",
            "Order **F-1042** for Ada is out for delivery, 10 to 12.");
    assertThat(messages("ada"))
        .hasSize(4)
        .allMatch(message -> message.text("status").filter("sent"::equals).isPresent());
    assertThat(stack.get("/_local/outbox").body())
        .contains("Your parcel comes today", "Text message", "Chat message");
  }

  @Test
  void a_report_of_the_provider_delivers_the_message_and_a_forged_one_does_not() throws Exception {
    stack.post(
        "/v1/workflows/out-for-delivery/trigger",
        """
        {"recipients": [{"id": "lin", "phone_number": "+15005550010"}], "data": {}}
        """);
    stack.advance(Duration.ofSeconds(10));
    Json.Obj message = messages("lin").getFirst();
    assertThat(message.text("status")).contains("sent");

    URI callback = URI.create(field(asked.getFirst(), "StatusCallback"));
    assertThat(callback.toString()).startsWith(stack.at("/v1/providers/callbacks/").toString());
    String report = "MessageSid=SM17&MessageStatus=delivered&To=%2B15005550010";
    assertThat(report(callback, report, signed(callback, report) + "x")).isEqualTo(401);
    assertThat(report(stack.at("/v1/providers/callbacks/AAAA"), report, "x")).isEqualTo(404);
    assertThat(messages("lin").getFirst().text("status")).contains("sent");

    assertThat(report(callback, report, signed(callback, report))).isEqualTo(200);
    assertThat(messages("lin").getFirst().text("status")).contains("delivered");
  }

  @Test
  void a_channel_that_was_just_made_works_with_what_it_leaves_to_the_standard() throws Exception {
    var working =
        Map.of(
            "email_mailgun",
                "{\"from_address\": \"hello@acme.test\", \"domain\": \"mg.acme.test\"}",
            "email_sendgrid", "{\"from_address\": \"hello@acme.test\"}",
            "sms_aws_sns", "{\"phone_number\": \"+15005550006\"}");
    for (var it : working.entrySet()) {
      String type = it.getKey().substring(0, it.getKey().indexOf('_'));
      String key = it.getKey().replace('_', '-');
      manage(
          "/v1/channels/" + key,
          "{\"channel\": {\"type\": \"%s\", \"provider\": \"%s\", \"name\": \"New\", \"settings\": %s}}"
              .formatted(type, it.getKey(), it.getValue()));
      if (type.equals("email")) {
        manage("/v1/channels/" + key + "/credentials", "{\"credentials\": {\"api_key\": \"k-1\"}}");
      }
      String to = type.equals("email") ? "ada@example.com" : "+15005550009";
      assertThat(stack.post("/v1/channels/" + key + "/test", "{\"to\": \"" + to + "\"}").body())
          .as(it.getKey())
          .contains("\"result\":\"accepted\"");
    }
  }

  @Test
  void a_mail_goes_past_the_stacks_own_ses_to_whom_is_named_in_its_place() throws Exception {
    var answer =
        stack.post(
            "/v1/workflows/password-reset/trigger",
            """
            {"recipients": [{"id": "moe", "name": "Moe", "email": "moe@example.com"}],
             "data": {"reset_url": "https://example.com/r"}}
            """);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    stack.advance(Duration.ofSeconds(10));
    assertThat(asked)
        .singleElement()
        .asString()
        .startsWith("POST /v2/email/outbound-emails\nAWS4-HMAC-SHA256 ")
        .contains("moe@example.com");
    assertThat(messages("moe").getFirst().text("status")).contains("sent");
  }

  @Test
  void a_step_on_a_channel_without_credentials_is_skipped_and_explained() throws Exception {
    String trigger =
        """
        {"recipients": [{"id": "eda", "phone_number": "+15005550011"}], "data": {}}
        """;
    String credentials = "{\"credentials\": {\"auth_token\": \"the-local-stack-takes-any\"}}";
    manage("/v1/channels/sms/credentials", "{\"credentials\": {}}");
    try {
      stack.advance(Duration.ofMinutes(1));
      stack.post("/v1/workflows/out-for-delivery/trigger", trigger);
      stack.advance(Duration.ofSeconds(10));
      assertThat(messages("eda")).isEmpty();
      assertThat(stack.get("/v1/explain?recipient=eda").body())
          .contains("the channel \\\"sms\\\" has no auth_token in this environment");
    } finally {
      manage("/v1/channels/sms/credentials", credentials);
    }
    stack.advance(Duration.ofMinutes(1));
    stack.post("/v1/workflows/out-for-delivery/trigger", trigger);
    stack.advance(Duration.ofSeconds(10));
    assertThat(messages("eda")).hasSize(1);
  }

  private static void manage(String path, String body) throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(stack.at(path + "?environment=development"))
                    .header("Authorization", "Bearer knock_st_local")
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** The URL, and each field's name and value in the order of their names. */
  private static String signed(URI callback, String report) throws Exception {
    var fields = new TreeMap<String, String>();
    for (String field : report.split("&")) {
      String[] parts = field.split("=", 2);
      fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    var text = new StringBuilder(callback.toString());
    fields.forEach((name, value) -> text.append(name).append(value));
    var mac = Mac.getInstance("HmacSHA1");
    mac.init(
        new SecretKeySpec(
            "the-local-stack-takes-any".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    return Base64.getEncoder()
        .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static int report(URI to, String form, String signature) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(to)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", signature)
                .POST(BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  /** Of the last line, a form that is decoded; its values have no ampersand but the URL's own. */
  private static String field(String request, String name) {
    String form = request.substring(request.lastIndexOf('\n') + 1);
    int start = form.indexOf(name + "=") + name.length() + 1;
    return form.substring(start);
  }

  private static List<Json.Obj> messages(String recipient) throws Exception {
    return stack.json("/v1/users/" + recipient + "/messages").list("items").stream()
        .map(Json.Obj.class::cast)
        .toList();
  }
}
