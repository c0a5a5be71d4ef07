package dev.carillon.jars.path;

import static java.lang.classfile.Opcode.GETSTATIC;
import static java.lang.classfile.Opcode.INSTANCEOF;
import static java.lang.classfile.Opcode.INVOKESPECIAL;
import static java.lang.classfile.Opcode.INVOKESTATIC;
import static java.lang.classfile.Opcode.PUTSTATIC;

import java.lang.classfile.Attributes;
import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what a method uses from its code. */
final class CodeUses {
  private final Set<Use> uses = new LinkedHashSet<>();

  private CodeUses() {}

  static List<Use> of(MethodModel method) {
    var it = new CodeUses();
    it.signature(method.methodType().stringValue());
    method.code().ifPresent(it::code);
    return List.copyOf(it.uses);
  }

  private void code(CodeModel code) {
    for (CodeElement element : code) {
      switch (element) {
        case InvokeInstruction call -> call(call);
        case InvokeDynamicInstruction call -> {
          signature(call.type().stringValue());
          // The object that is made is of this type, whatever its class is.
          made(Names.returned(call.type().stringValue()));
          bootstrap(call.invokedynamic().bootstrap());
        }
        case FieldInstruction field ->
            field(
                field.owner(),
                field.name().stringValue(),
                field.type().stringValue(),
                field.opcode() == GETSTATIC || field.opcode() == PUTSTATIC);
        case NewObjectInstruction made -> made(made.className().asInternalName());
        case NewReferenceArrayInstruction made -> named(made.componentType());
        case NewMultiArrayInstruction made -> named(made.arrayType());
        case TypeCheckInstruction check -> {
          named(check.type());
          if (check.opcode() == INSTANCEOF) {
            uses.add(new Use.Asked(check.type().asInternalName()));
          }
        }
        case ConstantInstruction.LoadConstantInstruction load -> constant(load.constantEntry());
        case ExceptionCatch handler -> handler.catchType().ifPresent(this::named);
        default -> {}
      }
    }
    code.findAttribute(Attributes.stackMapTable())
        .ifPresent(table -> table.entries().forEach(this::frame));
  }

  private void frame(StackMapFrameInfo frame) {
    for (var types : List.of(frame.locals(), frame.stack())) {
      for (var type : types) {
        if (type instanceof ObjectVerificationTypeInfo object) {
          named(object.className());
        }
      }
    }
  }

  private void call(InvokeInstruction call) {
    String owner = Names.element(call.owner().asInternalName());
    String method = call.name().stringValue() + call.type().stringValue();
    signature(call.type().stringValue());
    if (call.owner().asInternalName().startsWith("[")) {
      uses.add(new Use.Named(owner));
    } else if (call.opcode() == INVOKESTATIC || call.opcode() == INVOKESPECIAL) {
      uses.add(new Use.CalledAs(owner, method, call.opcode() == INVOKESTATIC));
    } else {
      uses.add(new Use.Called(owner, method));
    }
  }

  private void field(ClassEntry owner, String name, String type, boolean isStatic) {
    signature(type);
    if (isStatic) {
      uses.add(new Use.StaticField(owner.asInternalName(), name));
    } else {
      named(owner);
    }
  }

  private void constant(LoadableConstantEntry entry) {
    switch (entry) {
      case ClassEntry type -> uses.add(new Use.Literal(Names.element(type.asInternalName())));
      case StringEntry text -> uses.add(new Use.Text(text.stringValue()));
      case MethodTypeEntry type -> signature(type.descriptor().stringValue());
      case MethodHandleEntry handle -> handle(handle);
      case ConstantDynamicEntry dynamic -> {
        signature(dynamic.type().stringValue());
        bootstrap(dynamic.bootstrap());
      }
      default -> {}
    }
  }

  private void bootstrap(BootstrapMethodEntry bootstrap) {
    handle(bootstrap.bootstrapMethod());
    bootstrap.arguments().forEach(this::constant);
  }

  private void handle(MethodHandleEntry handle) {
    MemberRefEntry member = handle.reference();
    String owner = Names.element(member.owner().asInternalName());
    String type = member.type().stringValue();
    String method = member.name().stringValue() + type;
    switch (DirectMethodHandleDesc.Kind.valueOf(handle.kind(), false)) {
      case GETTER, SETTER -> field(member.owner(), member.name().stringValue(), type, false);
      case STATIC_GETTER, STATIC_SETTER ->
          field(member.owner(), member.name().stringValue(), type, true);
      case CONSTRUCTOR -> {
        signature(type);
        made(owner);
        uses.add(new Use.CalledAs(owner, method, false));
      }
      case STATIC, INTERFACE_STATIC -> {
        signature(type);
        uses.add(new Use.CalledAs(owner, method, true));
      }
      case SPECIAL, INTERFACE_SPECIAL, VIRTUAL, INTERFACE_VIRTUAL -> {
        signature(type);
        uses.add(new Use.CalledAs(owner, method, false));
        uses.add(new Use.Called(owner, method));
      }
    }
  }

  private void made(String type) {
    uses.add(new Use.Made(type));
  }

  private void named(ClassEntry type) {
    uses.add(new Use.Named(Names.element(type.asInternalName())));
  }

  private void signature(String descriptor) {
    Names.types(descriptor).forEach(type -> uses.add(new Use.Named(type)));
  }
}
