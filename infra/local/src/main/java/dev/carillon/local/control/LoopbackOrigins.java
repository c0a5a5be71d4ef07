package dev.carillon.local.control;

import dev.carillon.local.http.HttpApiRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use {@code /_local}: programs on this machine, and the stack's own page. A web page
 * elsewhere cannot drive it, not even by a name that it has made point to this machine.
 */
final class LoopbackOrigins {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final int port;

  LoopbackOrigins(int port) {
    this.port = port;
  }

  /** Why the request is refused; empty when it is welcome. */
  Optional<String> refusal(HttpApiRequest request) {
    var host = request.header("host").orElse("");
    if (!ours(host)) {
      return Optional.of("/_local answers only to loopback names; the Host header is another");
    }
    var origin = request.header("origin");
    if (origin.isPresent() && !origin.get().equals("http://" + host)) {
      return Optional.of("/_local answers no other origin than its own");
    }
    return Optional.empty();
  }

  private boolean ours(String host) {
    try {
      var uri = URI.create("http://" + host);
      return uri.getHost() != null
          && uri.getUserInfo() == null
          && LOOPBACK.contains(uri.getHost())
          && (uri.getPort() == port || (uri.getPort() == -1 && port == 80));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
