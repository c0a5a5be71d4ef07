package dev.carillon.local.egress;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.channel.ChannelType;
import dev.carillon.local.clock.StackClock;
import dev.carillon.local.egress.EgressCall.Outcome;
import dev.carillon.local.faults.InjectedFault;
import dev.carillon.local.faults.InjectedFaults;
import dev.carillon.local.wire.LoopbackHttp;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.Providers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The proxy that the guarded HTTP client calls through: it sends what it has checked here, with the
 * true address in the header {@code x-carillon-egress-url}. Addresses whose path is {@code
 * /_local/sink} or below it on a loopback host are answered 200 {@code {}} without going anywhere.
 */
public final class EgressProxy implements AutoCloseable {
  private static final String TRUE_URL = "x-carillon-egress-url";
  private static final String PROVIDER = "x-carillon-egress-provider";
  private static final String MESSAGE = "x-carillon-egress-message";
  private static final String WEBHOOK_FAULTS = "webhook";
  private static final String SINK = "/_local/sink";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  // What belongs to one connection, and what the client library insists on setting itself.
  private static final Set<String> NOT_FORWARDED =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          TRUE_URL,
          PROVIDER,
          MESSAGE);
  private static final long SILENCE_MINUTES = 15;

  private final StackClock clock;
  private final InjectedFaults faults;
  private final ProviderRoutes providers;
  private final Consumer<EgressCall> listener;
  private final HttpServer server;
  private final UpstreamClient outside = new UpstreamClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);

  private EgressProxy(
      StackClock clock,
      InjectedFaults faults,
      ProviderRoutes providers,
      Consumer<EgressCall> listener,
      HttpServer server) {
    this.clock = clock;
    this.faults = faults;
    this.providers = providers;
    this.listener = listener;
    this.server = server;
  }

  /**
   * Starts to forward on a free port of the loopback interface.
   *
   * @param listener is told of each call before its caller has the answer
   */
  public static EgressProxy start(
      StackClock clock,
      InjectedFaults faults,
      ProviderRoutes providers,
      Consumer<EgressCall> listener) {
    try {
      var server = LoopbackHttp.server();
      var egress = new EgressProxy(clock, faults, providers, listener, server);
      server.setExecutor(egress.threads);
      server.createContext("/", egress::handle);
      server.start();
      return egress;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of CARILLON_EGRESS_GATEWAY. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** A call that is being made, before its outcome. */
  private record Call(
      String method,
      URI url,
      Map<String, List<String>> headers,
      byte[] body,
      Optional<EgressCall.Purpose> purpose) {}

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var url = url(exchange);
      if (url.isEmpty()) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      var call =
          new Call(
              exchange.getRequestMethod(),
              url.get(),
              utf8(forwarded(exchange.getRequestHeaders())),
              exchange.getRequestBody().readAllBytes(),
              purpose(exchange));
      var at = clock.instant();
      var fault = faults.take(faultsOf(call));
      var outcome = outcome(call, fault);
      listener.accept(
          new EgressCall(
              at, call.method(), call.url(), call.headers(), call.body(), outcome, call.purpose()));
      if (fault.isPresent() && fault.get() instanceof InjectedFault.Timeout) {
        silence();
      }
      // Leaving without an answer closes the connection.
      if (outcome instanceof Outcome.Answered answered) {
        respond(exchange, answered);
      }
    }
  }

  private static Optional<URI> url(HttpExchange exchange) {
    try {
      return Optional.ofNullable(exchange.getRequestHeaders().getFirst(TRUE_URL))
          .map(URI::create)
          .filter(url -> url.getHost() != null);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<EgressCall.Purpose> purpose(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(PROVIDER))
        .map(
            provider ->
                new EgressCall.Purpose(
                    provider, Optional.ofNullable(exchange.getRequestHeaders().getFirst(MESSAGE))));
  }

  /** A customer's own endpoints, and those whom fetch steps ask, are one target of faults. */
  private static String faultsOf(Call call) {
    return call.purpose()
        .map(EgressCall.Purpose::provider)
        .filter(key -> Providers.named(key).filter(it -> it.type() != ChannelType.HTTP).isPresent())
        .orElse(WEBHOOK_FAULTS);
  }

  private Outcome outcome(Call call, Optional<InjectedFault> fault) {
    if (fault.isEmpty()) {
      return forward(call);
    }
    return switch (fault.get()) {
      case InjectedFault.Status(var code) -> injected(code, Map.of());
      case InjectedFault.Throttle() -> injected(429, Map.of("retry-after", List.of("1")));
      case InjectedFault.Timeout() -> new Outcome.Failed("timeout");
      case InjectedFault.LostResponse() ->
          forward(call) instanceof Outcome.Failed failed ? failed : new Outcome.AnswerLost();
    };
  }

  private static Outcome injected(int status, Map<String, List<String>> headers) {
    return new Outcome.Answered(status, headers, new byte[0], true);
  }

  private void silence() {
    try {
      closing.await(SILENCE_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome forward(Call call) {
    if (isSink(call.url())) {
      return new Outcome.Answered(
          200,
          Map.of("content-type", List.of("application/json")),
          "{}".getBytes(StandardCharsets.UTF_8),
          false);
    }
    Optional<Outcome> stoodIn =
        call.purpose().flatMap(it -> providers.answer(it.provider(), asProviderCall(call)));
    if (stoodIn.isPresent()) {
      return stoodIn.get();
    }
    URI target =
        call.purpose().map(it -> providers.target(it.provider(), call.url())).orElse(call.url());
    return switch (outside.send(call.method(), target, call.headers(), call.body())) {
      case Outcome.Answered(var status, var headers, var body, var faulted) ->
          new Outcome.Answered(status, forwarded(headers), body, faulted);
      case Outcome.AnswerLost lost -> lost;
      case Outcome.Failed failed -> failed;
    };
  }

  private static ProviderCall.Http asProviderCall(Call call) {
    return new ProviderCall.Http(call.method(), call.url().toString(), Map.of(), call.body());
  }

  private static boolean isSink(URI url) {
    var path = Optional.ofNullable(url.getPath()).orElse("");
    return LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT))
        && (path.equals(SINK) || path.startsWith(SINK + "/"));
  }

  private static Map<String, List<String>> forwarded(Map<String, List<String>> headers) {
    var kept = new TreeMap<String, List<String>>();
    headers.forEach(
        (name, values) -> {
          var lower = name.toLowerCase(Locale.ROOT);
          if (!NOT_FORWARDED.contains(lower)) {
            kept.put(lower, List.copyOf(values));
          }
        });
    return kept;
  }

  /** The server reads a header as if each byte were a character; the functions write UTF-8. */
  private static Map<String, List<String>> utf8(Map<String, List<String>> headers) {
    var read = new TreeMap<String, List<String>>();
    headers.forEach(
        (name, values) ->
            read.put(
                name,
                values.stream()
                    .map(it -> it.getBytes(StandardCharsets.ISO_8859_1))
                    .map(it -> new String(it, StandardCharsets.UTF_8))
                    .toList()));
    return read;
  }

  private static void respond(HttpExchange exchange, Outcome.Answered answered) throws IOException {
    answered.headers().forEach(exchange.getResponseHeaders()::put);
    var silent = answered.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answered.status(), silent ? -1 : answered.body().length);
    if (!silent) {
      exchange.getResponseBody().write(answered.body());
    }
  }

  /** Stops forwarding; calls that wait in a timeout fault end. Calling it twice is safe. */
  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdown();
    outside.close();
  }
}
