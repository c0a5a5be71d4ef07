package dev.carillon.source;

import dev.carillon.environment.EnvironmentId;
import java.util.List;
import java.util.Optional;

/** The sources of environments, of which there are few. */
public interface Sources {

  /** How many an environment may have; they are read together. */
  int MOST = 50;

  /** The source as last stored; empty when there is none of that key. */
  Optional<Source> find(EnvironmentId environment, String key);

  /** All of an environment, by their keys. */
  List<Source> all(EnvironmentId environment);

  /** As {@link #find}, of the one that receives at that id. */
  Optional<Source> receivingAt(SourceId id);

  /** What both sides of a source know, for its {@link Verification}; empty when nothing is kept. */
  Optional<String> secret(EnvironmentId environment, String key);

  /** Keeps a secret for the source, which may be yet to be stored. Safe to repeat. */
  void keepSecret(EnvironmentId environment, String key, String secret);

  /**
   * Stores the source if nobody stored it since it was read: if its revision is the one stored, or
   * 0 and there is none. The stored one then has the next revision.
   *
   * @return false when somebody else was first; nothing is changed
   */
  boolean save(Source source);

  /** A new id that nobody can guess; stored nowhere yet. */
  SourceId freshId();
}
