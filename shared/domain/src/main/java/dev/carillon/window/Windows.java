package dev.carillon.window;

import dev.carillon.condition.Facts;
import dev.carillon.condition.Path;
import dev.carillon.condition.Verdict;
import dev.carillon.json.Json;
import dev.carillon.time.RepeatRule;
import dev.carillon.time.Zones;
import java.time.Instant;
import java.util.Optional;

/** Says when windows close. Pure: the same arguments give the same instant. */
public final class Windows {
  private final Zones.Chosen zone;
  private final Instant start;
  private final Limit limit;

  private Windows(Zones.Chosen zone, Instant start, Limit limit) {
    this.zone = zone;
    this.start = start;
    this.limit = limit;
  }

  /**
   * When a window that opens at {@code start} closes.
   *
   * @param facts what paths lead into
   * @param zone whose clocks a rule goes by
   */
  public static Closing close(
      Window window, Facts facts, Zones.Chosen zone, Instant start, Limit limit) {
    var windows = new Windows(zone, start, limit);
    return switch (window) {
      case Window.Fixed(var period) ->
          windows.within(period.after(start), why("fixed").with("value", period.json()));
      case Window.Rule(var rule) -> windows.rule(rule, why("rule").with("value", rule.json()));
      case Window.Field(var path) -> windows.dynamic(path, facts);
      case Window.Relative(var offset, var path) -> windows.relative(offset, path, facts);
    };
  }

  private static Json.Obj why(String kind) {
    return Json.object().with("window", kind);
  }

  private Closing dynamic(String path, Facts facts) {
    DynamicWindow found = DynamicWindow.at(facts.at(path));
    Json.Obj why = why("dynamic", path, found, facts);
    return switch (found) {
      case DynamicWindow.Timestamp(var at) -> within(Optional.of(at), why);
      case DynamicWindow.Length(var period) -> within(period.after(start), why);
      case DynamicWindow.Rule(var rule) -> rule(rule, why);
      case DynamicWindow.Nothing(var problem) -> invalid(path, problem);
    };
  }

  private Closing relative(Period offset, String path, Facts facts) {
    DynamicWindow found = DynamicWindow.at(facts.at(path));
    Json.Obj why = why("relative", path, found, facts).with("offset", offset.json());
    return switch (found) {
      case DynamicWindow.Timestamp(var at) -> within(offset.after(at), why);
      case DynamicWindow.Length _, DynamicWindow.Rule _ when limit.countsFromTimestampsOnly() ->
          invalid(path, "no timestamp");
      case DynamicWindow.Length(var period) ->
          within(period.after(start).flatMap(offset::after), why);
      case DynamicWindow.Rule(var rule) -> shifted(rule, offset, why);
      case DynamicWindow.Nothing(var problem) -> invalid(path, problem);
    };
  }

  private static Json.Obj why(String kind, String path, DynamicWindow found, Facts facts) {
    return why(kind)
        .with("path", path)
        .with("value", facts.isSecret(Path.of(path)) ? Verdict.MASK : found.json());
  }

  private Closing rule(RepeatRule rule, Json.Obj why) {
    return coming(rule.closing(start, zone.zone()), why);
  }

  /**
   * The first time that the rule comes so that the offset from it still lies ahead. Where months
   * are of different lengths, going back and forth again may end up days before the start.
   */
  private Closing shifted(RepeatRule rule, Period offset, Json.Obj why) {
    Optional<Instant> comes =
        offset.negated().after(start).flatMap(from -> rule.closing(from, zone.zone()));
    while (comes.flatMap(offset::after).filter(at -> !at.isAfter(start)).isPresent()) {
      comes = comes.flatMap(last -> rule.next(last, zone.zone(), last));
    }
    return coming(comes.flatMap(offset::after), why);
  }

  private Closing coming(Optional<Instant> at, Json.Obj why) {
    Json.Obj byClock = why.merged(zone.json());
    return at.isPresent()
        ? within(at, byClock)
        : skipped(Closing.Fault.INVALID, false, byClock.with("problem", "The rule never comes."));
  }

  /**
   * @param at empty: later than any instant
   */
  private Closing within(Optional<Instant> at, Json.Obj why) {
    if (at.isEmpty() || at.get().isAfter(limit.latest(start, zone.zone()))) {
      return skipped(Closing.Fault.TOO_LONG, false, why.with("limit", limit.longest().toString()));
    }
    if (at.get().isAfter(start)) {
      return new Closing.At(at.get(), why);
    }
    boolean empty = at.get().equals(start);
    return skipped(
        empty ? Closing.Fault.IS_EMPTY : Closing.Fault.IN_THE_PAST,
        empty,
        why.with("until", at.get().toString()));
  }

  private Closing invalid(String path, String problem) {
    return skipped(
        Closing.Fault.INVALID, false, Json.object().with("path", path).with("problem", problem));
  }

  private Closing skipped(Closing.Fault fault, boolean ok, Json.Obj details) {
    return new Closing.Skipped(limit, fault, ok, details);
  }
}
