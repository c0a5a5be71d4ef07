package dev.carillon.local.endpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.local.dynamo.DynamoProtocol;
import dev.carillon.local.engine.Hooks;
import dev.carillon.local.faults.InjectedFault;
import dev.carillon.local.faults.InjectedFaults;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.iam.AccessRefused;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.scheduler.SchedulerProtocol;
import dev.carillon.local.secrets.SecretsProtocol;
import dev.carillon.local.ses.SesProtocol;
import dev.carillon.local.sqs.SqsProtocol;
import dev.carillon.local.stats.CallStatistics;
import dev.carillon.local.wire.AwsError;
import dev.carillon.local.wire.AwsRequest;
import dev.carillon.local.wire.AwsResponse;
import dev.carillon.local.wire.AwsService;
import dev.carillon.local.wire.LoopbackHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The one address that all AWS traffic goes to. It knows the service from what the call was signed
 * for and the caller from the access key it was signed with; signatures themselves are not checked.
 * Calls are counted before they meet a fault: the count is what the service saw. Each is held
 * against what the policies of the template let its caller do.
 */
public final class AwsEndpoint implements AutoCloseable {
  // Longer than any client waits for an answer that will not come.
  private static final Duration SILENCE = Duration.ofMinutes(15);

  /** The services behind the endpoint, and who may call them. */
  public record Services(
      DynamoProtocol dynamo,
      SqsProtocol sqs,
      SchedulerProtocol scheduler,
      SesProtocol ses,
      SecretsProtocol secrets,
      LambdaProtocol lambda,
      AccessControl access,
      ConnectionsProtocol connections) {}

  private record Call(AwsService service, String operation, String caller, AwsRequest request) {
    String name() {
      return service.signingName() + ":" + operation;
    }
  }

  /** What a caller gets to see of its call. */
  private sealed interface Outcome {
    record Answered(AwsResponse answer) implements Outcome {}

    /** Nothing, for as long as it waits. */
    record Silence() implements Outcome {}

    /** The connection's end. */
    record Lost() implements Outcome {}
  }

  private final Services services;
  private final InjectedFaults faults;
  private final CallStatistics stats;
  private final Hooks hooks;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);

  private AwsEndpoint(
      Services services,
      InjectedFaults faults,
      CallStatistics stats,
      Hooks hooks,
      HttpServer server) {
    this.services = services;
    this.faults = faults;
    this.stats = stats;
    this.hooks = hooks;
    this.server = server;
  }

  /** Starts to answer on a free port of the loopback interface. */
  public static AwsEndpoint start(
      Services services, InjectedFaults faults, CallStatistics stats, Hooks hooks) {
    try {
      var server = LoopbackHttp.server();
      var endpoint = new AwsEndpoint(services, faults, stats, hooks, server);
      server.setExecutor(endpoint.threads);
      server.createContext("/", endpoint::handle);
      server.start();
      return endpoint;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * A connection for a caller in this process: what is asked is carried out on its own thread,
   * without a socket, and answered as it would be over one. For another address it is an ordinary
   * one.
   */
  public HttpURLConnection open(URI uri) {
    try {
      return uri.getPort() == server.getAddress().getPort()
          ? new DirectConnection(uri, this::direct)
          : (HttpURLConnection) uri.toURL().openConnection();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AwsResponse direct(AwsRequest request, Duration patience) throws IOException {
    if (closing.getCount() == 0) {
      throw new ConnectException("The stack is stopping");
    }
    // As a round trip does: meanwhile the other tasks of an invocation come to where this one is,
    // and what they send or ask goes together.
    Thread.yield();
    return switch (outcome(request)) {
      case Outcome.Answered(var answer) -> answer;
      case Outcome.Silence() -> {
        silence(patience);
        throw new SocketTimeoutException("Read timed out");
      }
      case Outcome.Lost() -> throw new SocketException("Unexpected end of file from server");
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (outcome(request(exchange))) {
        case Outcome.Answered(var answer) -> respond(exchange, answer);
        case Outcome.Silence() -> silence(SILENCE);
        case Outcome.Lost() -> {
          // Leaving without an answer closes the connection.
        }
      }
    }
  }

  private Outcome outcome(AwsRequest request) {
    var scope = SigningCredential.of(request);
    var service = scope.flatMap(one -> AwsService.signing(one.service()));
    if (service.isEmpty()) {
      return new Outcome.Answered(unsigned(scope));
    }
    var caller = hooks.functionOf(scope.orElseThrow().accessKey());
    String operation;
    try {
      operation = operation(service.get(), request);
    } catch (AwsError error) {
      return new Outcome.Answered(service.get().problem(error));
    }
    var call = new Call(service.get(), operation, caller, request);
    stats.called(caller, service.get().signingName(), operation, request);
    return faults
        .take(target(call.service()))
        .map(fault -> failed(call, fault))
        .orElseGet(() -> new Outcome.Answered(answer(call)));
  }

  private static AwsResponse unsigned(Optional<SigningCredential> scope) {
    return scope.isEmpty()
        ? AwsService.SQS.problem(403, "MissingAuthenticationToken", "The call is not signed.")
        : AwsService.SQS.problem(
            501, "NotImplemented", "The local stack has no service " + scope.get().service() + ".");
  }

  private Outcome failed(Call call, InjectedFault fault) {
    return switch (fault) {
      case InjectedFault.Status(var code) -> new Outcome.Answered(call.service().problem(code));
      case InjectedFault.Throttle() -> new Outcome.Answered(call.service().throttled());
      case InjectedFault.Timeout() -> new Outcome.Silence();
      case InjectedFault.LostResponse() -> {
        answer(call);
        yield new Outcome.Lost();
      }
    };
  }

  private void silence(Duration atMost) {
    try {
      closing.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String target(AwsService service) {
    return service.signingName();
  }

  private static String operation(AwsService service, AwsRequest request) {
    return switch (service) {
      case DYNAMODB, SQS, SECRETS -> request.targetOperation().orElse("Unknown");
      case SCHEDULER -> SchedulerProtocol.operation(request);
      case SES -> SesProtocol.operation(request);
      case LAMBDA -> LambdaProtocol.operation(request);
      case CONNECTIONS -> ConnectionsProtocol.operation(request);
    };
  }

  private List<AccessRequest.Need> needs(Call call) {
    return switch (call.service()) {
      case DYNAMODB -> services.dynamo().needs(call.operation(), call.request());
      case SQS -> services.sqs().needs(call.operation(), call.request());
      case SCHEDULER -> services.scheduler().needs(call.request());
      case SES -> services.ses().needs(call.request());
      case SECRETS -> services.secrets().needs(call.operation(), call.request());
      case LAMBDA -> services.lambda().needs(call.request());
      case CONNECTIONS -> services.connections().needs(call.request());
    };
  }

  private AwsResponse answer(Call call) {
    try {
      services.access().require(call.caller(), needs(call));
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
        case CONNECTIONS -> services.connections().answer(call.request());
      };
    } catch (AccessRefused refusal) {
      return call.service().denied(refusal.getMessage());
    } catch (AwsError refusal) {
      return call.service().problem(refusal);
    } catch (RuntimeException e) {
      // An engine's own fault: printed to the log, and a 500 to the caller.
      System.err.println(call.name() + " failed: " + e);
      return call.service().problem(500);
    }
  }

  private static AwsRequest request(HttpExchange exchange) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    var uri = exchange.getRequestURI();
    return new AwsRequest(
        exchange.getRequestMethod(),
        Optional.ofNullable(uri.getRawPath()).orElse("/"),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  private static void respond(HttpExchange exchange, AwsResponse answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  /** Stops answering; calls that wait in a timeout fault end. Calling it twice is safe. */
  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdown();
  }
}
