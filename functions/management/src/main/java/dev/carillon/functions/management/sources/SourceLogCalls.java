package dev.carillon.functions.management.sources;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.accept.event.ResolveAction;
import dev.carillon.access.ManagementScope;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.Limits;
import dev.carillon.edge.Query;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.page.TimeRange;
import dev.carillon.source.Source;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.SourceEvent.ActionOutcome;
import dev.carillon.source.SourceEvents;
import dev.carillon.source.SourceEvents.Tally;
import dev.carillon.source.SourceReading;
import dev.carillon.source.Sources;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What came in by a source, how much of what, and what an event would do. */
final class SourceLogCalls {
  private static final Access READ = management(ManagementScope.READ);
  private static final String ACTIONS = "actions";

  static final List<Operation<SourceLogCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/sources/{key}/events", READ, SourceLogCalls::events),
          byCaller(HttpMethod.GET, "/v1/sources/{key}/logs", READ, SourceLogCalls::logs),
          byCaller(HttpMethod.GET, "/v1/sources/{key}/status", READ, SourceLogCalls::status),
          byCaller(
              HttpMethod.POST,
              "/v1/sources/{key}/rehearse",
              management(ManagementScope.WRITE),
              SourceLogCalls::rehearse));

  private final ManagementCall.Reader calls;
  private final Sources sources;
  private final SourceEvents events;
  private final Channels channels;
  private final InstantSource clock;

  SourceLogCalls(
      ManagementCall.Reader calls,
      Sources sources,
      SourceEvents events,
      Channels channels,
      InstantSource clock) {
    this.calls = calls;
    this.sources = sources;
    this.events = events;
    this.channels = channels;
    this.clock = clock;
  }

  private Source source(HttpRequest request, ManagementCall call) {
    return sources
        .find(call.id(), request.pathId("key"))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  HttpResponse events(HttpRequest request, Caller caller) {
    ManagementCall call = calls.readWhole(request, caller, Set.of());
    Source source = source(request, call);
    return HttpResponse.ok(
        Json.object()
            .with(
                "entries",
                Json.array(
                    events.tallies(call.id(), source.key(), clock.instant()).stream()
                        .map(
                            it ->
                                Json.object()
                                    .with("event", it.type())
                                    .with("last_received_at", Times.of(it.last())))
                        .toList())));
  }

  HttpResponse status(HttpRequest request, Caller caller) {
    ManagementCall call = calls.readWhole(request, caller, Set.of());
    Source source = source(request, call);
    List<Tally> tallies = events.tallies(call.id(), source.key(), clock.instant());
    return HttpResponse.ok(
        Json.object()
            .with("events_count", Json.of(tallies.stream().mapToLong(Tally::count).sum()))
            .with(
                "last_event_received",
                tallies.stream()
                    .map(Tally::last)
                    .max(Comparator.naturalOrder())
                    .map(Times::of)
                    .orElse(Json.NULL))
            .with("mappings_count", Json.of(source.mappings().size()))
            .with("mappings_requiring_commit", Json.array(List.of())));
  }

  HttpResponse logs(HttpRequest request, Caller caller) {
    var heeded = new HashSet<>(EntryPages.PARAMETERS);
    heeded.addAll(Set.of("date", "starting_at", "ending_at", "event", "id", "include"));
    ManagementCall call = calls.readWhole(request, caller, heeded);
    Source source = source(request, call);
    Query query = call.query();
    TimeRange range = range(query);
    Optional<String> event = query.one("event");
    Optional<String> id = query.one("id");
    Predicate<SourceEvent> wanted =
        it -> event.map(it.type()::equals).orElse(true) && id.map(it.id()::equals).orElse(true);
    boolean whole = query.someOf("include", Set.of(ACTIONS)).contains(ACTIONS);
    return EntryPages.newestFirst(
        query,
        request.cursors(call.id(), "source_logs", source.key(), query.filters()),
        page -> events.newestFirst(call.id(), source.key(), range, wanted, page),
        SourceEvent::id,
        it -> whole ? view(it).with(ACTIONS, actions(it)) : view(it));
  }

  /** The day in UTC, within whatever else is asked for. */
  private static TimeRange range(Query query) {
    Instant start = query.instant("starting_at").orElse(Instant.EPOCH);
    Instant end = query.instant("ending_at").map(it -> it.plusNanos(1)).orElse(TimeRange.ALL.end());
    Optional<LocalDate> day = query.one("date").map(SourceLogCalls::day);
    if (day.isEmpty()) {
      return new TimeRange(start, end);
    }
    Instant first = day.get().atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant next = day.get().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return new TimeRange(first.isAfter(start) ? first : start, next.isBefore(end) ? next : end);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException _) {
      throw ErrorCode.INVALID_PARAMS.at("date", "must be a date such as 2026-01-05");
    }
  }

  private static Json.Obj view(SourceEvent event) {
    return Json.object()
        .with("id", event.id())
        .with("event", event.type())
        .with("data", event.sent().object("body"))
        .with("inserted_at", Times.of(event.receivedAt()))
        .with("preprocess_output", Json.NULL)
        .with("source", event.rehearsed() ? Json.of("rehearsal") : Json.NULL)
        .with("verification_status", Json.ofNullable(event.verification()))
        .with("idempotent", Json.of(event.state() instanceof SourceEvent.State.Repeated))
        .with("processed", Json.of(!(event.state() instanceof SourceEvent.State.Received)));
  }

  private static Json actions(SourceEvent event) {
    List<ActionOutcome> outcomes =
        switch (event.state()) {
          case SourceEvent.State.Done(var done) -> done;
          case SourceEvent.State.Received _, SourceEvent.State.Repeated _ -> List.of();
        };
    var views = new ArrayList<Json>();
    for (ActionOutcome outcome : outcomes) {
      views.add(
          Json.object()
              .with("id", event.id() + "." + views.size())
              .with("action_type", outcome.type().wireName())
              .with("action_parameters", outcome.parameters())
              .with("action_payload", outcome.payload().<Json>map(it -> it).orElse(Json.NULL))
              .with("action_status", outcome.ok() ? "success" : "error")
              .with(
                  "action_result",
                  outcome
                      .problem()
                      .<Json>map(it -> Json.object().with("error", it))
                      .orElse(Json.NULL))
              .with("inserted_at", Times.of(event.receivedAt())));
    }
    return Json.array(views);
  }

  /**
   * Reads the payload as the source would, and what its mappings make of it; nothing is done. Its
   * line stays in the log.
   */
  HttpResponse rehearse(HttpRequest request, Caller caller) {
    ManagementCall call = calls.readWhole(request, caller, Set.of());
    Source source = source(request, call);
    RequestFields payload =
        request
            .fields()
            .only(Set.of("payload"))
            .required("payload")
            .object()
            .only(Set.of("body", "headers"))
            .within(Limits.SOURCE_EVENT_BYTES);
    Json.Obj body = payload.optional("body").map(it -> it.object().json()).orElse(Json.Obj.EMPTY);
    SourceReading reading = source.read(body, headers(payload));
    if (reading.type().isEmpty()) {
      throw ErrorCode.INVALID_PARAMS.at(
          "payload." + source.settings().eventType().text(),
          "must say of what type the event is, in 1 to 255 characters");
    }
    String type = reading.type().get();
    var resolve = new ResolveAction(new IdentificationReader(() -> channels.all(call.id())));
    List<ActionOutcome> outcomes =
        source.actionsOf(type).stream()
            .map(
                mapping -> {
                  ResolveAction.Resolved resolved = resolve.resolve(mapping, reading.context());
                  return new ActionOutcome(
                      mapping.type(),
                      mapping.parameters(),
                      Optional.of(resolved.payload()),
                      switch (resolved.result()) {
                        case ResolveAction.Result.Ready _ -> Optional.<String>empty();
                        case ResolveAction.Result.Refused(var why) -> Optional.of(why);
                      });
                })
            .toList();
    Instant now = clock.instant();
    var event =
        new SourceEvent(
            call.id(),
            source.key(),
            SourceEvent.id(now, source.id(), request.id()),
            type,
            Json.object().with("body", body).with("headers", reading.context().object("headers")),
            reading.idempotencyKey(),
            now,
            Optional.empty(),
            true,
            new SourceEvent.State.Done(outcomes),
            0);
    events.create(event);
    return HttpResponse.ok(rehearsed(event, outcomes));
  }

  private static Map<String, String> headers(RequestFields payload) {
    var headers = new LinkedHashMap<String, String>();
    payload
        .optional("headers")
        .map(RequestValue::object)
        .ifPresent(
            all ->
                all.json()
                    .fields()
                    .keySet()
                    .forEach(
                        name ->
                            all.optional(name)
                                .ifPresent(
                                    it -> headers.put(name.toLowerCase(Locale.ROOT), it.text()))));
    return headers;
  }

  private static Json rehearsed(SourceEvent event, List<ActionOutcome> outcomes) {
    List<ActionOutcome> failed = outcomes.stream().filter(it -> !it.ok()).toList();
    return Json.object()
        .with("log_id", event.id())
        .with("status", failed.isEmpty() ? "ok" : "error")
        .with("action_logs_count", Json.of(outcomes.size()))
        .with("successful_action_logs_count", Json.of(outcomes.size() - failed.size()))
        .with("failed_action_logs_count", Json.of(failed.size()))
        .with(
            "errors",
            failed.isEmpty()
                ? Json.NULL
                : Json.array(
                    failed.stream()
                        .map(
                            it ->
                                Json.object()
                                    .with("field", it.type().wireName())
                                    .with("message", it.problem().orElse("")))
                        .toList()));
  }
}
