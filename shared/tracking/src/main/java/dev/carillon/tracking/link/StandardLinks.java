package dev.carillon.tracking.link;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.TrackedMail;

/** Links with all they need in a token. Nothing is stored. */
public final class StandardLinks implements TrackLink {
  private final LinkTokens tokens;
  private final LinkDomains domains;
  private final EnvironmentId environment;
  private final MessageId message;
  private int next;

  public StandardLinks(
      LinkTokens tokens, LinkDomains domains, EnvironmentId environment, MessageId message) {
    this.tokens = tokens;
    this.domains = domains;
    this.environment = environment;
    this.message = message;
  }

  @Override
  public String to(LinkTarget target, TrackedLink.Kind kind) {
    var link = new TrackedLink(environment, message, kind, next++, target);
    return TrackingPaths.standard(domains, tokens.seal(link));
  }

  /** The address of the message's open pixel. */
  public String pixel() {
    return TrackingPaths.pixel(domains, tokens.seal(new TrackedMail(environment, message)));
  }
}
