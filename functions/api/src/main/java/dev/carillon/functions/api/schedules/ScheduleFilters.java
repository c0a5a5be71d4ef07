package dev.carillon.functions.api.schedules;

import dev.carillon.edge.Query;
import dev.carillon.edge.RecipientFilter;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.Schedule;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which schedules a call asks for.
 *
 * @param recipients any of these; empty for all
 */
record ScheduleFilters(
    Optional<String> workflow, Optional<TenantId> tenant, Set<RecipientId> recipients) {

  private static final Set<String> PARAMETERS =
      Set.of("after", "before", "page_size", "workflow", "tenant");

  /** Of the list of one recipient's schedules. */
  static ScheduleFilters ofRecipient(Query query) {
    query.heeding(PARAMETERS);
    return new ScheduleFilters(query.one("workflow"), tenant(query), Set.of());
  }

  /** Of the list of a workflow's schedules, which may be limited to some recipients. */
  static ScheduleFilters ofWorkflow(Query query) {
    var recipients = RecipientFilter.of(query, "recipients");
    query.heeding(
        Stream.of(PARAMETERS, recipients.spellings())
            .flatMap(Set::stream)
            .collect(Collectors.toSet()));
    return new ScheduleFilters(query.one("workflow"), tenant(query), recipients.recipients(query));
  }

  boolean wants(Schedule schedule) {
    return workflow.map(schedule.workflow().value()::equals).orElse(true)
        && tenant.map(it -> schedule.tenant().equals(Optional.of(it))).orElse(true)
        && (recipients.isEmpty() || recipients.contains(schedule.recipient()));
  }

  private static Optional<TenantId> tenant(Query query) {
    return query.id("tenant").map(TenantId::new);
  }
}
