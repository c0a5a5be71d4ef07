package dev.carillon.jars.dynamic;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * A lambda that an ordinary class stands in for.
 *
 * @param place the class, and its number there
 * @param call what runs: the lambda's target, or what the host has in its place
 */
public record LambdaSite(Lambda lambda, Place place, Call call) {
  /**
   * Where the class that stands in finds it.
   *
   * @param type internal name of the class that stands in
   * @param number unlike those of the class's other lambdas
   */
  public record Place(String type, int number) {}

  /** How a method is called. */
  public enum Kind {
    STATIC,
    VIRTUAL,
    CONSTRUCTOR
  }

  /**
   * What is called.
   *
   * @param type as the class file has it, without the object that is called or made
   */
  public record Call(
      Kind kind, ClassDesc owner, boolean isInterface, String name, MethodTypeDesc type) {
    /** With the object that is called first, and the one that is made last. */
    MethodTypeDesc whole() {
      return switch (kind) {
        case STATIC -> type;
        case VIRTUAL -> type.insertParameterTypes(0, owner);
        case CONSTRUCTOR -> type.changeReturnType(owner);
      };
    }
  }
}
