package dev.carillon.template.liquid;

import java.util.Map;

/**
 * A piece of content that templates render by its key.
 *
 * @param escape of its own output, whatever the template's is
 * @param inputs the types of those that are declared
 * @param otherwise the type of all others
 */
public record LiquidPartial(
    String content, OutputEscape escape, Map<String, InputType> inputs, InputType otherwise) {
  public LiquidPartial {
    inputs = Map.copyOf(inputs);
  }

  /** One that gets its inputs as they are. */
  public static LiquidPartial of(String content, OutputEscape escape) {
    return new LiquidPartial(content, escape, Map.of(), InputType.ANY);
  }

  InputType type(String input) {
    return inputs.getOrDefault(input, otherwise);
  }
}
