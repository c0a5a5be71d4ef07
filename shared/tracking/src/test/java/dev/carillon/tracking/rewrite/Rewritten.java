package dev.carillon.tracking.rewrite;

import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.Tracking;
import dev.carillon.tracking.link.LinkTarget;
import java.util.ArrayList;
import java.util.List;

/** A rewriting whose addresses can be read, and what it tracked. */
final class Rewritten {
  final List<String> targets = new ArrayList<>();
  final List<TrackedLink.Kind> kinds = new ArrayList<>();
  final LinkRewriting rewriting;

  Rewritten(String... kept) {
    rewriting = new LinkRewriting(this::track, Tracking.DOMAINS, List.of(kept));
  }

  private String track(LinkTarget target, TrackedLink.Kind kind) {
    targets.add(target.value());
    kinds.add(kind);
    return "https://t/" + (targets.size() - 1);
  }
}
