package dev.carillon.functions.api.schedules;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Ids;
import dev.carillon.edge.Limits;
import dev.carillon.edge.Query;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.Schedule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
  private static final String RECIPIENTS = "recipients";
  private static final Pattern NAMED =
      Pattern.compile("recipients(\\.[0-9]*)?(\\.(id|collection))?");

  /** Of the list of one recipient's schedules. */
  static ScheduleFilters ofRecipient(Query query) {
    query.heeding(PARAMETERS);
    return new ScheduleFilters(query.one("workflow"), tenant(query), Set.of());
  }

  /**
   * Of the list of a workflow's schedules. A recipient is a user's id, {@code recipients[]=ada}, or
   * an object's {@code recipients[][id]=p1&recipients[][collection]=projects}; clients that number
   * the entries of lists are understood too.
   */
  static ScheduleFilters ofWorkflow(Query query) {
    Set<String> ofRecipients =
        query.parameters().keySet().stream()
            .filter(name -> NAMED.matcher(name).matches())
            .collect(Collectors.toSet());
    query.heeding(
        Stream.of(PARAMETERS, ofRecipients).flatMap(Set::stream).collect(Collectors.toSet()));
    return new ScheduleFilters(
        query.one("workflow"), tenant(query), recipients(query, ofRecipients));
  }

  boolean wants(Schedule schedule) {
    return workflow.map(schedule.workflow().value()::equals).orElse(true)
        && tenant.map(it -> schedule.tenant().equals(Optional.of(it))).orElse(true)
        && (recipients.isEmpty() || recipients.contains(schedule.recipient()));
  }

  private static Optional<TenantId> tenant(Query query) {
    return query.id("tenant").map(TenantId::new);
  }

  private static Set<RecipientId> recipients(Query query, Set<String> names) {
    var entries = new HashSet<String>();
    names.forEach(name -> entries.add(name.replaceFirst("\\.(id|collection)$", "")));
    var recipients = new HashSet<RecipientId>();
    for (String entry : entries) {
      query.all(entry).forEach(id -> recipients.add(RecipientId.user(Ids.checked(entry, id))));
      recipients.addAll(objects(query, entry));
    }
    if (recipients.size() > Limits.SCHEDULES) {
      throw ErrorCode.INVALID_PARAMS.at(
          RECIPIENTS, "must have at most " + Limits.SCHEDULES + " entries");
    }
    return recipients;
  }

  /** Ids and collections come by turns, so the first of each belong together. */
  private static List<RecipientId> objects(Query query, String entry) {
    List<String> ids = query.all(entry + ".id");
    List<String> collections = query.all(entry + ".collection");
    if (!collections.isEmpty() && collections.size() != ids.size()) {
      throw ErrorCode.INVALID_PARAMS.at(RECIPIENTS, "must have an id and a collection each");
    }
    var objects = new ArrayList<RecipientId>();
    for (int i = 0; i < ids.size(); i++) {
      String collection = collections.isEmpty() ? RecipientId.USERS : collections.get(i);
      objects.add(
          new RecipientId(
              Ids.checked(RECIPIENTS, collection), Ids.checked(RECIPIENTS, ids.get(i))));
    }
    return objects;
  }
}
