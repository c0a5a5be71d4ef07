package dev.carillon.bench.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A page that watches the demo's feed of a user. */
public final class FeedSocket implements AutoCloseable {
  /** The id of the demo's feed. */
  public static final String CHANNEL = "6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c02";

  private static final int SECONDS = 30;

  private final WebSocket socket;

  private FeedSocket(WebSocket socket) {
    this.socket = socket;
  }

  /** Connects and joins; returns when the join was answered. */
  public static FeedSocket join(BenchStack stack, String user)
      throws IOException, InterruptedException {
    var answered = new CompletableFuture<String>();
    var url =
        URI.create(
            stack.base().toString().replaceFirst("http", "ws")
                + "/ws/v1/websocket?vsn=2.0.0&api_key=pk_local&user_id="
                + user);
    try {
      WebSocket socket =
          stack
              .client()
              .newWebSocketBuilder()
              .buildAsync(url, new Listener(answered))
              .get(SECONDS, TimeUnit.SECONDS);
      socket
          .sendText(
              "[\"1\",\"1\",\"feeds:%s:%s\",\"phx_join\",{\"client\":{\"page_size\":50}}]"
                  .formatted(CHANNEL, user),
              true)
          .get(SECONDS, TimeUnit.SECONDS);
      String answer = answered.get(SECONDS, TimeUnit.SECONDS);
      if (!answer.contains("\"ok\"")) {
        throw new IllegalStateException("The join was answered " + answer);
      }
      return new FeedSocket(socket);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The socket did not open", e);
    }
  }

  /** Keeps the first text and drops the others. */
  private record Listener(CompletableFuture<String> first) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      first.complete(data.toString());
      webSocket.request(1);
      return null;
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
