package dev.carillon.local.iam;

import java.util.List;

/** What the policies say to a request. */
public sealed interface AccessDecision {

  /** Allowed by each of these; none of them missing alone changes it if there is another. */
  record Allowed(List<Grant> by) implements AccessDecision {
    public Allowed {
      by = List.copyOf(by);
    }
  }

  /**
   * A statement denies it, whatever others allow.
   *
   * @param ofResource the statement is the resource's, not the role's
   */
  record Denied(boolean ofResource) implements AccessDecision {}

  /** No statement allows it. */
  record NotAllowed() implements AccessDecision {}
}
