package dev.carillon.tracking.visitor;

/** Who it was, as far as the request tells. */
public sealed interface Visitor {

  /** Nothing says that it was a machine. */
  record Person() implements Visitor {}

  record Automaton(MachineSign sign) implements Visitor {}
}
