package dev.carillon.provider;

/** Headers that name the message to whoever receives a request and has no field for it. */
public final class MessageHeader {
  /** Its id, the same on each attempt, so that a receiver can tell a repetition. */
  public static final String ID = "x-carillon-message-id";

  /** The number of the attempt, from 1. */
  public static final String ATTEMPT = "x-carillon-attempt";

  private MessageHeader() {}
}
