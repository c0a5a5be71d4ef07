package dev.carillon.template.engine;

/** A partial as it was written. */
public record PartialSource(PartialType type, String content) {

  /** The path of a partial's source, as problems name it. */
  public static String field(String key) {
    return "partials/" + key + "/content";
  }
}
