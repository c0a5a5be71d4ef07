package dev.carillon.template.liquid;

import dev.carillon.template.liquid.value.LiquidFault;
import dev.carillon.template.render.TemplateProblem;

/** Lines and columns of a source. */
final class Places {
  private Places() {}

  static TemplateProblem problem(String field, String source, LiquidFault fault) {
    int offset = fault.offset();
    return offset == LiquidFault.NOWHERE
        ? new TemplateProblem(field, 0, 0, fault.getMessage())
        : new TemplateProblem(
            field, line(source, offset), column(source, offset), fault.getMessage());
  }

  /** From 1. */
  static int line(String source, int offset) {
    return 1 + (int) source.chars().limit(offset).filter(c -> c == '\n').count();
  }

  /** From 1. */
  static int column(String source, int offset) {
    return offset - source.lastIndexOf('\n', offset - 1);
  }
}
