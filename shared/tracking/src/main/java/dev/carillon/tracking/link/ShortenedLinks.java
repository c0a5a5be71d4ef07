package dev.carillon.tracking.link;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;
import dev.carillon.tracking.TrackedLink;
import java.nio.charset.StandardCharsets;

/**
 * Links with a key in the place of a token, for channels where every character counts. Each is
 * stored before it is given out.
 *
 * <p>The key is a keyed hash of what the link stands for: rendering a message again gives the same
 * links and stores nothing new, and who knows the ids cannot compute it. With 62^10 keys two links
 * rarely meet; the one that comes second takes its next key.
 */
public final class ShortenedLinks implements TrackLink {
  /** A key is taken with a chance of links over 62^10: with 10^9 links, 1 in 8 * 10^8 each time. */
  private static final int TRIES = 8;

  private final LinkKeys keys;
  private final ShortLinks links;
  private final LinkDomains domains;
  private final EnvironmentId environment;
  private final MessageId message;
  private int next;

  public ShortenedLinks(
      LinkKeys keys,
      ShortLinks links,
      LinkDomains domains,
      EnvironmentId environment,
      MessageId message) {
    this.keys = keys;
    this.links = links;
    this.domains = domains;
    this.environment = environment;
    this.message = message;
  }

  @Override
  public String to(LinkTarget target, TrackedLink.Kind kind) {
    var link = new TrackedLink(environment, message, kind, next++, target);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      ShortKey key = key(link, attempt);
      if (links.put(key, link)) {
        return TrackingPaths.shortened(domains, key);
      }
    }
    throw new IllegalStateException("No key is free for a link of message " + message);
  }

  private ShortKey key(TrackedLink link, int attempt) {
    String identity =
        String.join(
            "\0",
            "carillon short link 1",
            environment.value(),
            message.value(),
            link.kind().wireName(),
            Integer.toString(link.index()),
            Integer.toString(attempt),
            link.target().value());
    return ShortKey.of(keys.current().mac(identity.getBytes(StandardCharsets.UTF_8)));
  }
}
