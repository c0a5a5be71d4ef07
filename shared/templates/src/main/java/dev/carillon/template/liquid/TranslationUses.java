package dev.carillon.template.liquid;

import dev.carillon.template.liquid.syntax.Expression;
import dev.carillon.template.liquid.syntax.Expression.Constant;
import dev.carillon.template.liquid.syntax.TemplatePart;
import dev.carillon.template.liquid.value.Datum;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists the texts of {@code t} tags, and the keys that {@code t} filters have in quotes. */
final class TranslationUses {
  private static final String FILTER = "t";

  private final Set<TranslationUse> uses = new LinkedHashSet<>();

  private TranslationUses() {}

  static Set<TranslationUse> of(List<TemplatePart> parts) {
    var found = new TranslationUses();
    found.parts(parts);
    return found.uses;
  }

  private void parts(List<TemplatePart> parts) {
    parts.forEach(this::part);
  }

  private void part(TemplatePart part) {
    switch (part) {
      case TemplatePart.Verbatim _,
          TemplatePart.Break _,
          TemplatePart.Continue _,
          TemplatePart.Count _,
          TemplatePart.Include _ -> {}
      case TemplatePart.Print(_, var value) -> expression(value);
      case TemplatePart.Assign(_, _, var value) -> expression(value);
      case TemplatePart.Capture(_, _, var body) -> parts(body);
      case TemplatePart.Choose(_, var branches, var otherwise) -> {
        branches.forEach(branch -> parts(branch.body()));
        parts(otherwise);
      }
      case TemplatePart.Match(_, _, var branches, var otherwise) -> {
        branches.forEach(branch -> parts(branch.body()));
        parts(otherwise);
      }
      case TemplatePart.Each(_, _, var body, var otherwise) -> {
        parts(body);
        parts(otherwise);
      }
      case TemplatePart.Table(_, _, var body) -> parts(body);
      case TemplatePart.Cycle(_, _, var candidates, _) -> candidates.forEach(this::expression);
      case TemplatePart.Lines(_, var body) -> parts(body);
      case TemplatePart.Translate(_, var text, _) -> uses.add(new TranslationUse(text, true));
    }
  }

  /** What is computed before it is looked for is known only when it is rendered. */
  private void expression(Expression expression) {
    if (!expression.filters().isEmpty()
        && expression.filters().getFirst().name().equals(FILTER)
        && expression.terms().size() == 1
        && expression.terms().getFirst() instanceof Constant(Datum.Text(var key, _))) {
      uses.add(new TranslationUse(key, false));
    }
  }
}
