package dev.carillon.bench.compute;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;

/** JSON as it stands in the benchmarks: with single quotes. */
final class Written {
  private Written() {}

  static Json.Obj json(String text) {
    return (Json.Obj) JsonLiteral.parse(text.replace('\'', '"')).orElseThrow();
  }
}
