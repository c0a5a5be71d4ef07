package dev.carillon.functions.api.runs;

import dev.carillon.edge.ListFilters;
import dev.carillon.edge.Query;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs a call asks for.
 *
 * @param status any of these; empty for all
 * @param accepted when the trigger was
 */
record RunFilters(
    Optional<String> workflow,
    Set<String> status,
    Optional<TenantId> tenant,
    Optional<Boolean> hasErrors,
    Optional<RecipientId> recipient,
    TimeRange accepted) {

  private static final Set<String> PARAMETERS =
      Set.of(
          "after",
          "before",
          "page_size",
          "workflow",
          "status",
          "tenant",
          "has_errors",
          "recipient",
          "recipient.id",
          "recipient.collection",
          "starting_at",
          "ending_at");

  private static final Set<String> STATUSES =
      Set.of("queued", "processing", "paused", "completed", "cancelled");

  static RunFilters of(Query query) {
    query.heeding(PARAMETERS);
    return new RunFilters(
        query.one("workflow"),
        Set.copyOf(query.someOf("status", STATUSES)),
        query.id("tenant").map(TenantId::new),
        query.bool("has_errors"),
        ListFilters.recipient(query),
        ListFilters.range(query.instant("starting_at"), query.instant("ending_at")));
  }

  boolean wants(Run run) {
    return workflow.map(run.workflow().plain()::equals).orElse(true)
        && (status.isEmpty() || status.contains(run.status()))
        && tenant.map(it -> run.tenant().equals(Optional.of(it))).orElse(true)
        && hasErrors.map(it -> it == run.errors() > 0).orElse(true)
        && recipient.map(run.recipient()::equals).orElse(true);
  }
}
