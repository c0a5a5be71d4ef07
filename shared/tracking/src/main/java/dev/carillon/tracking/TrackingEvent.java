package dev.carillon.tracking;

import dev.carillon.id.Digest;
import dev.carillon.tracking.visitor.RequestFacts;
import dev.carillon.tracking.visitor.Visitor;
import java.time.Instant;
import java.util.Optional;

/**
 * That somebody followed a link or loaded an open pixel: what the redirect function sends, and all
 * that is known of it.
 *
 * @param id names the happening: told twice, it has the same id; 32 hexadecimal digits
 * @param subject the link that was followed, or the mail that was opened
 * @param at when the request came
 * @param visitor whether a person did it, as far as the request tells
 * @param userAgent at most {@value #USER_AGENT} characters
 * @param address the caller's IP address
 * @param referer at most {@value #REFERER} characters
 */
public record TrackingEvent(
    String id,
    Tracked subject,
    Instant at,
    Visitor visitor,
    Optional<String> userAgent,
    Optional<String> address,
    Optional<String> referer) {
  public static final int USER_AGENT = 512;
  public static final int REFERER = 1_024;

  public TrackingEvent {
    userAgent = userAgent.map(text -> cut(text, USER_AGENT));
    referer = referer.map(text -> cut(text, REFERER));
  }

  /**
   * @param request unique among requests: the gateway's request id
   */
  public static TrackingEvent of(
      String request, Tracked subject, Instant at, Visitor visitor, RequestFacts facts) {
    return new TrackingEvent(
        Digest.of("tracking event", request, subject.message().value()).hex().substring(0, 32),
        subject,
        at,
        visitor,
        facts.header("user-agent"),
        facts.address(),
        facts.header("referer"));
  }

  /** Half of a surrogate pair at the end would not survive storage. */
  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }
}
