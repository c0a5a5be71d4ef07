package dev.carillon.jars.path;

/** What a method's code, or a class by itself, does with a class or member. Names are internal. */
public sealed interface Use {
  /** Its name stands there: a cast, a signature, a frame for the verifier. */
  record Named(String type) implements Use {}

  /** It is handed around as a class. */
  record Literal(String type) implements Use {}

  /** Whether an object is one. */
  record Asked(String type) implements Use {}

  record Made(String type) implements Use {}

  /** A static field: the class that declares it is initialized. */
  record StaticField(String type, String field) implements Use {}

  /** Which method runs depends on the object. */
  record Called(String type, String method) implements Use {}

  /** Which method runs is settled: a static one, a constructor, one of super. */
  record CalledAs(String type, String method, boolean isStatic) implements Use {}

  /** A text that may be a class's name, for who looks classes up by name. */
  record Text(String text) implements Use {}
}
