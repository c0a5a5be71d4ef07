package dev.carillon.local.front;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.local.dynamo.DynamoProtocol;
import dev.carillon.local.engine.Hooks;
import dev.carillon.local.faults.Fault;
import dev.carillon.local.faults.Faults;
import dev.carillon.local.scheduler.SchedulerProtocol;
import dev.carillon.local.secrets.SecretsProtocol;
import dev.carillon.local.ses.SesProtocol;
import dev.carillon.local.sqs.SqsProtocol;
import dev.carillon.local.stats.Stats;
import dev.carillon.local.wire.Answer;
import dev.carillon.local.wire.Refusal;
import dev.carillon.local.wire.Request;
import dev.carillon.local.wire.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The one address that all AWS traffic goes to. It knows the service from what the call was signed
 * for and the caller from the access key it was signed with; signatures themselves are not checked.
 * Calls are counted before they meet a fault: the count is what the service saw.
 */
public final class Front implements AutoCloseable {
  /** A thousand runs due at once connect at once; what does not fit in here is reset. */
  private static final int BACKLOG = 1_024;

  // Longer than any client waits for an answer that will not come.
  private static final long SILENCE_MINUTES = 15;

  /** The services behind the front. */
  public record Services(
      DynamoProtocol dynamo,
      SqsProtocol sqs,
      SchedulerProtocol scheduler,
      SesProtocol ses,
      SecretsProtocol secrets,
      LambdaProtocol lambda) {}

  private record Call(Service service, String operation, String caller, Request request) {
    String name() {
      return service.signingName() + ":" + operation;
    }
  }

  private final Services services;
  private final Faults faults;
  private final Stats stats;
  private final Hooks hooks;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);

  private Front(Services services, Faults faults, Stats stats, Hooks hooks, HttpServer server) {
    this.services = services;
    this.faults = faults;
    this.stats = stats;
    this.hooks = hooks;
    this.server = server;
  }

  /** Starts to answer on a free port of the loopback interface. */
  public static Front start(Services services, Faults faults, Stats stats, Hooks hooks) {
    try {
      // Without it each answer waits for the acknowledgement of the one before: 40 ms a call.
      System.setProperty("sun.net.httpserver.nodelay", "true");
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      var front = new Front(services, faults, stats, hooks, server);
      server.setExecutor(front.threads);
      server.createContext("/", front::handle);
      server.start();
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = request(exchange);
      var scope = Scope.of(request);
      var service = scope.flatMap(one -> Service.signing(one.service()));
      if (service.isEmpty()) {
        respond(exchange, unsigned(scope));
        return;
      }
      var caller = hooks.functionOf(scope.orElseThrow().accessKey());
      var call = new Call(service.get(), operation(service.get(), request), caller, request);
      stats.called(caller, call.name());
      var fault = faults.take(target(call.service()));
      if (fault.isPresent()) {
        fail(exchange, call, fault.get());
      } else {
        respond(exchange, answer(call));
      }
    }
  }

  private static Answer unsigned(Optional<Scope> scope) {
    return scope.isEmpty()
        ? Service.SQS.problem(403, "MissingAuthenticationToken", "The call is not signed.")
        : Service.SQS.problem(
            501, "NotImplemented", "The local stack has no service " + scope.get().service() + ".");
  }

  private void fail(HttpExchange exchange, Call call, Fault fault) throws IOException {
    switch (fault) {
      case Fault.Status(var code) -> respond(exchange, call.service().problem(code));
      case Fault.Throttle() -> respond(exchange, call.service().throttled());
      case Fault.Timeout() -> silence();
      // Leaving without an answer closes the connection.
      case Fault.LostResponse() -> answer(call);
    }
  }

  private void silence() {
    try {
      closing.await(SILENCE_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String target(Service service) {
    return service.signingName();
  }

  private static String operation(Service service, Request request) {
    return switch (service) {
      case DYNAMODB, SQS, SECRETS -> request.targetOperation().orElse("Unknown");
      case SCHEDULER -> SchedulerProtocol.operation(request);
      case SES -> SesProtocol.operation(request);
      case LAMBDA -> LambdaProtocol.operation(request);
    };
  }

  private Answer answer(Call call) {
    try {
      return switch (call.service()) {
        case DYNAMODB -> {
          var billed = services.dynamo().answer(call.operation(), call.request());
          stats.consumed(call.caller(), call.name(), billed.units());
          yield billed.answer();
        }
        case SQS -> services.sqs().answer(call.operation(), call.request());
        case SCHEDULER -> services.scheduler().answer(call.request());
        case SES -> services.ses().answer(call.request());
        case SECRETS -> services.secrets().answer(call.operation(), call.request());
        case LAMBDA -> services.lambda().answer(call.request());
      };
    } catch (Refusal refusal) {
      return call.service().problem(refusal);
    } catch (RuntimeException e) {
      // An engine's own fault: said where somebody developing will look, and a 500 to the caller.
      System.err.println(call.name() + " failed: " + e);
      return call.service().problem(500);
    }
  }

  private static Request request(HttpExchange exchange) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    var uri = exchange.getRequestURI();
    return new Request(
        exchange.getRequestMethod(),
        Optional.ofNullable(uri.getRawPath()).orElse("/"),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  private static void respond(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  /** Stops answering; whoever waits in a timeout fault is let go. Calling it twice is safe. */
  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdown();
  }
}
