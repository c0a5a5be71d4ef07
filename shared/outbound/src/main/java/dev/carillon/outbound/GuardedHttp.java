package dev.carillon.outbound;

import dev.carillon.outbound.OutboundResult.Obstacle;
import dev.carillon.outbound.OutboundResult.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Sends requests to URLs that customers gave, and to nowhere that a customer has no business: the
 * name is looked up once, every address it has is checked, and only those addresses are connected
 * to.
 *
 * <p>One call of {@link #send} makes one request at most: no redirect is followed, nothing is tried
 * again, no connection is used twice. No proxy, no cookies, no cache, no compression; TLS
 * certificates are checked against the name in the URL.
 *
 * <p>Safe to use from several threads.
 */
public final class GuardedHttp {
  /** What an egress gateway is told begins so. */
  public static final String EGRESS = "x-carillon-egress-";

  /** Names the true URL to an egress gateway. */
  public static final String EGRESS_URL = EGRESS + "url";

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final Bounds bounds;
  private final Set<String> allowedHosts;
  private final Optional<HttpUrl> egressGateway;
  private final Resolve resolve;
  private final OkHttpClient client;

  /**
   * @param allowedHosts {@code host:port} as URLs name them, ports always written out: these may be
   *     reached although their addresses are private
   * @param egressGateway when given, whatever passes the checks is sent to this URL instead, with
   *     the true one in the header {@value #EGRESS_URL}
   * @throws IllegalArgumentException when the gateway is no URL
   */
  public GuardedHttp(
      Bounds bounds, Set<String> allowedHosts, Optional<String> egressGateway, Resolve resolve) {
    this.bounds = bounds;
    this.allowedHosts =
        allowedHosts.stream()
            .map(it -> it.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.egressGateway = egressGateway.map(HttpUrl::get);
    this.resolve = resolve;
    this.client =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            // HTTP/2 would share a connection among names with one certificate, past the check.
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .connectTimeout(bounds.connect())
            .readTimeout(bounds.total())
            .writeTimeout(bounds.total())
            .build();
  }

  /** The allowed hosts in a list separated by commas; an empty text has none. */
  public static Set<String> hosts(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a request with these headers would be sent, as far as they are concerned. */
  public static boolean takes(Map<String, String> headers) {
    return OutboundHeaders.of(headers).isPresent();
  }

  /** Sends the request once. Calling twice sends twice. Never throws for what the server does. */
  public OutboundResult send(OutboundRequest request) {
    return send(request, Map.of(), client.newBuilder());
  }

  /**
   * The same for a provider's own interface: HTTP/2 is spoken where the server offers it, over a
   * connection that is nobody else's, and the server may ask for a certificate.
   *
   * @param remarks what an egress gateway is told of the request, by the names that follow {@value
   *     #EGRESS} in headers; nobody is told without one. A gateway that is told may answer in the
   *     server's place, so that the server's name need not be one that anybody knows.
   */
  public OutboundResult send(
      OutboundRequest request,
      Optional<ClientCertificate> certificate,
      Map<String, String> remarks) {
    var own =
        client
            .newBuilder()
            .protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS));
    certificate.ifPresent(it -> it.shownBy(own));
    return send(request, remarks, own);
  }

  private OutboundResult send(
      OutboundRequest request, Map<String, String> remarks, OkHttpClient.Builder through) {
    var begun = System.nanoTime();
    if (!WITH_BODY.contains(request.method())
        && !(WITHOUT_BODY.contains(request.method()) && request.body().length == 0)) {
      return new OutboundResult.Refused(Reason.METHOD);
    }
    if (request.body().length > bounds.requestBytes()) {
      return new OutboundResult.Refused(Reason.TOO_LARGE);
    }
    var headers = OutboundHeaders.of(request.headers());
    if (headers.isEmpty()) {
      return new OutboundResult.Refused(Reason.HEADER);
    }
    var target = OutboundTarget.of(request.url());
    if (target.isEmpty()) {
      return new OutboundResult.Refused(Reason.URL);
    }
    List<InetAddress> addresses;
    try {
      addresses = addresses(target.get());
    } catch (TimeoutException _) {
      return new OutboundResult.NotReached(Obstacle.TIME);
    }
    boolean answeredFor = egressGateway.isPresent() && !remarks.isEmpty();
    if (addresses.isEmpty() && !answeredFor) {
      return new OutboundResult.NotReached(Obstacle.NAME);
    }
    if (!allowedHosts.contains(target.get().hostAndPort())
        && addresses.stream().anyMatch(SpecialNetworks::contain)) {
      return new OutboundResult.Refused(Reason.ADDRESS);
    }
    var left = bounds.total().minusNanos(System.nanoTime() - begun);
    if (left.toMillis() < 1) {
      return new OutboundResult.NotReached(Obstacle.TIME);
    }
    return egressGateway.isPresent()
        ? call(
            egressGateway.get(),
            told(headers.get(), target.get(), remarks),
            request,
            through.dns(resolve::addresses),
            left)
        : call(
            target.get().url(),
            headers.get(),
            request,
            // One address alone has none to race against, and needs no threads for it.
            through.dns(_ -> addresses).fastFallback(addresses.size() > 1),
            left);
  }

  private static Headers told(Headers headers, OutboundTarget target, Map<String, String> remarks) {
    var told = headers.newBuilder().add(EGRESS_URL, target.url().toString());
    remarks.forEach((name, value) -> told.addUnsafeNonAscii(EGRESS + name, value));
    return told.build();
  }

  /** Every address of the host; empty when there is none. */
  private List<InetAddress> addresses(OutboundTarget target) throws TimeoutException {
    if (target.address().isPresent()) {
      return List.of(target.address().get());
    }
    var found = new CompletableFuture<List<InetAddress>>();
    Thread.startVirtualThread(
        () -> {
          try {
            found.complete(List.copyOf(resolve.addresses(target.url().host())));
          } catch (UnknownHostException | RuntimeException e) {
            found.completeExceptionally(e);
          }
        });
    try {
      return found.get(bounds.total().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException _) {
      return List.of();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private OutboundResult call(
      HttpUrl url,
      Headers headers,
      OutboundRequest request,
      OkHttpClient.Builder through,
      Duration left) {
    var body =
        WITH_BODY.contains(request.method()) ? RequestBody.create(request.body(), null) : null;
    var once = new SendOnce();
    var call =
        through
            .addNetworkInterceptor(once)
            .eventListener(once)
            .callTimeout(left)
            .build()
            .newCall(
                new Request.Builder()
                    .url(url)
                    .headers(headers)
                    .method(request.method(), body)
                    .build());
    var deadline = System.nanoTime() + left.toNanos();
    // OkHttp's own clock can ring a moment before ours; it then says so by the exception.
    BooleanSupplier late = () -> System.nanoTime() - deadline >= 0;
    try (var response = call.execute()) {
      var answer = ResponseBody.read(response.body().byteStream(), bounds.responseBytes(), late);
      // Without this, closing a body that goes on waits a while for its end.
      call.cancel();
      return new OutboundResult.Answered(
          once.status(), once.headers().toMultimap(), answer.bytes(), answer.end());
    } catch (IOException e) {
      boolean timedOut = e instanceof InterruptedIOException || late.getAsBoolean();
      if (!once.sent()) {
        return new OutboundResult.NotReached(timedOut ? Obstacle.TIME : Obstacle.CONNECTION);
      }
      if (once.answered()) {
        return new OutboundResult.Answered(
            once.status(), once.headers().toMultimap(), new byte[0], OutboundResult.End.BROKEN);
      }
      return timedOut ? new OutboundResult.TimedOut() : new OutboundResult.Broken();
    }
  }
}
