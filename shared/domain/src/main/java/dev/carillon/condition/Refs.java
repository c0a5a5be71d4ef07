package dev.carillon.condition;

import java.util.List;
import java.util.Optional;

/** What paths that begin with {@code refs.} can ask of earlier steps. */
final class Refs {
  static final String ROOT = "refs";

  /** What the event held that a step waited for; below it any name can be meant. */
  private static final String SIGNAL = "signal_variables";

  /** Whether the event came that a step waited for. */
  private static final String MATCHED = "matched";

  private Refs() {}

  static boolean isRef(Path path) {
    return path.root().equals(ROOT);
  }

  /** The status that the path asks for; empty when it asks for something else. */
  static Optional<Subject.Status> status(String variable, Path path) {
    List<String> names = path.names();
    int last = names.size() - 1;
    // An event may hold a status of its own.
    if (last < 2 || names.subList(2, last).contains(SIGNAL)) {
      return Optional.empty();
    }
    String ref = String.join(".", names.subList(1, last));
    return ref.isEmpty()
        ? Optional.empty()
        : Subject.Kind.named(names.get(last)).map(kind -> new Subject.Status(variable, ref, kind));
  }

  /** Whether the path leads to what a step that waited for an event found. */
  static boolean isOutput(Path path) {
    List<String> names = path.names();
    return isRef(path)
        && names.size() > 2
        && !names.get(1).isEmpty()
        && (names.get(2).equals(SIGNAL) || names.size() == 3 && names.get(2).equals(MATCHED));
  }
}
