package dev.carillon.template.liquid;

import dev.carillon.json.Json;
import dev.carillon.template.liquid.filter.Occasion;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Meter;
import java.util.List;

/**
 * One rendering of one message: its variables, what it has cost so far and what its templates have
 * set. For one thread at a time. Templates rendered with the same one see what those before them
 * assigned, as a layout sees what {@code pre_content} assigned.
 */
public final class LiquidRendering {
  private final Occasion occasion;
  private final Meter meter;
  private final Frame frame;

  private LiquidRendering(Occasion occasion, Meter meter, Frame frame) {
    this.occasion = occasion;
    this.meter = meter;
    this.frame = frame;
  }

  public static LiquidRendering of(Json.Obj variables, Occasion occasion) {
    return new LiquidRendering(occasion, new Meter(), new Frame(Datum.of(variables), List.of()));
  }

  /**
   * One with the same variables and the same account of steps, and nothing assigned: for the next
   * field of the message.
   */
  public LiquidRendering apart() {
    return new LiquidRendering(occasion, meter, new Frame(frame.given(), List.of()));
  }

  /** This one with a variable more, which hides one that was given: {@code content} of a layout. */
  public LiquidRendering with(String name, Json value) {
    frame.assign(name, Datum.of(value));
    return this;
  }

  /** Steps taken so far, of {@link dev.carillon.template.render.TemplateLimits#STEPS}. */
  public int steps() {
    return meter.steps();
  }

  Occasion occasion() {
    return occasion;
  }

  Meter meter() {
    return meter;
  }

  Frame frame() {
    return frame;
  }
}
