package dev.carillon.memory.outgoing;

import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.PushToConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is pushed to connections, in memory. A connection is there until it is said to be gone. */
public final class InMemoryPushes implements PushToConnection {

  /** A text that a connection was sent. */
  public record Push(ConnectionId connection, String text) {}

  private final List<Push> sent = new ArrayList<>();
  private final Set<ConnectionId> gone = new HashSet<>();

  @Override
  public synchronized Pushed push(ConnectionId connection, String text) {
    if (gone.contains(connection)) {
      return Pushed.GONE;
    }
    sent.add(new Push(connection, text));
    return Pushed.SENT;
  }

  /** From now on nothing reaches that connection. */
  public synchronized void end(ConnectionId connection) {
    gone.add(connection);
  }

  /** All that was sent, in order. */
  public synchronized List<Push> sent() {
    return List.copyOf(sent);
  }

  /** What that connection was sent, in order. */
  public synchronized List<String> to(ConnectionId connection) {
    return sent.stream().filter(it -> it.connection().equals(connection)).map(Push::text).toList();
  }
}
