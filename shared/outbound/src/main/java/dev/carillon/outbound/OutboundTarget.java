package dev.carillon.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A URL as we understand it, and the only reading of it: what connects is given the parts found
 * here. Parsers disagree about odd URLs, and attackers live off the difference; so what is odd is
 * refused.
 *
 * @param address the address when the host is one; empty when it is a name
 */
record OutboundTarget(HttpUrl url, Optional<InetAddress> address) {
  // Scheme, authority, path, query. No fragment: it is never sent, so anybody who writes one is
  // mistaken.
  private static final Pattern URL =
      Pattern.compile("(?i)(https?)://([^/?#]+)(/[^?#]*)?(?:\\?([^#]*))?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-fA-F:.]{2,45}]|[^\\[\\]:@%]+)(?::([0-9]{1,5}))?");
  private static final Pattern NAME =
      Pattern.compile(
          "(?!.{254})[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
  private static final Pattern QUAD =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
  private static final int LONGEST = 8_192;

  /** The URL; empty when it is not one that we send to. */
  static Optional<OutboundTarget> of(String text) {
    if (text.length() > LONGEST || !text.chars().allMatch(OutboundTarget::plain)) {
      return Optional.empty();
    }
    var url = URL.matcher(text);
    if (!url.matches()) {
      return Optional.empty();
    }
    var authority = AUTHORITY.matcher(url.group(2));
    if (!authority.matches()) {
      return Optional.empty();
    }
    var builder = new HttpUrl.Builder();
    try {
      builder.scheme(url.group(1).toLowerCase(Locale.ROOT)).host(authority.group(1));
      if (authority.group(2) != null) {
        builder.port(Integer.parseInt(authority.group(2)));
      }
      builder.encodedPath(url.group(3) == null ? "/" : url.group(3)).encodedQuery(url.group(4));
    } catch (IllegalArgumentException _) { // a host that cannot be mapped to ASCII, port 0 or 65536
      return Optional.empty();
    }
    return of(builder.build());
  }

  private static Optional<OutboundTarget> of(HttpUrl url) {
    // In ASCII and lower case by now, so that 127。0。0。1 has become what it means.
    var host = url.host();
    if (host.contains(":")) {
      return Optional.of(new OutboundTarget(url, Optional.of(InetAddress.ofLiteral(host))));
    }
    if (ENDS_IN_A_NUMBER.matcher(host).matches()) {
      // 127.1, 2130706433, 0177.0.0.1 and 0x7f.1 are addresses to some resolvers and not to others.
      return quad(host).map(address -> new OutboundTarget(url, Optional.of(address)));
    }
    return NAME.matcher(host).matches()
        ? Optional.of(new OutboundTarget(url, Optional.empty()))
        : Optional.empty();
  }

  private static Optional<InetAddress> quad(String host) {
    try {
      return QUAD.matcher(host).matches()
          ? Optional.of(Inet4Address.ofLiteral(host))
          : Optional.empty();
    } catch (IllegalArgumentException _) { // a number above 255
      return Optional.empty();
    }
  }

  /** {@code host:port}, the port always written out. */
  String hostAndPort() {
    var host = url.host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + url.port();
  }

  private static boolean plain(int c) {
    return c > ' '
        && c != 0x7f
        && c != '\\'
        && !Character.isISOControl(c)
        && !Character.isWhitespace(c);
  }
}
