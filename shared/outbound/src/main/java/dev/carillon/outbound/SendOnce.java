package dev.carillon.outbound;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Stands between the connection, made by then, and the request. It knows whether anything was sent,
 * and sees to it that nothing is sent twice: whatever it is told about retries, the client repeats
 * a request that is answered 503 with {@code Retry-After: 0}, and takes a 407 for an error. So it
 * is shown a 200, and the true status and headers are kept here, as soon as they have come: a 204
 * that announces a body is an error to the client, and an answer all the same.
 */
final class SendOnce extends EventListener implements Interceptor {
  private volatile boolean sent;
  private volatile int status;
  private volatile Headers headers = Headers.of();

  @Override
  public Response intercept(Chain chain) throws IOException {
    if (sent) {
      throw new IOException("A second request for one call");
    }
    sent = true;
    return chain.proceed(chain.request()).newBuilder().code(200).build();
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    status = response.code();
    headers = response.headers();
  }

  /** Whether a connection was made, so that the request may have been sent. */
  boolean sent() {
    return sent;
  }

  /** Whether the server sent a status. */
  boolean answered() {
    return status != 0;
  }

  /** The status that the server sent. */
  int status() {
    return status;
  }

  /** The headers as the server sent them. */
  Headers headers() {
    return headers;
  }
}
