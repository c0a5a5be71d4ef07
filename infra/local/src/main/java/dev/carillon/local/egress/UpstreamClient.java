package dev.carillon.local.egress;

import dev.carillon.local.egress.EgressCall.Outcome;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends a call on as it is, once: no redirect is followed, nothing is tried again, no connection is
 * used twice, and headers leave in UTF-8, as the functions send them where there is no gateway.
 */
final class UpstreamClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MAX_ANSWER_BYTES = 16 << 20;
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .proxy(Proxy.NO_PROXY)
          .followRedirects(false)
          .followSslRedirects(false)
          .retryOnConnectionFailure(false)
          .protocols(List.of(Protocol.HTTP_1_1))
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
          .connectTimeout(PATIENCE)
          .readTimeout(PATIENCE)
          .writeTimeout(PATIENCE)
          .callTimeout(PATIENCE)
          .addNetworkInterceptor(UpstreamClient::shownAsFine)
          .build();

  /** Status and headers as they came. */
  private static final class Said extends EventListener {
    private volatile int status;
    private volatile Map<String, List<String>> headers = Map.of();

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      status = response.code();
      headers = response.headers().toMultimap();
    }

    /** An answer without a body, though it may announce one: then the client calls it an error. */
    boolean isWithoutBody() {
      return status == 204 || status == 205;
    }

    Outcome with(byte[] body) {
      return new Outcome.Answered(status, headers, body, false);
    }
  }

  /** Whatever it is told about retries, the client repeats what is answered 503 with no delay. */
  private static Response shownAsFine(Interceptor.Chain chain) throws IOException {
    return chain.proceed(chain.request()).newBuilder().code(200).build();
  }

  Outcome send(String method, URI url, Map<String, List<String>> headers, byte[] body) {
    var said = new Said();
    var sent = new Headers.Builder().add("Connection", "close");
    headers.forEach((name, values) -> values.forEach(value -> sent.addUnsafeNonAscii(name, value)));
    try {
      var request =
          new Request.Builder()
              .url(url.toString())
              .headers(sent.build())
              .method(method, WITHOUT_BODY.contains(method) ? null : RequestBody.create(body, null))
              .build();
      var once = client.newBuilder().eventListener(said).build();
      try (var response = once.newCall(request).execute()) {
        return said.with(response.body().byteStream().readNBytes(MAX_ANSWER_BYTES));
      }
    } catch (IOException | IllegalArgumentException e) {
      if (said.isWithoutBody()) {
        return said.with(new byte[0]);
      }
      return new Outcome.Failed(
          Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
    }
  }

  /** Ends the calls that are being made. Calling it twice is safe. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
  }
}
