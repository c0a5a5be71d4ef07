package dev.carillon.outbound;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of one request. One request was made at most, whatever the outcome. */
public sealed interface OutboundResult {

  /**
   * The server answered, with whatever status: a redirect is an answer too and is not followed.
   *
   * @param headers names in lower case
   * @param body as much of it as came and is kept
   * @param end why there is no more of it
   */
  record Answered(int status, Map<String, List<String>> headers, byte[] body, End end)
      implements OutboundResult {
    public Answered {
      headers = Map.copyOf(headers);
    }

    /** Whether the body is not whole. */
    public boolean truncated() {
      return end != End.WHOLE;
    }

    /** The first value of the header, whatever its case. */
    public Optional<String> header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }
  }

  /** What ended the body of an answer. */
  enum End {
    /** The server: that is all. */
    WHOLE,
    /** We did: it is longer than allowed. */
    TOO_LONG,
    /** The connection broke, or what came is no body. */
    BROKEN,
    /** The deadline. */
    LATE
  }

  /** Not sent, and would not be sent the next time either. */
  record Refused(Reason reason) implements OutboundResult {}

  /** Not sent: nobody could be reached. Trying again is safe and may help. */
  record NotReached(Obstacle obstacle) implements OutboundResult {}

  /**
   * Sent, at least in part, and no answer until the deadline. Whether the server acted is unknown.
   */
  record TimedOut() implements OutboundResult {}

  /** Sent, at least in part, and then no HTTP answer came. Whether the server acted is unknown. */
  record Broken() implements OutboundResult {}

  /** Why a request was not sent. */
  enum Reason {
    /**
     * Not an absolute http or https URL, or one with user information, a fragment or an odd host.
     */
    URL,
    /** The host has an address in a private or otherwise special network. */
    ADDRESS,
    /** An unknown method, or a body where the method takes none. */
    METHOD,
    /** A header with control characters, or one that is not the caller's to set. */
    HEADER,
    /** The body is longer than allowed. */
    TOO_LARGE
  }

  /** Why nobody was reached. */
  enum Obstacle {
    /** The name has no address. */
    NAME,
    /** The connection was refused, or TLS failed. */
    CONNECTION,
    /** No address or no connection in time. */
    TIME
  }
}
