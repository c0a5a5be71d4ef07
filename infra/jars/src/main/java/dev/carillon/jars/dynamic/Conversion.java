package dev.carillon.jars.dynamic;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a value of one type one of another, as the JVM does between a lambda and its target. */
final class Conversion {
  private static final Map<ClassDesc, ClassDesc> WRAPPERS =
      Map.of(
          ConstantDescs.CD_boolean, ConstantDescs.CD_Boolean,
          ConstantDescs.CD_byte, ConstantDescs.CD_Byte,
          ConstantDescs.CD_char, ConstantDescs.CD_Character,
          ConstantDescs.CD_short, ConstantDescs.CD_Short,
          ConstantDescs.CD_int, ConstantDescs.CD_Integer,
          ConstantDescs.CD_long, ConstantDescs.CD_Long,
          ConstantDescs.CD_float, ConstantDescs.CD_Float,
          ConstantDescs.CD_double, ConstantDescs.CD_Double);

  private static final Map<ClassDesc, Set<ClassDesc>> WIDER =
      Map.of(
          ConstantDescs.CD_int, Set.of(ConstantDescs.CD_long, ConstantDescs.CD_double),
          ConstantDescs.CD_long, Set.of(ConstantDescs.CD_double),
          ConstantDescs.CD_float, Set.of(ConstantDescs.CD_double));

  private Conversion() {}

  /**
   * Whether {@link #convert} knows how.
   *
   * @param through a type between the two that the value has anyway
   */
  static boolean isKnown(ClassDesc from, ClassDesc through, ClassDesc to) {
    if (from.equals(CD_void) || to.equals(CD_void)) {
      return to.equals(CD_void);
    }
    if (from.isPrimitive()) {
      return to.isPrimitive()
          ? from.equals(to) || WIDER.getOrDefault(from, Set.of()).contains(to)
          : to.equals(CD_Object) || to.equals(WRAPPERS.get(from));
    }
    return !to.isPrimitive() || unboxed(through).filter(it -> isKnown(it, it, to)).isPresent();
  }

  static void convert(CodeBuilder code, ClassDesc from, ClassDesc through, ClassDesc to) {
    if (to.equals(CD_void)) {
      return;
    }
    if (from.isPrimitive()) {
      if (!to.isPrimitive()) {
        box(code, from);
      } else if (!to.equals(from)) {
        code.conversion(TypeKind.from(from), TypeKind.from(to));
      }
      return;
    }
    ClassDesc known = from;
    for (ClassDesc next : to.isPrimitive() ? List.of(through) : List.of(through, to)) {
      if (!next.equals(known) && !next.equals(CD_Object)) {
        code.checkcast(next);
        known = next;
      }
    }
    if (to.isPrimitive()) {
      ClassDesc value = unbox(code, through);
      convert(code, value, value, to);
    }
  }

  /** Makes an object of a value that may be none. */
  static void box(CodeBuilder code, ClassDesc type) {
    if (type.isPrimitive()) {
      ClassDesc wrapper = WRAPPERS.get(type);
      code.invokestatic(wrapper, "valueOf", MethodTypeDesc.of(wrapper, type));
    }
  }

  /** The reverse of {@link #box}, of an object that is no more than that. */
  static void unbox(CodeBuilder code, ClassDesc from, ClassDesc to) {
    if (to.isPrimitive()) {
      code.checkcast(WRAPPERS.get(to));
      unbox(code, WRAPPERS.get(to));
    } else {
      convert(code, from, to, to);
    }
  }

  private static ClassDesc unbox(CodeBuilder code, ClassDesc wrapper) {
    ClassDesc value = unboxed(wrapper).orElseThrow();
    code.invokevirtual(wrapper, value.displayName() + "Value", MethodTypeDesc.of(value));
    return value;
  }

  private static Optional<ClassDesc> unboxed(ClassDesc wrapper) {
    return WRAPPERS.entrySet().stream()
        .filter(it -> it.getValue().equals(wrapper))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
