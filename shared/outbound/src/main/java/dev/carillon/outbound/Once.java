package dev.carillon.outbound;

import java.io.IOException;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Stands between the connection, made by then, and the request. It knows whether anything was sent,
 * and sees to it that nothing is sent twice: whatever it is told about retries, the client repeats
 * a request that is answered 503 with {@code Retry-After: 0}, and takes a 407 for an error. So it
 * is shown a 200, and the true status and headers are kept here.
 */
final class Once implements Interceptor {
  private volatile boolean sent;
  private volatile int status;
  private volatile Headers headers = Headers.of();

  @Override
  public Response intercept(Chain chain) throws IOException {
    if (sent) {
      throw new IOException("A second request for one call");
    }
    sent = true;
    var response = chain.proceed(chain.request());
    status = response.code();
    headers = response.headers();
    return response.newBuilder().code(200).build();
  }

  /** Whether a connection was made, so that the request may have been sent. */
  boolean sent() {
    return sent;
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
