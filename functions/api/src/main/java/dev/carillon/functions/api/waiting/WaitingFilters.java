package dev.carillon.functions.api.waiting;

import dev.carillon.edge.ListFilters;
import dev.carillon.edge.Query;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timer.Subject;
import java.util.Optional;
import java.util.Set;

/**
 * Which of what waits a call asks for.
 *
 * @param types any of these; empty for all
 */
record WaitingFilters(
    Optional<RecipientId> recipient,
    Optional<String> workflow,
    Optional<TenantId> tenant,
    Set<String> types)
    implements FindWaiting.Wanted {

  private static final Set<String> PARAMETERS =
      Set.of(
          "after",
          "page_size",
          "recipient",
          "recipient.id",
          "recipient.collection",
          "workflow",
          "tenant",
          "type");

  static WaitingFilters of(Query query) {
    query.only(PARAMETERS);
    return new WaitingFilters(
        ListFilters.recipient(query),
        query.one("workflow"),
        query.id("tenant").map(TenantId::new),
        Set.copyOf(query.someOf("type", Waiting.TYPES)));
  }

  @Override
  public boolean mayBe(Timer hint) {
    return switch (hint.subject()) {
      case Subject.OfRun(_, var whose, var of, _) ->
          recipient.map(whose::equals).orElse(true)
              && (tenant.isEmpty() || tenant.equals(of))
              && (types.isEmpty() || !Set.of("send_window", "schedule").containsAll(types));
      case Subject.OfMessage(_, var of, _) ->
          (tenant.isEmpty() || tenant.equals(of)) && allows("send_window");
      case Subject.OfSchedule _ -> allows("schedule");
      // What is to be told again stands in the log of its webhook, and broadcasts have their list.
      case Subject.OfWebhook _, Subject.OfBroadcast _ -> false;
    };
  }

  @Override
  public boolean test(Waiting waiting) {
    return recipient.map(waiting.recipient()::equals).orElse(true)
        && workflow.map(waiting.workflow().plain()::equals).orElse(true)
        && (tenant.isEmpty() || tenant.equals(waiting.tenant()))
        && allows(waiting.type());
  }

  private boolean allows(String type) {
    return types.isEmpty() || types.contains(type);
  }
}
