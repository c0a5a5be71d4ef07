package dev.carillon.functions.api.engagement;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Query;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.EngagementTotals;
import dev.carillon.message.EngagementTotals.Total;
import dev.carillon.message.MessageId;
import dev.carillon.tracking.EmailEvents;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.TrackingEvents;
import dev.carillon.workflow.WorkflowKey;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How often tracked messages were opened and clicked, and each open and click of a mail. */
final class EngagementCalls {
  static final List<Operation<EngagementCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/workflows/{key}/engagement", SECRET_KEY, EngagementCalls::ofWorkflow),
          Operation.get(
              "/v1/broadcasts/{key}/engagement", SECRET_KEY, EngagementCalls::ofBroadcast),
          Operation.get("/v1/email_events", SECRET_KEY, EngagementCalls::emailEvents));

  /** How many days are told of when the call does not say. */
  private static final int USUAL_DAYS = 30;

  private static final int DECIMALS = 4;

  private final EngagementTotals totals;
  private final TrackingEvents events;
  private final InstantSource clock;

  EngagementCalls(EngagementTotals totals, TrackingEvents events, InstantSource clock) {
    this.totals = totals;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The totals of the messages that were made from one day to another, both in UTC and included;
   * the last thirty days when the query does not say. {@code channel_id} and {@code version} narrow
   * them. A workflow that is not known made none.
   */
  HttpResponse ofWorkflow(HttpRequest request, EnvironmentId environment) {
    String key = request.pathParameter("key");
    if (!WorkflowKey.isValid(key)) {
      throw ErrorCode.WORKFLOW_MISSING.refused();
    }
    return engagement(request, environment, new WorkflowKey(key));
  }

  /** As {@link #ofWorkflow}, of what a broadcast said. */
  HttpResponse ofBroadcast(HttpRequest request, EnvironmentId environment) {
    String key = request.pathParameter("key");
    if (!WorkflowKey.isValid(key)) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    return engagement(request, environment, WorkflowKey.ofBroadcast(key));
  }

  private HttpResponse engagement(
      HttpRequest request, EnvironmentId environment, WorkflowKey workflow) {
    var query = request.query().only(Set.of("from", "to", "channel_id", "version"));
    LocalDate to =
        day(query, "to").orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    LocalDate from = day(query, "from").orElse(to.minusDays(USUAL_DAYS - 1));
    if (from.isAfter(to)) {
      throw ErrorCode.INVALID_PARAMS.at("from", "must not be after to");
    }
    if (!from.plusDays(EngagementTotals.MOST_DAYS).isAfter(to)) {
      throw ErrorCode.INVALID_PARAMS.at(
          "from", "must be less than " + EngagementTotals.MOST_DAYS + " days before to");
    }
    List<Total> wanted =
        totals.of(environment, workflow, from, to).stream()
            .filter(it -> isOrUnsaid(query.one("channel_id"), it.channel().toString()))
            .filter(it -> isOrUnsaid(query.one("version"), it.version().toString()))
            .toList();
    EngagementCounts sum =
        wanted.stream().map(Total::counts).reduce(EngagementCounts.NONE, EngagementCounts::plus);
    return HttpResponse.ok(
        Json.object()
            .with(workflow.kind(), workflow.plain())
            .with("from", from.toString())
            .with("to", to.toString())
            .with("total", counts(Json.object(), sum))
            .with("items", Json.array(wanted.stream().map(EngagementCalls::view).toList())));
  }

  private static boolean isOrUnsaid(Optional<String> said, String value) {
    return said.map(value::equals).orElse(true);
  }

  private static Optional<LocalDate> day(Query query, String name) {
    return query
        .one(name)
        .map(
            text -> {
              try {
                return LocalDate.parse(text);
              } catch (DateTimeParseException _) {
                throw ErrorCode.INVALID_PARAMS.at(name, "must be a day such as 2026-01-31");
              }
            });
  }

  private static Json view(Total total) {
    return counts(
        Json.object()
            .with("day", total.day().toString())
            .with("channel_id", total.channel().toString())
            .with("version", total.version().toString()),
        total.counts());
  }

  /** Rates are null where nothing was sent. */
  private static Json.Obj counts(Json.Obj view, EngagementCounts counts) {
    return view.with("sent", Json.of(counts.sent()))
        .with("opened", Json.of(counts.opened()))
        .with("clicked", Json.of(counts.clicked()))
        .with("open_rate", rate(counts.opened(), counts.sent()))
        .with("click_rate", rate(counts.clicked(), counts.sent()))
        .with("opens", Json.of(counts.opens()))
        .with("clicks", Json.of(counts.clicks()))
        .with("machine_opens", Json.of(counts.machineOpens()))
        .with("machine_clicks", Json.of(counts.machineClicks()));
  }

  private static Json rate(long part, long whole) {
    return whole == 0
        ? Json.NULL
        : new Json.Num(
            BigDecimal.valueOf(part)
                .divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.HALF_UP));
  }

  /** The {@code email_event} records of one mail, which {@code email_id} names, newest first. */
  HttpResponse emailEvents(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(Set.of("email_id", "after", "before", "page_size"));
    String id =
        query
            .one("email_id")
            .orElseThrow(() -> ErrorCode.INVALID_PARAMS.at("email_id", "is required"));
    if (!Ksuid.isValid(id)) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    var cursors = request.cursors(environment, "email_events", id);
    var paging = cursors.paging(query);
    List<TrackingEvent> newestFirst = events.ofMessage(environment, new MessageId(id));
    return Pages.answer(
        cursors,
        paging,
        Pages.sliced(newestFirst, paging, EngagementCalls::position),
        EngagementCalls::position,
        EmailEvents::shown);
  }

  private static String position(TrackingEvent event) {
    return "%013d#%s".formatted(event.at().toEpochMilli(), event.id());
  }
}
