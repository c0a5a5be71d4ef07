package dev.carillon.socket;

/** Names a connection of a client, as API Gateway gave it. */
public record ConnectionId(String value) {
  /** API Gateway's have sixteen; one with more did not come from there. */
  private static final int MOST_CHARACTERS = 128;

  public ConnectionId {
    if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("Not the id of a connection");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
