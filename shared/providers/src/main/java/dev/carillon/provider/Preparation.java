package dev.carillon.provider;

import java.util.regex.Pattern;

/** What is to be done next to send a message. */
public sealed interface Preparation {

  /**
   * {@link Ready}, unless a header or the URL holds what none can: then a setting put it there, and
   * the channel is at fault.
   */
  static Preparation of(ProviderCall.Http call) {
    boolean sendable =
        PRINTABLE.matcher(call.url()).matches()
            && call.headers().values().stream().allMatch(it -> PRINTABLE.matcher(it).matches());
    return sendable
        ? new Ready(call)
        : new Refused(
            new DeliveryResult.Misconfigured("a setting has characters that no header can have"));
  }

  /** What a header's value is made of (RFC 9110, 5.5), and a URL within. */
  Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]*");

  /** This request sends it. */
  record Ready(ProviderCall call) implements Preparation {}

  /** Something must be known first: an access token, whom an address belongs to. */
  record Ask(Lookup lookup) implements Preparation {}

  /** No request is made: content or settings are such that there is none. */
  record Refused(DeliveryResult result) implements Preparation {}
}
