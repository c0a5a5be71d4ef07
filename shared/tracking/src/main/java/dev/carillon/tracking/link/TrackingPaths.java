package dev.carillon.tracking.link;

import java.util.Optional;

/**
 * The addresses of tracked things: made here, and read here by the function behind them.
 *
 * <pre>
 * https://links/l/token                    a standard link
 * https://short/0123456789                 a short one
 * https://opens/o/token.png                an open pixel
 * …/v1/track/click/token[?url=target]      a standard link, as the second product writes it
 * …/v1/track/open/token                    an open pixel, as the second product writes it: a GIF
 * </pre>
 */
public final class TrackingPaths {
  private static final String STANDARD = "/l/";
  private static final String PIXEL = "/o/";
  private static final String PNG = ".png";
  private static final String CLICK = "/v1/track/click/";
  private static final String OPEN = "/v1/track/open/";

  private TrackingPaths() {}

  /** What a path asks for. Whether its token or key is any good is not said yet. */
  public sealed interface Asked {
    record Short(ShortKey key) implements Asked {}

    /**
     * @param beside whether the query may bring the target along
     */
    record Standard(String token, boolean beside) implements Asked {}

    record Pixel(String token, Image image) implements Asked {}

    record Nothing() implements Asked {}
  }

  /** What an open pixel is. */
  public enum Image {
    PNG,
    GIF
  }

  static String standard(LinkDomains domains, String token) {
    return LinkDomains.origin(domains.links()) + STANDARD + token;
  }

  static String shortened(LinkDomains domains, ShortKey key) {
    return LinkDomains.origin(domains.shortLinks()) + "/" + key;
  }

  static String pixel(LinkDomains domains, String token) {
    return LinkDomains.origin(domains.opens()) + PIXEL + token + PNG;
  }

  /**
   * @param path from its slash on, without the query
   */
  public static Asked read(String path) {
    if (path.startsWith(STANDARD)) {
      return new Asked.Standard(path.substring(STANDARD.length()), false);
    }
    if (path.startsWith(CLICK)) {
      return new Asked.Standard(path.substring(CLICK.length()), true);
    }
    if (path.startsWith(PIXEL)) {
      String name = path.substring(PIXEL.length());
      return new Asked.Pixel(
          name.endsWith(PNG) ? name.substring(0, name.length() - PNG.length()) : name, Image.PNG);
    }
    if (path.startsWith(OPEN)) {
      return new Asked.Pixel(path.substring(OPEN.length()), Image.GIF);
    }
    Optional<ShortKey> key =
        path.startsWith("/") ? ShortKey.parse(path.substring(1)) : Optional.empty();
    return key.<Asked>map(Asked.Short::new).orElseGet(Asked.Nothing::new);
  }
}
