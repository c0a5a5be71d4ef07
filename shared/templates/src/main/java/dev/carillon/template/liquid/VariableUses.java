package dev.carillon.template.liquid;

import dev.carillon.template.liquid.syntax.Expression;
import dev.carillon.template.liquid.syntax.Expression.Constant;
import dev.carillon.template.liquid.syntax.Expression.Operand;
import dev.carillon.template.liquid.syntax.Expression.Path;
import dev.carillon.template.liquid.syntax.Expression.Span;
import dev.carillon.template.liquid.syntax.TemplatePart;
import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Meter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists the variables that a template reads. A name that it has set stands for the path it was set
 * to, where that is one: the loop variable of {@code data.items} for {@code data.items[*]}.
 */
final class VariableUses {
  private static final String ANY = "[*]";

  private final String source;
  private final List<VariableUse> uses = new ArrayList<>();

  /** The names that are set, each with the path that it stands for; empty for none. */
  private Map<String, Optional<String>> names = new HashMap<>();

  private VariableUses(String source) {
    this.source = source;
  }

  static List<VariableUse> of(String source, List<TemplatePart> parts) {
    var uses = new VariableUses(source);
    uses.parts(parts);
    return List.copyOf(uses.uses);
  }

  private void parts(List<TemplatePart> parts) {
    parts.forEach(this::part);
  }

  private void part(TemplatePart part) {
    switch (part) {
      case TemplatePart.Verbatim _, TemplatePart.Break _, TemplatePart.Continue _ -> {}
      case TemplatePart.Print(_, var value) -> read(value);
      case TemplatePart.Assign(_, var name, var value) -> {
        read(value);
        names.put(name, alias(value));
      }
      case TemplatePart.Capture(_, var name, var body) -> {
        parts(body);
        names.put(name, Optional.empty());
      }
      case TemplatePart.Choose(_, var branches, var otherwise) -> {
        branches.forEach(
            branch -> {
              read(branch.condition());
              parts(branch.body());
            });
        parts(otherwise);
      }
      case TemplatePart.Match(_, var subject, var branches, var otherwise) -> {
        read(subject);
        branches.forEach(
            branch -> {
              branch.values().forEach(this::read);
              parts(branch.body());
            });
        parts(otherwise);
      }
      case TemplatePart.Each(_, var walk, var body, var otherwise) -> {
        loop(walk, "forloop", body);
        parts(otherwise);
      }
      case TemplatePart.Table(_, var walk, var body) -> loop(walk, "tablerowloop", body);
      case TemplatePart.Cycle(_, var group, var candidates, _) -> {
        group.ifPresent(this::read);
        candidates.forEach(this::read);
      }
      case TemplatePart.Count(_, var name, _) -> names.put(name, Optional.empty());
      case TemplatePart.Lines(_, var body) -> parts(body);
      case TemplatePart.Include include -> {
        include.inputs().values().forEach(this::read);
        include.with().ifPresent(with -> read(with.value()));
        include.each().ifPresent(each -> read(each.value()));
      }
      case TemplatePart.Translate(_, _, var body) -> parts(body);
    }
  }

  /** The names of a loop mean nothing after it; what its body assigns does. */
  private void loop(TemplatePart.Walk walk, String loop, List<TemplatePart> body) {
    read(walk.collection());
    var outer = names;
    names = new HashMap<>(outer);
    names.put("continue", Optional.empty());
    walk.options().values().forEach(this::read);
    names.put(loop, Optional.empty());
    names.put(walk.variable(), path(walk.collection()).map(path -> path + ANY));
    parts(body);
    var inner = names;
    names = outer;
    inner.forEach(
        (name, alias) -> {
          if (!name.equals(walk.variable()) && !name.equals(loop) && !name.equals("continue")) {
            names.putIfAbsent(name, alias);
          }
        });
  }

  private void read(Expression expression) {
    for (var term : expression.terms()) {
      if (term instanceof Operand operand) {
        read(operand);
      }
    }
    for (var filter : expression.filters()) {
      filter.positional().forEach(this::read);
      filter.named().values().forEach(this::read);
    }
  }

  private void read(Operand operand) {
    switch (operand) {
      case Constant _ -> {}
      case Span(var low, var high) -> {
        read(low);
        read(high);
      }
      case Path path -> {
        path(path)
            .ifPresent(
                it ->
                    uses.add(
                        new VariableUse(
                            it, Places.line(source, path.at()), Places.column(source, path.at()))));
        path.base().forEach(this::read);
        path.steps().forEach(this::read);
      }
    }
  }

  /** The path that an assigned name stands for; empty when its value is computed. */
  private Optional<String> alias(Expression value) {
    return value.filters().isEmpty()
            && value.terms().size() == 1
            && value.terms().getFirst() instanceof Operand operand
        ? path(operand)
        : Optional.empty();
  }

  /** Empty for what is no variable, or one that the template has set to something else. */
  private Optional<String> path(Operand operand) {
    if (!(operand instanceof Path(_, var base, var steps)) || !base.isEmpty()) {
      return Optional.empty();
    }
    if (!(steps.getFirst() instanceof Constant(var first))) {
      return Optional.empty();
    }
    String name = Coerce.word(first, new Meter());
    Optional<String> start = names.getOrDefault(name, Optional.of(name));
    var path = new StringBuilder();
    for (Operand step : steps.subList(1, steps.size())) {
      path.append(
          switch (step) {
            case Constant(Datum.Text(var key, _)) -> "." + key;
            case Constant _, Path _, Span _ -> ANY;
          });
    }
    return start.map(it -> it + path);
  }
}
