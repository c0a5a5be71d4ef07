package dev.carillon.functions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From a task to the record of its attempt, over a socket whose other side fails in ways of its
 * own: counted there, one request begins; counted here, one attempt is on record, which says why.
 * That nobody answers is {@link ProviderExchangeTest}'s.
 */
class RecordedAttemptTest {
  /** Never used up: each of them ends by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What the other side does once it has the request's head. */
  enum Fault {
    RESET_BEFORE_THE_BODY(null),
    CLOSED_AFTER_THE_BODY(null),
    CLOSED_AMID_THE_STATUS("HTTP/1.1 20"),
    CLOSED_AMID_THE_HEADERS("HTTP/1.1 200 OK\r\ncontent-len"),
    CLOSED_AMID_THE_BODY("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"id\": \"a"),
    CLOSED_AMID_A_CHUNK("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40\r\n{\"id\": \"a"),
    NO_HTTP("SSH-2.0-OpenSSH_9.6\r\n"),
    A_STATUS_THAT_IS_NONE("HTTP/1.1 XYZ OK\r\ncontent-length: 0\r\n\r\n"),
    HTML("HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n<html>OK</html>"),
    AN_OPEN_OBJECT("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"id\": \"a");

    private final Optional<String> answer;

    Fault(String answer) {
      this.answer = Optional.ofNullable(answer);
    }

    /** Whether it may have been read as a success. */
    boolean answersSuccess() {
      return this == HTML
          || this == AN_OPEN_OBJECT
          || this == CLOSED_AMID_THE_BODY
          || this == CLOSED_AMID_A_CHUNK;
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of("email_postmark", "email_mailjet", "sms_twilio", "chat_slack", "push_expo")
        .flatMap(key -> Stream.of(Fault.values()).map(fault -> Arguments.of(key, fault)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("faults")
  void one_request_is_one_attempt_on_record(String key, Fault fault) {
    try (var server = new Rude(fault, "")) {
      Message message = sent(key, server);

      assertThat(server.heads()).as("requests begun").isEqualTo(1);
      assertThat(message.attempts()).hasSize(1);
      Result result = message.attempts().getFirst().result();
      if (result instanceof Result.Accepted) {
        assertThat(fault.answersSuccess()).as("taken for a success").isTrue();
        assertThat(message.status()).isEqualTo(DeliveryStatus.SENT);
      } else {
        assertThat(why(result)).isNotBlank();
        assertThat(
                message
                    .events()
                    .getLast()
                    .data()
                    .text("reason")
                    .or(() -> message.events().getLast().data().text("failure_details")))
            .hasValueSatisfying(reason -> assertThat(reason).isNotBlank());
      }
      if (!fault.answersSuccess()) {
        assertThat(result).as("it may have been taken").isInstanceOf(Result.Ambiguous.class);
        assertThat(message.status()).isEqualTo(DeliveryStatus.DELIVERY_ATTEMPTED);
      }
    }
  }

  /** Each row: who answers 200, with what, and what becomes of the message. */
  @ParameterizedTest(name = "{0} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          chat_slack | {"ok": false, "error": "channel_not_found"} | bounced
          chat_slack | {"ok": false, "error": "internal_error"} | delivery_attempted
          chat_slack | {"ok": false} | undelivered
          push_expo | {"data": {"status": "error", "message": "gone", "details": {"error": "DeviceNotRegistered"}}} | bounced
          push_expo | {"errors": [{"code": "INTERNAL_SERVER_ERROR", "message": "no"}]} | delivery_attempted
          sms_vonage | {"message-count": "1", "messages": [{"status": "7", "error-text": "Number barred"}]} | bounced
          sms_vonage | {"message-count": "1", "messages": [{"status": "1", "error-text": "Throttled"}]} | delivery_attempted
          sms_africas_talking | {"SMSMessageData": {"Message": "Sent to 0/1", "Recipients": [{"statusCode": 403, "number": "+15005550006", "status": "InvalidPhoneNumber"}]}} | bounced
          email_mandrill | [{"email": "ellie@example.com", "status": "rejected", "reject_reason": "hard-bounce"}] | bounced
          email_mandrill | [{"email": "ellie@example.com"}] | delivery_attempted
          email_mailjet | {"Messages": [{"Status": "error", "Errors": [{"ErrorCode": "mj-0013", "StatusCode": 400, "ErrorMessage": "not an address", "ErrorRelatedTo": ["To[0].Email"]}]}]} | bounced
          email_mailgun | Mailgun Magnificent API | undelivered
          email_sparkpost | {"results": {"total_rejected_recipients": 1, "total_accepted_recipients": 0, "id": "1"}} | bounced
          email_mailersend | {"message": "There are some warnings for your request.", "warnings": [{"type": "ALL_SUPPRESSED", "recipients": [{"email": "ellie@example.com"}]}]} | bounced
          sms_plivo | {"message": "message(s) queued", "message_uuid": [], "invalid_number": ["15005550006"]} | bounced
          push_one_signal | {"id": "", "errors": ["All included players are not subscribed"]} | bounced
          """)
  void a_success_that_says_otherwise_is_none(String key, String body, String status) {
    try (var server = new Rude(Fault.HTML, body)) {
      Message message = sent(key, server);
      assertThat(server.heads()).isEqualTo(1);
      assertThat(message.attempts()).hasSize(1);
      assertThat(why(message.attempts().getFirst().result())).isNotBlank();
      assertThat(message.status().wireName()).isEqualTo(status);
    }
  }

  private static String why(Result result) {
    return switch (result) {
      case Result.Deferred(_, var reason, _) -> reason;
      case Result.Ambiguous(var reason, _) -> reason;
      case Result.Refused(_, var reason) -> reason;
      case Result.Accepted _, Result.Claimed _ ->
          throw new AssertionError("Not a failure: " + result);
    };
  }

  private static Message sent(String key, Rude server) {
    Provider<?> provider = Providers.named(key).orElseThrow();
    var ports = InMemoryPorts.at(new MutableClock(DeliveryFixture.START));
    ports.channels().put(DeliveryFixture.LOCAL, ProviderExchangeTest.channel(provider));
    ports
        .messages()
        .create(
            DeliveryFixture.message(provider.type(), DeliveryStatus.QUEUED, Optional.empty()),
            ProviderExchangeTest.content(provider));
    DeliveryWiring.deliverMessage(
            ports, ProviderExchangeTest.sender(server.host(), provider, PATIENCE))
        .handle(DeliveryFixture.task(1));
    return ports.messages().find(DeliveryFixture.LOCAL, DeliveryFixture.ID).orElseThrow();
  }

  /** A server that does its own to each request. */
  private static final class Rude implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");

    private final ServerSocket socket;
    private final Fault fault;
    private final String body;
    private final AtomicInteger heads = new AtomicInteger();

    /**
     * @param body of a success; where it is empty, the fault's answer
     */
    Rude(Fault fault, String body) {
      this.fault = fault;
      this.body = body;
      try {
        socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Thread.startVirtualThread(this::accept);
    }

    String host() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    int heads() {
      return heads.get();
    }

    private void accept() {
      while (!socket.isClosed()) {
        try {
          Socket connection = socket.accept();
          Thread.startVirtualThread(() -> serve(connection));
        } catch (IOException _) {
          return;
        }
      }
    }

    private void serve(Socket connection) {
      try (connection) {
        InputStream in = connection.getInputStream();
        String head = head(in);
        if (head.isEmpty()) {
          return;
        }
        heads.incrementAndGet();
        if (fault == Fault.RESET_BEFORE_THE_BODY) {
          connection.setSoLinger(true, 0);
          return;
        }
        var length = LENGTH.matcher(head);
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        String answer =
            body.isEmpty()
                ? fault.answer.orElse("")
                : "HTTP/1.1 200 OK\r\ncontent-length: "
                    + body.getBytes(StandardCharsets.UTF_8).length
                    + "\r\n\r\n"
                    + body;
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      } catch (IOException _) { // the client went away
      }
    }

    private static String head(InputStream in) throws IOException {
      var head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return "";
        }
        head.write(next);
      }
      return head.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
