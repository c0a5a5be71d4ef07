package dev.carillon.infra.settings;

/**
 * The name under which the world knows both APIs.
 *
 * @param name {@code domain}: such as {@code notify.example.com}
 * @param certificate the ARN of its certificate, which CloudFront takes from us-east-1 alone
 * @param firewall {@code firewall}
 */
public record PublicDomain(String name, String certificate, Firewall firewall) {
  private static final String CERTIFICATE = "arn:[a-z-]+:acm:us-east-1:\\d{12}:certificate/.+";
  private static final String ACL = "arn:[a-z-]+:wafv2:us-east-1:\\d{12}:global/webacl/.+";

  /** What stands before it. */
  public sealed interface Firewall {
    record None() implements Firewall {}

    /** A web ACL of the edge stack's own; WAF makes one for CloudFront in us-east-1 alone. */
    record Own() implements Firewall {}

    /** A web ACL that there is. */
    record Given(String arn) implements Firewall {}
  }

  /**
   * @param text {@code name=certificate ARN}
   * @param firewall {@code own}, the ARN of a web ACL, or empty
   */
  static PublicDomain parse(String text, String firewall) {
    int at = text.indexOf('=');
    var name = at < 0 ? "" : text.substring(0, at);
    if (!StackSettings.DOMAIN.matcher(name).matches()
        || !text.substring(at + 1).matches(CERTIFICATE)) {
      throw new IllegalArgumentException(
          "domain must be name=ARN of its certificate in us-east-1, not " + text);
    }
    return new PublicDomain(name, text.substring(at + 1), firewall(firewall));
  }

  private static Firewall firewall(String text) {
    if (text.isEmpty()) {
      return new Firewall.None();
    }
    if (text.equals("own")) {
      return new Firewall.Own();
    }
    if (text.matches(ACL)) {
      return new Firewall.Given(text);
    }
    throw new IllegalArgumentException(
        "firewall must be own, or the ARN of a web ACL for CloudFront, not " + text);
  }
}
