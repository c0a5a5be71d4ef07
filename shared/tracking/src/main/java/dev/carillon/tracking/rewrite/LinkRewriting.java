package dev.carillon.tracking.rewrite;

import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.link.LinkDomains;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.tracking.link.TrackLink;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which links of one message are tracked, and by what. For one rendering and one thread. */
public final class LinkRewriting {
  private final TrackLink links;
  private final LinkDomains domains;
  private final Set<LinkTarget> kept = new HashSet<>();
  private final Set<LinkTarget> left = new HashSet<>();

  /**
   * @param domains those of the environment; links to them are tracked already
   * @param kept addresses that stay as they are wherever they stand: those of the mail's
   *     List-Unsubscribe header and of its footer; what cannot be tracked anyway is passed over
   */
  public LinkRewriting(TrackLink links, LinkDomains domains, Collection<String> kept) {
    this.links = links;
    this.domains = domains;
    kept.forEach(address -> LinkTarget.of(address).ifPresent(this.kept::add));
  }

  /** Notes that a link to the address was left alone because its author wants it so. */
  void left(String address) {
    LinkTarget.of(address).ifPresent(left::add);
  }

  /** The same for another form of the same words, where what was left alone stays as well. */
  LinkRewriting ofTheOtherForm() {
    var other = new LinkRewriting(links, domains, Set.of());
    other.kept.addAll(kept);
    other.kept.addAll(left);
    return other;
  }

  /** The address to put in the place of this one; empty when it is to stay. */
  Optional<String> tracked(String address, TrackedLink.Kind kind) {
    return LinkTarget.of(address)
        .filter(target -> !kept.contains(target) && !domains.contain(target.host()))
        .map(target -> links.to(target, kind));
  }

  /** The same for a link in a text. */
  Optional<String> tracked(String address) {
    return tracked(address, TrackedLink.Kind.LINK);
  }
}
