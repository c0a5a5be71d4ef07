package dev.carillon.tracking;

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

  public LinkDomains {
    check(links);
    check(shortLinks);
    check(opens);
  }

  /** One name for all. */
  public static LinkDomains all(String name) {
    return new LinkDomains(name, name, name);
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
    if (!isValid(name)) {
      throw new IllegalArgumentException("Not a domain for links: " + name);
    }
  }
}
