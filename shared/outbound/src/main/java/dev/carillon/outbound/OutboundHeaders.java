package dev.carillon.outbound;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Headers;

/** The headers of a request, checked. */
final class OutboundHeaders {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}");
  private static final int LONGEST = 8_192;
  private static final int MOST = 100;

  /** What frames the message, names its host or is meant for a proxy is not the caller's to say. */
  private static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "accept-encoding",
          "expect",
          "keep-alive",
          "te",
          "trailer",
          "upgrade",
          "proxy-authorization",
          "proxy-connection");

  private OutboundHeaders() {}

  /** The headers with those of ours added; empty when one of them may not be sent. */
  static Optional<Headers> of(Map<String, String> headers) {
    if (headers.size() > MOST) {
      return Optional.empty();
    }
    // An encoding is not asked for, so that nothing needs decompressing and no bomb can go off. A
    // connection serves one request: one kept from earlier may be dead by now, and a request lost
    // on it is one of which nobody knows whether it arrived.
    var checked =
        new Headers.Builder().add("Accept-Encoding", "identity").add("Connection", "close");
    if (headers.keySet().stream().noneMatch("user-agent"::equalsIgnoreCase)) {
      checked.add("User-Agent", "Carillon");
    }
    for (var header : headers.entrySet()) {
      var name = header.getKey();
      var value = header.getValue();
      if (!NAME.matcher(name).matches()
          || OURS.contains(name.toLowerCase(Locale.ROOT))
          || name.regionMatches(true, 0, GuardedHttp.EGRESS, 0, GuardedHttp.EGRESS.length())
          || value.length() > LONGEST
          || !value.codePoints().allMatch(OutboundHeaders::sendable)) {
        return Optional.empty();
      }
      checked.addUnsafeNonAscii(name, value);
    }
    return Optional.of(checked.build());
  }

  private static boolean sendable(int c) {
    return c == '\t' || !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
  }
}
