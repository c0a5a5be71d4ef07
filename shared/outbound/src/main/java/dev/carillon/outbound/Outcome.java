package dev.carillon.outbound;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of one request. One request was made at most, whatever the outcome. */
public sealed interface Outcome {

  /**
   * The server answered, with whatever status: a redirect is an answer too and is not followed.
   *
   * @param headers names in lower case
   * @param truncated the body is not whole: it was too long, or the deadline or the connection
   *     ended it
   */
  record Answered(int status, Map<String, List<String>> headers, byte[] body, boolean truncated)
      implements Outcome {
    public Answered {
      headers = Map.copyOf(headers);
    }

    /** The first value of the header, whatever its case. */
    public Optional<String> header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }
  }

  /** Not sent, and would not be sent the next time either. */
  record Refused(Reason reason) implements Outcome {}

  /** Not sent: nobody could be reached. Trying again is safe and may help. */
  record NotReached(Obstacle obstacle) implements Outcome {}

  /**
   * Sent, at least in part, and no answer until the deadline. Whether the server acted is unknown.
   */
  record TimedOut() implements Outcome {}

  /** Sent, at least in part, and then no HTTP answer came. Whether the server acted is unknown. */
  record Broken() implements Outcome {}

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
    /** The name has no address, or could not be looked up in time. */
    NAME,
    /** No connection in time, or it was refused, or TLS failed. */
    CONNECTION
  }
}
