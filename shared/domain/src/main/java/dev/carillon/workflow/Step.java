package dev.carillon.workflow;

import dev.carillon.channel.ChannelType;
import dev.carillon.condition.Conditions;
import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.util.Optional;

/** One step of a workflow. What each kind does is decided in {@link dev.carillon.run.Decide}. */
public sealed interface Step {

  StepRef ref();

  Conditions conditions();

  /** The name of the kind in workflow files and logs: {@code channel}, {@code delay}, … */
  String type();

  /**
   * Makes a message on a channel.
   *
   * @param channel the channel's key or UUID
   * @param template the channel's template, as the file gives it, its files read in
   * @param overrides {@code channel_overrides}: templates for addresses and headers
   */
  record ChannelStep(
      StepRef ref,
      Conditions conditions,
      ChannelType channelType,
      String channel,
      Json.Obj template,
      Json.Obj overrides)
      implements Step {
    @Override
    public String type() {
      return "channel";
    }
  }

  /** Lets the run wait. */
  record Delay(StepRef ref, Conditions conditions, Until until) implements Step {
    @Override
    public String type() {
      return "delay";
    }
  }

  /** How long a delay waits. */
  sealed interface Until {
    /** A fixed period from now. */
    record For(Period period) implements Until {}

    /** Until the ISO timestamp, or for the duration object, that the path leads to. */
    record Field(String path) implements Until {}

    /** Before (a negative period) or after the ISO timestamp that the path leads to. */
    record Relative(Period offset, String path) implements Until {}
  }

  /** A value and its unit, as files write it. */
  record Period(long value, TimeUnit unit) {
    private static final BigDecimal MAX_VALUE = BigDecimal.valueOf(1_000_000_000);

    /** The period of {@code {"unit": …, "value": …}}; empty when it is not of that form. */
    public static Optional<Period> of(Json json) {
      if (!(json instanceof Json.Obj object)
          || !(object.fields().get("value") instanceof Json.Num(var value))
          || value.stripTrailingZeros().scale() > 0
          || value.abs().compareTo(MAX_VALUE) > 0) {
        return Optional.empty();
      }
      return object
          .text("unit")
          .flatMap(TimeUnit::named)
          .map(unit -> new Period(value.longValueExact(), unit));
    }
  }
}
