package dev.carillon.source;

import java.time.Instant;

/**
 * Hears of what events of a source are to do before it is stored, so that who dies after storing it
 * has told of it. Who listens looks for what was written at that instant, and hears of nothing when
 * it is not there within minutes.
 */
@FunctionalInterface
public interface AnnounceActions {

  /**
   * The source is about to be stored. Safe to repeat.
   *
   * @param at when what is new of its mappings was written
   */
  void announce(Source source, Instant at);
}
