package dev.carillon.local.wire;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** HTTP servers on the loopback address, as the stack needs them. */
public final class LoopbackHttp {
  /** A thousand runs due at once connect at once; what does not fit in here is reset. */
  private static final int BACKLOG = 4_096;

  /** Of each server; the JDK's default of 200 cuts off clients that are about to send again. */
  private static final int IDLE_CONNECTIONS = 10_000;

  static {
    // The JDK reads both once, when the first server is made.
    System.setProperty("sun.net.httpserver.maxIdleConnections", String.valueOf(IDLE_CONNECTIONS));
    // Without it each answer waits for the acknowledgement of the one before: 40 ms a call.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private LoopbackHttp() {}

  /** A server on a free port that does not answer yet. */
  public static HttpServer server() throws IOException {
    var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG);
  }
}
