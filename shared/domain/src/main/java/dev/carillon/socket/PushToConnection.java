package dev.carillon.socket;

/** Sends to connections, whichever function they were opened through. */
@FunctionalInterface
public interface PushToConnection {

  /** What became of a message. */
  enum Pushed {
    /** It was handed over; that it arrived is not known. */
    SENT,
    /** The connection is closed; it will not open again. */
    GONE
  }

  /**
   * Sends the text, at most 32 KB of it. Sending it twice delivers it twice.
   *
   * @throws RuntimeException when it could not be sent now; later it may
   */
  Pushed push(ConnectionId connection, String text);
}
