package dev.carillon.jars;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * A lambda that an ordinary class stands in for.
 *
 * @param place the class, and its number there
 * @param call what runs: the lambda's target, or what the host has in its place
 */
record LambdaSite(Lambda lambda, Place place, Call call) {
  /**
   * @param type internal name of the class that stands in
   * @param number unlike those of the class's other lambdas
   */
  record Place(String type, int number) {}

  enum Kind {
    STATIC,
    VIRTUAL,
    CONSTRUCTOR
  }

  /**
   * @param type as the class file has it, without the object that is called or made
   */
  record Call(Kind kind, ClassDesc owner, boolean isInterface, String name, MethodTypeDesc type) {
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
