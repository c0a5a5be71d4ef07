package dev.carillon.tracking.link;

import dev.carillon.tracking.TrackedLink;

/**
 * Makes the links of one message trackable, one after another; the calls are numbered, so it serves
 * one rendering and one thread.
 */
@FunctionalInterface
public interface TrackLink {

  /** The address that leads to the target and tells of the click. */
  String to(LinkTarget target, TrackedLink.Kind kind);
}
