package dev.carillon.local.egress;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call to the outside, as it was made and how it ended. Bodies are whole; a page that shows
 * them cuts them.
 *
 * @param at on the stack's clock, when the call was made
 * @param purpose what it is for; empty for what is none of a provider's
 */
public record EgressCall(
    Instant at,
    String method,
    URI url,
    Map<String, List<String>> headers,
    byte[] body,
    Outcome outcome,
    Optional<Purpose> purpose) {

  /**
   * @param provider its key
   * @param message Carillon's own id of what the call sends; empty for a question
   */
  public record Purpose(String provider, Optional<String> message) {}

  public sealed interface Outcome {
    /** The receiver answered; {@code faulted} when the answer was put in its mouth by a fault. */
    record Answered(int status, Map<String, List<String>> headers, byte[] body, boolean faulted)
        implements Outcome {}

    /**
     * The receiver got the request and may have answered; the caller was left without an answer.
     */
    record AnswerLost() implements Outcome {}

    /** Nothing reached the receiver, or it gave no answer. */
    record Failed(String reason) implements Outcome {}
  }
}
