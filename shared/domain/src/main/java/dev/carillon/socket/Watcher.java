package dev.carillon.socket;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Map;

/**
 * A connection that watches a feed.
 *
 * @param topic what the client calls the feed; messages to it say so too
 * @param join the client's number of the join; of two joins of one connection the later has the
 *     greater one
 * @param references what the client calls each of its views of the feed, with the view's filters as
 *     the client gave them; one without a name for a client that has one view and no name for it
 * @param apiKey the SHA-256 of the key that the connection was opened with
 * @param until when the connection is over
 */
public record Watcher(
    ConnectionId connection,
    String topic,
    long join,
    Map<String, Json.Obj> references,
    String apiKey,
    Instant until) {

  /** The name of a view that the client has no name for. */
  public static final String NAMELESS = "";

  public Watcher {
    references = Map.copyOf(references);
  }
}
