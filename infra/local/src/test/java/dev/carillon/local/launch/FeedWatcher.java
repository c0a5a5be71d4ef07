package dev.carillon.local.launch;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client on a socket, in the words of the Phoenix channels protocol. */
public final class FeedWatcher implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 90;

  private final WebSocket socket;
  private final BlockingQueue<String> heard;
  private final String topic;

  private FeedWatcher(WebSocket socket, BlockingQueue<String> heard, String topic) {
    this.socket = socket;
    this.heard = heard;
    this.topic = topic;
  }

  public static FeedWatcher join(HttpClient client, URI url, String topic)
      throws InterruptedException {
    var heard = new LinkedBlockingQueue<String>();
    var text = new StringBuilder();
    var socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                url,
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(WebSocket one, CharSequence part, boolean last) {
                    text.append(part);
                    if (last) {
                      heard.add(text.toString());
                      text.setLength(0);
                    }
                    return WebSocket.Listener.super.onText(one, part, last);
                  }
                })
            .join();
    var watcher = new FeedWatcher(socket, heard, topic);
    watcher.say(
        "phx_join", Json.object().with("client", Json.object().with("page_size", Json.of(50))));
    return watcher;
  }

  /** Waits for the answer, which must be ok. */
  private void say(String event, Json.Obj payload) throws InterruptedException {
    socket
        .sendText(
            JsonText.write(
                Json.array(
                    List.of(Json.of("1"), Json.of("1"), Json.of(topic), Json.of(event), payload))),
            true)
        .join();
    hears("phx_reply", "\"ok\"");
  }

  /** Waits for a text with all these words. */
  public void hears(String... words) throws InterruptedException {
    var last = "nothing";
    for (String text = next(); text != null; text = next()) {
      last = text;
      if (List.of(words).stream().allMatch(text::contains)) {
        return;
      }
    }
    throw new IllegalStateException("No " + List.of(words) + " came; the last was " + last);
  }

  private String next() throws InterruptedException {
    return heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Watches no more, and stays connected. */
  void leave() throws InterruptedException {
    say("phx_leave", Json.object());
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }
}
