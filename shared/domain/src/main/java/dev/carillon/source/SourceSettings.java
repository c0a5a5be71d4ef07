package dev.carillon.source;

import dev.carillon.condition.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How a source reads what comes in.
 *
 * @param eventType where an event says of what type it is
 * @param timestamp where it says when it happened; empty when that is not looked for
 * @param idempotencyKey where it says what tells it from another; empty when nothing does
 * @param enforceIdempotency whether an event with the key of an earlier one does nothing
 * @param handleIdentifies whether an event of type {@code identify} identifies its user by its
 *     {@code traits}, without a mapping
 * @param enforceVerification whether what is not verified is refused
 */
public record SourceSettings(
    Path eventType,
    Optional<Path> timestamp,
    Optional<Path> idempotencyKey,
    boolean enforceIdempotency,
    boolean handleIdentifies,
    boolean enforceVerification,
    Optional<Verification> verification) {

  /** What paths into an event begin with. */
  public static final Set<String> ROOTS = Set.of("body", "headers", "event", "user_id", "data");

  /** Of a source that says nothing else. */
  public static final SourceSettings STANDARD =
      new SourceSettings(
          Path.of("body.type"),
          Optional.empty(),
          Optional.empty(),
          true,
          false,
          false,
          Optional.empty());

  /** Whether the text can be a path into an event. */
  public static boolean isPath(String text) {
    return !text.contains("..") && ROOTS.contains(Path.of(text).names().getFirst());
  }
}
