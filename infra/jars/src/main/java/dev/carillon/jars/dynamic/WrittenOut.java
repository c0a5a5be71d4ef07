package dev.carillon.jars.dynamic;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/**
 * The code of a static method that does what the JVM would put together for an instruction when it
 * is first come by: which of its cases a switch over types takes, and texts that are joined.
 */
final class WrittenOut {
  private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");
  private static final MethodTypeDesc EQUALS = MethodTypeDesc.of(CD_boolean, CD_Object);

  private WrittenOut() {}

  /** Writes the method's body; its type is the instruction's. */
  interface Body {
    void write(CodeBuilder code);
  }

  /** Empty when the instruction is another, or has a case or part of a rarer kind. */
  static Optional<Body> of(InvokeDynamicEntry entry) {
    var bootstrap = entry.bootstrap();
    var by = bootstrap.bootstrapMethod().reference();
    var arguments = bootstrap.arguments();
    return switch (by.owner().asInternalName() + "." + by.name().stringValue()) {
      case "java/lang/runtime/SwitchBootstraps.typeSwitch" ->
          arguments.stream().allMatch(WrittenOut::isCase)
              ? Optional.of(code -> choose(code, arguments))
              : Optional.empty();
      case "java/lang/invoke/StringConcatFactory.makeConcatWithConstants" ->
          arguments.size() == 1 && arguments.getFirst() instanceof StringEntry recipe
              ? Optional.of(code -> join(code, entry.typeSymbol(), recipe.stringValue()))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean isCase(LoadableConstantEntry argument) {
    return argument instanceof ClassEntry type && !type.asSymbol().isPrimitive()
        || argument instanceof StringEntry;
  }

  /** The first case from a number on that the object meets: its number, or how many there are. */
  private static void choose(CodeBuilder code, List<LoadableConstantEntry> cases) {
    Label there = code.newLabel();
    code.aload(0).ifnonnull(there).iconst_m1().ireturn().labelBinding(there);
    for (int i = 0; i < cases.size(); i++) {
      Label next = code.newLabel();
      if (i > 0) {
        code.iload(1).loadConstant(i).if_icmpgt(next);
      } else {
        code.iload(1).ifgt(next);
      }
      switch (cases.get(i)) {
        case ClassEntry type -> code.aload(0).instanceOf(type.asSymbol());
        case StringEntry text ->
            code.loadConstant(text.stringValue())
                .aload(0)
                .invokevirtual(CD_String, "equals", EQUALS);
        default -> throw new IllegalStateException("no case: " + cases.get(i));
      }
      code.ifeq(next).loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(cases.size()).ireturn();
  }

  /**
   * @param recipe the text, with a character 1 for each value
   */
  private static void join(CodeBuilder code, MethodTypeDesc type, String recipe) {
    code.new_(BUILDER).dup().invokespecial(BUILDER, INIT_NAME, MTD_void);
    int parameter = 0;
    for (String part : recipe.split("(?<=\1)|(?=\1)")) {
      if (part.equals("\1")) {
        ClassDesc value = type.parameterType(parameter);
        code.loadLocal(TypeKind.from(value), code.parameterSlot(parameter++));
        append(code, value);
      } else if (!part.isEmpty()) {
        code.loadConstant(part);
        append(code, CD_String);
      }
    }
    code.invokevirtual(BUILDER, "toString", MethodTypeDesc.of(CD_String)).areturn();
  }

  private static void append(CodeBuilder code, ClassDesc value) {
    ClassDesc as =
        switch (value.descriptorString()) {
          case "B", "S" -> CD_int;
          case "Ljava/lang/String;" -> CD_String;
          case String _ when value.isPrimitive() -> value;
          default -> CD_Object;
        };
    code.invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, as));
  }
}
