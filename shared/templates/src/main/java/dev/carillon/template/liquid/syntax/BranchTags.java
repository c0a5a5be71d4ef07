package dev.carillon.template.liquid.syntax;

import dev.carillon.template.liquid.syntax.Expression.Operand;
import dev.carillon.template.liquid.syntax.TemplatePart.Branch;
import dev.carillon.template.liquid.syntax.TemplatePart.When;
import dev.carillon.template.liquid.syntax.Token.Tag;
import dev.carillon.template.liquid.value.LiquidFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the tags that have branches: {@code if}, {@code unless} and {@code case}. */
final class BranchTags {
  private final Parser parser;

  BranchTags(Parser parser) {
    this.parser = parser;
  }

  TemplatePart chooseIf(Tag tag, Cursor cursor) {
    var branches = new ArrayList<Branch>();
    var otherwise = new ArrayList<TemplatePart>();
    Expression condition = parser.expression(cursor);
    boolean last = false;
    while (true) {
      var body = new ArrayList<TemplatePart>();
      Tag end = parser.body(tag, last ? otherwise : body, Set.of("elsif", "else", "endif"));
      if (!last) {
        branches.add(new Branch(condition, true, List.copyOf(body)));
      }
      switch (end.name()) {
        case "endif" -> {
          Parser.noArguments(end);
          return new TemplatePart.Choose(
              tag.begin(), List.copyOf(branches), List.copyOf(otherwise));
        }
        case "elsif" -> condition = parser.expression(parser.arguments(end));
        default -> Parser.noArguments(end);
      }
      if (last) {
        throw new LiquidFault(end.begin(), "'" + end.name() + "' stands after 'else'");
      }
      last = end.name().equals("else");
    }
  }

  /** Of what stands after {@code else}, only what comes before the next branch counts. */
  TemplatePart chooseUnless(Tag tag, Cursor cursor) {
    var branches = new ArrayList<Branch>();
    var otherwise = new ArrayList<TemplatePart>();
    Expression condition = parser.expression(cursor);
    List<TemplatePart> body = new ArrayList<>();
    boolean wanted = false;
    boolean open = true;
    boolean last = false;
    while (true) {
      Tag end = parser.body(tag, body, Set.of("elsif", "else", "endunless"));
      if (open) {
        branches.add(new Branch(condition, wanted, List.copyOf(body)));
      }
      open = end.name().equals("elsif") && !last;
      if (end.name().equals("endunless")) {
        return new TemplatePart.Choose(tag.begin(), List.copyOf(branches), List.copyOf(otherwise));
      }
      body = end.name().equals("else") && !last ? otherwise : new ArrayList<>();
      if (open) {
        condition = parser.expression(parser.arguments(end));
        wanted = true;
      }
      last = last || end.name().equals("else");
    }
  }

  /** What stands before the first {@code when} is left out. */
  TemplatePart match(Tag tag, Cursor cursor) {
    Expression subject = parser.expression(cursor);
    var branches = new ArrayList<When>();
    var otherwise = new ArrayList<TemplatePart>();
    List<TemplatePart> body = new ArrayList<>();
    List<Operand> values = List.of();
    int elses = 0;
    while (true) {
      Tag end = parser.body(tag, body, Set.of("when", "else", "endcase"));
      if (!values.isEmpty()) {
        branches.add(new When(values, List.copyOf(body)));
        values = List.of();
      }
      switch (end.name()) {
        case "endcase" -> {
          return new TemplatePart.Match(
              tag.begin(), subject, List.copyOf(branches), List.copyOf(otherwise));
        }
        case "when" -> {
          if (elses == 0) {
            values = whenValues(parser.arguments(end));
            body = new ArrayList<>();
          }
        }
        default -> body = ++elses == 1 ? otherwise : new ArrayList<>();
      }
    }
  }

  private static List<Operand> whenValues(Cursor cursor) {
    var values = new ArrayList<Operand>();
    while (!cursor.atEnd()) {
      values.add(cursor.requiredOperand());
      cursor.skipBlank();
      cursor.skipBehind(cursor.peek() == ',' ? "," : "or");
    }
    return List.copyOf(values);
  }
}
