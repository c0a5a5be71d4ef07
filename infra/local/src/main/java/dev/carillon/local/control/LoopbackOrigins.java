package dev.carillon.local.control;

import dev.carillon.local.http.HttpApiRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use the stack: programs on this machine. A web page elsewhere cannot drive it, not even
 * by a name that it has made point to this machine: its keys are in every checkout.
 */
public final class LoopbackOrigins {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String ANY = "*";

  private final int port;
  private final List<String> allowed;

  /**
   * @param port the stack's own
   * @param allowed further origins that may call the API: {@code https://app.example}; {@code *}
   *     for every one
   */
  public LoopbackOrigins(int port, List<String> allowed) {
    this.port = port;
    this.allowed = List.copyOf(allowed);
  }

  /** Why {@code /_local} refuses the request, whatever is allowed; empty when it does not. */
  Optional<String> refusalOfPages(HttpApiRequest request) {
    var host = request.header("host").orElse("");
    var uri = parsed("http://" + host);
    if (uri.filter(this::isLoopback).filter(this::isOwnPort).isEmpty()) {
      return Optional.of("/_local answers only to loopback names; the Host header is another");
    }
    var origin = request.header("origin");
    if (origin.isPresent() && !origin.get().equals("http://" + host)) {
      return Optional.of("/_local answers no other origin than its own");
    }
    return Optional.empty();
  }

  /**
   * Why the API refuses the request; empty when it does not. Pages from this machine are no
   * strangers, whatever their port: they are what a developer is building.
   */
  public Optional<String> refusalOfApi(HttpApiRequest request) {
    if (allowed.contains(ANY)) {
      return Optional.empty();
    }
    var origin = request.header("origin");
    if (origin.isPresent()
        && !allowed.contains(origin.get())
        && parsed(origin.get()).filter(this::isLoopback).isEmpty()) {
      return Optional.of(
          "The local stack answers no web page of "
              + origin.get()
              + "; start it with --allow-origin "
              + origin.get()
              + " if it should.");
    }
    var host = request.header("host").orElse("");
    if (parsed("http://" + host).filter(this::isLoopback).isEmpty()) {
      return Optional.of(
          "The local stack answers to loopback names; the Host header is another. --allow-origin"
              + " '*' has it answer to every name.");
    }
    return Optional.empty();
  }

  private static Optional<URI> parsed(String text) {
    try {
      return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private boolean isLoopback(URI uri) {
    return uri.getUserInfo() == null && LOOPBACK.contains(uri.getHost());
  }

  private boolean isOwnPort(URI uri) {
    return uri.getPort() == port || (uri.getPort() == -1 && port == 80);
  }
}
