package dev.carillon.jars;

import dev.carillon.jars.path.ClassShape;
import java.util.LinkedHashSet;
import java.util.Set;

/** What of a class is kept. Of one that is only named, its name and its parents. */
final class KeptClass {
  final ClassShape shape;

  /** By name and descriptor. */
  final Set<String> methods = new LinkedHashSet<>();

  /** Somebody looks at its static state, so that its fields are kept. */
  boolean initialized;

  /** There are objects of it. */
  boolean made;

  KeptClass(ClassShape shape) {
    this.shape = shape;
  }
}
