package dev.carillon.tracking.link;

import dev.carillon.json.Json;
import java.util.regex.Pattern;

/**
 * The host names that the tracked addresses of an environment bear, by use; all three may be the
 * same.
 *
 * @param links of standard links
 * @param shortLinks of short links; with 12 characters a link has 31
 * @param opens of open pixels
 */
public record LinkDomains(String links, String shortLinks, String opens) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]");

  /** The local stack has no certificate, and browsers know it by this name alone. */
  private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?");

  /** The fields of an environment's {@code tracking_domains}. */
  public static final String LINK = "link";

  public static final String SHORT_LINK = "short_link";
  public static final String OPEN = "open";

  private static final String HTTPS = "https://";
  private static final String HTTP = "http://";

  public LinkDomains {
    check(links);
    check(shortLinks);
    check(opens);
  }

  /** One name for all. */
  public static LinkDomains all(String name) {
    return new LinkDomains(name, name, name);
  }

  /**
   * Those of an environment.
   *
   * @param origin the deployment's own, {@code https://<name>}; {@code http://localhost:<port>} for
   *     the local stack
   * @param own the environment's {@code tracking_domains}
   */
  public static LinkDomains of(String origin, Json.Obj own) {
    String standard = origin.replaceFirst("^https?://", "").replaceFirst("/$", "");
    String links = own.text(LINK).orElse(standard);
    return new LinkDomains(links, own.text(SHORT_LINK).orElse(links), own.text(OPEN).orElse(links));
  }

  /** What an address under that name begins with, without a slash at its end. */
  static String origin(String name) {
    return (LOCAL.matcher(name).matches() ? HTTP : HTTPS) + name;
  }

  /** Whether this can be such a name: lower case, no port, no path. */
  public static boolean isValid(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether it is one of them: a link that leads to us already is not tracked again. */
  public boolean contain(String host) {
    return host.equals(links) || host.equals(shortLinks) || host.equals(opens);
  }

  private static void check(String name) {
    if (!isValid(name) && !LOCAL.matcher(name).matches()) {
      throw new IllegalArgumentException("Not a domain for links: " + name);
    }
  }
}
