package dev.carillon.functions.api.schedules;

import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import java.util.Optional;
import java.util.function.Function;

/** What a request to change something says about one of its fields. */
sealed interface Patch<T> {
  /** Nothing: it stays as it is. */
  record Keep<T>() implements Patch<T> {}

  /** Null: it goes. */
  record Clear<T>() implements Patch<T> {}

  record Put<T>(T value) implements Patch<T> {}

  static <T> Patch<T> of(RequestFields body, String name, Function<RequestValue, T> read) {
    if (body.json().get(name).isEmpty()) {
      return new Keep<>();
    }
    return body.optional(name)
        .<Patch<T>>map(value -> new Put<>(read.apply(value)))
        .orElseGet(Clear::new);
  }

  default Optional<T> over(Optional<T> before) {
    return switch (this) {
      case Keep<T>() -> before;
      case Clear<T>() -> Optional.empty();
      case Put<T>(var value) -> Optional.of(value);
    };
  }

  /** The value it puts, if it puts one. */
  default Optional<T> put() {
    return over(Optional.empty());
  }

  /** The same of something else about the value. */
  default <U> Patch<U> map(Function<T, U> of) {
    return switch (this) {
      case Keep<T>() -> new Keep<>();
      case Clear<T>() -> new Clear<>();
      case Put<T>(var value) -> new Put<>(of.apply(value));
    };
  }
}
