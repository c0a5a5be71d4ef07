package dev.carillon.template.liquid;

import dev.carillon.json.Json;
import dev.carillon.template.liquid.Frame.Interrupt;
import dev.carillon.template.liquid.syntax.Expression;
import dev.carillon.template.liquid.syntax.Expression.Operand;
import dev.carillon.template.liquid.syntax.Syntax;
import dev.carillon.template.liquid.syntax.TemplatePart;
import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Compare;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Mark;
import dev.carillon.template.liquid.value.Datum.Text;
import dev.carillon.template.liquid.value.JsNumber;
import dev.carillon.template.liquid.value.LiquidFault;
import dev.carillon.template.liquid.value.Loop;
import dev.carillon.template.render.TemplateLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the parts of one template, or of one partial, in a frame. */
final class Renderer {
  /**
   * How often a partial may stand in a chain of partials that render one another (Knock's figure).
   */
  static final int RECURSION = 5;

  private final Liquid library;
  private final LiquidRendering rendering;
  private final Frame frame;
  private final OutputEscape escape;
  private final Evaluation evaluation;

  Renderer(Liquid library, LiquidRendering rendering, Frame frame, OutputEscape escape) {
    this.library = library;
    this.rendering = rendering;
    this.frame = frame;
    this.escape = escape;
    this.evaluation =
        new Evaluation(frame, rendering.meter(), rendering.occasion(), this::interpolated);
  }

  /** Stops after a part that leaves the loop around it. */
  void write(List<TemplatePart> parts, OutputText out) {
    for (TemplatePart part : parts) {
      rendering.meter().charge(1);
      try {
        write(part, out);
      } catch (LiquidFault fault) {
        throw fault.at(part.at());
      }
      if (frame.interrupt() != Interrupt.NONE) {
        return;
      }
    }
  }

  private void write(TemplatePart part, OutputText out) {
    switch (part) {
      case TemplatePart.Verbatim(_, var text) -> out.write(text);
      case TemplatePart.Print(_, var value) -> print(evaluation.of(value), value, out);
      case TemplatePart.Assign(_, var name, var value) -> frame.assign(name, evaluation.of(value));
      case TemplatePart.Capture(_, var name, var body) -> {
        var captured = new OutputText(rendering.meter());
        write(body, captured);
        frame.assign(name, new Text(captured.toString(), true));
      }
      case TemplatePart.Choose choose -> choose(choose, out);
      case TemplatePart.Match match -> match(match, out);
      case TemplatePart.Each each -> each(each, out);
      case TemplatePart.Table table -> table(table, out);
      case TemplatePart.Cycle cycle -> cycle(cycle, out);
      case TemplatePart.Count(_, var name, var up) -> {
        double before = frame.count(name, up ? 1 : -1, rendering.meter());
        out.write(JsNumber.write(up ? before : before - 1));
      }
      case TemplatePart.Break _ -> frame.interrupt(Interrupt.BREAK);
      case TemplatePart.Continue _ -> frame.interrupt(Interrupt.CONTINUE);
      case TemplatePart.Lines(_, var body) -> write(body, out);
      case TemplatePart.Include include -> include(include, out);
      case TemplatePart.Translate translate -> translate(translate, out);
    }
  }

  private void print(Datum value, Expression expression, OutputText out) {
    boolean finished =
        value instanceof Text(_, var escaped) && escaped
            || escape.finishedBy().contains(expression.lastFilter());
    out.write(
        Coerce.text(value, rendering.meter()), finished ? OutputEscape.Standard.NONE : escape);
  }

  private void choose(TemplatePart.Choose choose, OutputText out) {
    for (var branch : choose.branches()) {
      rendering.meter().charge(1);
      if (Compare.isTrue(evaluation.of(branch.condition())) == branch.when()) {
        write(branch.body(), out);
        return;
      }
    }
    write(choose.otherwise(), out);
  }

  private void match(TemplatePart.Match match, OutputText out) {
    Datum subject = plain(evaluation.of(match.subject()));
    boolean hit = false;
    for (var branch : match.branches()) {
      for (Operand value : branch.values()) {
        if (Compare.equal(subject, evaluation.of(value), rendering.meter())) {
          write(branch.body(), out);
          hit = true;
          break;
        }
      }
    }
    if (!hit) {
      write(match.otherwise(), out);
    }
  }

  /** As the subject of a case, {@code nil} and {@code empty} are values like others. */
  private static Datum plain(Datum datum) {
    return switch (datum) {
      case Mark.NIL -> Mark.NULL;
      case Mark.EMPTY, Mark.BLANK -> new Text("");
      default -> datum;
    };
  }

  private void each(TemplatePart.Each each, OutputText out) {
    TemplatePart.Walk walk = each.walk();
    List<Datum> collection = Coerce.enumerable(evaluation.of(walk.collection()), rendering.meter());
    if (collection.isEmpty()) {
      write(each.otherwise(), out);
      return;
    }
    String name = walk.variable() + "-" + walk.text();
    List<Datum> items = chosen(collection, walk, name);
    var variables = new HashMap<String, Datum>();
    var loop = Loop.of(name, items.size(), frame.loop());
    variables.put("forloop", loop);
    frame.enter(variables);
    for (Datum item : items) {
      rendering.meter().charge(1);
      variables.put(walk.variable(), item);
      frame.interrupt(Interrupt.NONE);
      write(each.body(), out);
      if (frame.interrupt() == Interrupt.BREAK) {
        break;
      }
      loop.next();
    }
    frame.interrupt(Interrupt.NONE);
    frame.leave();
  }

  /** The items of a loop by its offset, limit and direction, in this order. */
  private List<Datum> chosen(List<Datum> collection, TemplatePart.Walk walk, String name) {
    Map<String, Operand> options = walk.options();
    frame.enter(Map.of("continue", new Datum.Num(frame.offset(name))));
    Optional<Datum> offset = option(options, "offset");
    Optional<Datum> limit = option(options, "limit");
    frame.leave();
    int from = offset.map(it -> place(it, collection.size())).orElse(0);
    List<Datum> items = collection.subList(from, collection.size());
    if (limit.isPresent()) {
      items = items.subList(0, place(limit.get(), items.size()));
    }
    double start = offset.map(it -> Coerce.numberOrZero(it, rendering.meter())).orElse(0d);
    frame.keepOffset(name, start + items.size());
    return option(options, "reversed").isPresent() ? items.reversed() : items;
  }

  /** Empty when it was not given, or as a variable that is not there. */
  private Optional<Datum> option(Map<String, Operand> options, String name) {
    return Optional.ofNullable(options.get(name))
        .map(evaluation::of)
        .filter(it -> it != Mark.UNDEFINED);
  }

  /** Where a list of this size is cut; below 0 is from its end. */
  private int place(Datum datum, int size) {
    double place = Coerce.numberOrZero(datum, rendering.meter());
    return (int) Math.clamp(place < 0 ? Math.ceil(place) + size : place, 0d, size);
  }

  private void table(TemplatePart.Table table, OutputText out) {
    TemplatePart.Walk walk = table.walk();
    List<Datum> collection = Coerce.enumerable(evaluation.of(walk.collection()), rendering.meter());
    int from = option(walk.options(), "offset").map(it -> place(it, collection.size())).orElse(0);
    double limit =
        option(walk.options(), "limit")
            .map(it -> Coerce.numberOrZero(it, rendering.meter()))
            .orElse((double) collection.size());
    int to = (int) Math.clamp(from + limit, from, Math.max(from, collection.size()));
    List<Datum> items = collection.subList(from, to);
    if (items.isEmpty()) {
      return;
    }
    double columns =
        option(walk.options(), "cols")
            .map(it -> Coerce.numberOrZero(it, rendering.meter()))
            .filter(it -> it >= 1)
            .orElse((double) items.size());
    var loop = Loop.table(walk.variable() + "-" + walk.text(), items.size(), columns);
    var variables = new HashMap<String, Datum>();
    variables.put("tablerowloop", loop);
    frame.enter(variables);
    for (Datum item : items) {
      rendering.meter().charge(1);
      variables.put(walk.variable(), item);
      if (loop.column() == 0) {
        out.write((loop.row() > 1 ? "</tr>" : "") + "<tr class=\"row" + loop.row() + "\">");
      }
      out.write("<td class=\"col" + (loop.column() + 1) + "\">");
      write(table.body(), out);
      out.write("</td>");
      loop.next();
    }
    out.write("</tr>");
    frame.leave();
  }

  /** Where nothing is escaped, what JavaScript takes for false is not written (as in liquidjs). */
  private void cycle(TemplatePart.Cycle cycle, OutputText out) {
    Datum group = cycle.group().map(evaluation::of).orElse(Mark.UNDEFINED);
    String name = Coerce.word(group, rendering.meter()) + ":" + cycle.text();
    rendering.meter().chargeChars(name.length());
    Expression next = cycle.candidates().get(frame.cycle(name, cycle.candidates().size()));
    Datum value = evaluation.of(next);
    if (!escape.equals(OutputEscape.Standard.NONE) || Coerce.isTrueInJs(value)) {
      print(value, next, out);
    }
  }

  private void include(TemplatePart.Include include, OutputText out) {
    String key = include.key();
    List<String> chain = new ArrayList<>(frame.chain());
    chain.add(key);
    if (chain.size() > TemplateLimits.PARTIAL_CHAIN
        || Collections.frequency(chain, key) > RECURSION) {
      throw new LiquidFault(
          "partials render one another more than "
              + TemplateLimits.PARTIAL_CHAIN
              + " deep, or one itself more than "
              + RECURSION
              + " deep");
    }
    Liquid.Partial partial =
        library.partial(key).orElseThrow(() -> new LiquidFault("unknown partial '" + key + "'"));
    var inside = new Frame(Datum.of(Json.object()), chain);
    include.inputs().forEach((name, value) -> input(inside, partial, name, evaluation.of(value)));
    include
        .with()
        .ifPresent(with -> input(inside, partial, with.name(), evaluation.of(with.value())));
    if (include.each().isEmpty()) {
      write(partial, inside, out);
      return;
    }
    TemplatePart.Binding each = include.each().get();
    List<Datum> items = Coerce.enumerable(evaluation.of(each.value()), rendering.meter());
    var loop = Loop.of(each.name() + "-" + each.text(), items.size(), Mark.UNDEFINED);
    inside.assign("forloop", loop);
    for (Datum item : items) {
      input(inside, partial, each.name(), item);
      write(partial, inside, out);
      loop.next();
    }
  }

  private void input(Frame inside, Liquid.Partial partial, String name, Datum value) {
    inside.assign(name, partial.source().type(name).of(value, rendering.meter()));
  }

  private void write(Liquid.Partial partial, Frame inside, OutputText out) {
    rendering.meter().chargeChars(partial.source().content().length());
    partial
        .template()
        .write(new Renderer(library, rendering, inside, partial.source().escape()), out);
  }

  /** A translation sees the variables around it. */
  private void translate(TemplatePart.Translate translate, OutputText out) {
    Optional<String> found =
        rendering.occasion().translations().find(translate.text(), Optional.empty());
    write(found.map(this::parsed).orElse(translate.body()), out);
  }

  /** The parts of a text that was found, without offsets of the template's. */
  private List<TemplatePart> parsed(String text) {
    rendering.meter().chargeChars(text.length());
    Syntax syntax = Syntax.read(text, library.known());
    if (!syntax.problems().isEmpty()) {
      throw new LiquidFault("a translation: " + syntax.problems().getFirst().getMessage());
    }
    return syntax.parts();
  }

  private String interpolated(String text, Map<String, Datum> variables) {
    var inside = new Frame(Datum.of(Json.object()), frame.chain());
    variables.forEach(inside::assign);
    var out = new OutputText(rendering.meter());
    new Renderer(library, rendering, inside, OutputEscape.Standard.NONE).write(parsed(text), out);
    return out.toString();
  }
}
