package dev.carillon.jars.dynamic;

import dev.carillon.jars.path.ClassPath;
import dev.carillon.jars.path.ClassShape;
import dev.carillon.jars.path.PlatformMethods;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileElement;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Has ordinary classes stand in for the lambdas of one class. The methods that they run are no
 * longer private: a lambda's body becomes a static method of the package, a static method or a
 * constructor is opened to it, and for another method a static one calls it. What cannot be done
 * safely is left to the JVM.
 */
public final class LambdaHost {
  private static final int CLOSED =
      ClassFile.ACC_PRIVATE | ClassFile.ACC_PROTECTED | ClassFile.ACC_PUBLIC;

  private final ClassShape shape;
  private final ClassDesc self;
  private final PackageAccess access;
  private final Set<Lambda> used = new LinkedHashSet<>();
  // Methods of its own that something else but a lambda names: those stay as they are.
  private final Set<String> fixed = new HashSet<>();
  private final Set<String> opened = new HashSet<>();
  private final Map<String, LambdaSite.Call> freed = new LinkedHashMap<>();
  private final Map<String, LambdaSite.Call> callers = new LinkedHashMap<>();
  private final Map<Lambda, LambdaSite> sites = new LinkedHashMap<>();
  // What instructions stand for, by their place in the constant pool.
  private final Map<Integer, LambdaSite.Call> written = new LinkedHashMap<>();
  private final Map<LambdaSite.Call, WrittenOut.Body> bodies = new LinkedHashMap<>();

  private LambdaHost(ClassShape shape, ClassPath whole, PlatformMethods platform) {
    this.shape = shape;
    this.self = ClassDesc.ofInternalName(shape.name);
    this.access = new PackageAccess(whole, platform, shape);
  }

  /**
   * Looks at what is kept of a class.
   *
   * @param methods by name and descriptor
   */
  public static LambdaHost of(
      ClassShape shape,
      Set<String> methods,
      ClassPath whole,
      PlatformMethods platform,
      LambdaPlaces places) {
    var it = new LambdaHost(shape, whole, platform);
    if (!shape.dynamic.isEmpty()) {
      shape.methods.forEach(
          (key, method) -> {
            if (methods.contains(key)) {
              method.code().ifPresent(it::look);
            }
          });
      Map<Lambda, LambdaSite.Place> there = places.of(shape, whole);
      for (Lambda lambda : it.used) {
        if (!it.isKnown(lambda)) {
          it.fixed.add(lambda.targetKey());
        }
      }
      for (Lambda lambda : it.used) {
        if (it.isKnown(lambda)) {
          it.call(lambda)
              .ifPresent(
                  call -> it.sites.put(lambda, new LambdaSite(lambda, there.get(lambda), call)));
        }
      }
    }
    return it;
  }

  /** Its lambdas that other classes stand in for. */
  public List<LambdaSite> sites() {
    return List.copyOf(sites.values());
  }

  private void look(CodeModel code) {
    for (CodeElement element : code) {
      switch (element) {
        case InvokeDynamicInstruction dynamic ->
            Lambda.of(shape.name, dynamic.invokedynamic())
                .ifPresentOrElse(used::add, () -> other(dynamic.invokedynamic()));
        case InvokeInstruction call when call.owner().asInternalName().equals(shape.name) ->
            fixed.add(call.name().stringValue() + call.type().stringValue());
        default -> {}
      }
    }
  }

  private void other(InvokeDynamicEntry entry) {
    for (var argument : entry.bootstrap().arguments()) {
      if (argument instanceof MethodHandleEntry handle) {
        fixed.add(
            handle.reference().name().stringValue() + handle.reference().type().stringValue());
      }
    }
    if (!written.containsKey(entry.index())) {
      WrittenOut.of(entry)
          .ifPresent(
              body -> {
                var call =
                    new LambdaSite.Call(
                        LambdaSite.Kind.STATIC,
                        self,
                        shape.isInterface,
                        entry.name().stringValue() + "$" + written.size(),
                        entry.typeSymbol());
                written.put(entry.index(), call);
                bodies.put(call, body);
              });
    }
  }

  /** Whether values can be handed on as the JVM does, by somebody else of this package. */
  private boolean isKnown(Lambda lambda) {
    MethodTypeDesc target = lambda.target().invocationType();
    int captured = lambda.captured();
    MethodTypeDesc erased = lambda.erased();
    if (!access.mayName(lambda.factory().returnType())
        || target.parameterCount() != captured + erased.parameterCount()) {
      return false;
    }
    for (int i = 0; i < captured; i++) {
      ClassDesc to = target.parameterType(i);
      ClassDesc from = lambda.factory().parameterType(i);
      if (!from.equals(to) && (from.isPrimitive() || to.isPrimitive()) || !access.mayName(to)) {
        return false;
      }
    }
    for (int i = 0; i < erased.parameterCount(); i++) {
      ClassDesc through = lambda.actual().parameterType(i);
      ClassDesc to = target.parameterType(captured + i);
      if (!Conversion.isKnown(erased.parameterType(i), through, to)
          || !access.mayName(through)
          || !access.mayName(to)) {
        return false;
      }
    }
    return access.mayName(erased.returnType())
        && Conversion.isKnown(target.returnType(), target.returnType(), erased.returnType());
  }

  private Optional<LambdaSite.Call> call(Lambda lambda) {
    var target = lambda.target();
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(target.lookupDescriptor());
    var kind =
        switch (target.kind()) {
          case STATIC, INTERFACE_STATIC -> LambdaSite.Kind.STATIC;
          case CONSTRUCTOR -> LambdaSite.Kind.CONSTRUCTOR;
          case VIRTUAL, INTERFACE_VIRTUAL, SPECIAL, INTERFACE_SPECIAL -> LambdaSite.Kind.VIRTUAL;
          case GETTER, SETTER, STATIC_GETTER, STATIC_SETTER -> null;
        };
    if (kind == null) {
      return Optional.empty();
    }
    boolean special =
        switch (target.kind()) {
          case SPECIAL, INTERFACE_SPECIAL -> true;
          default -> false;
        };
    var plain =
        new LambdaSite.Call(
            kind, target.owner(), target.isOwnerInterface(), target.methodName(), type);
    MethodModel own = target.owner().equals(self) ? shape.methods.get(lambda.targetKey()) : null;
    if (own == null || !own.flags().has(AccessFlag.PRIVATE)) {
      return special || !access.mayCall(target) ? Optional.empty() : Optional.of(plain);
    }
    if (kind != LambdaSite.Kind.VIRTUAL) {
      opened.add(lambda.targetKey());
      return Optional.of(plain);
    }
    var called =
        new LambdaSite.Call(
            LambdaSite.Kind.STATIC,
            self,
            shape.isInterface,
            target.methodName(),
            type.insertParameterTypes(0, self));
    boolean isBody = own.flags().has(AccessFlag.SYNTHETIC) && !fixed.contains(lambda.targetKey());
    var calls = isBody ? freed : callers;
    String name = isBody ? target.methodName() : "call$" + target.methodName();
    var it =
        new LambdaSite.Call(LambdaSite.Kind.STATIC, self, shape.isInterface, name, called.type());
    if (shape.methods.containsKey(name + it.type().descriptorString())) {
      return Optional.empty();
    }
    calls.put(lambda.targetKey(), it);
    return Optional.of(it);
  }

  /**
   * Writes a method that is kept.
   *
   * @param dropped which of its attributes are not
   */
  public void write(MethodModel method, Predicate<ClassFileElement> dropped, ClassBuilder to) {
    String key = ClassShape.key(method);
    LambdaSite.Call free = freed.get(key);
    int flags = method.flags().flagsMask();
    if (free != null) {
      flags |= ClassFile.ACC_STATIC;
    }
    if (free != null || opened.contains(key)) {
      flags = flags & ~CLOSED | (shape.isInterface ? ClassFile.ACC_PUBLIC : 0);
    }
    to.withMethod(
        method.methodName().stringValue(),
        free == null ? method.methodTypeSymbol() : free.type(),
        flags,
        it -> {
          for (MethodElement element : method) {
            switch (element) {
              case CodeModel code when sites.isEmpty() && written.isEmpty() -> it.with(code);
              case CodeModel code -> it.transformCode(code, this::instruction);
              case AccessFlags _ -> {}
              // Of a body, they would tell of one parameter less.
              case MethodElement other when free != null || dropped.test(other) -> {}
              default -> it.with(element);
            }
          }
        });
  }

  private void instruction(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeDynamicInstruction dynamic) {
      LambdaSite.Call call = written.get(dynamic.invokedynamic().index());
      if (call != null) {
        code.invokestatic(self, call.name(), call.type(), shape.isInterface);
        return;
      }
      LambdaSite site = Lambda.of(shape.name, dynamic.invokedynamic()).map(sites::get).orElse(null);
      if (site != null) {
        code.loadConstant(site.place().number());
        code.invokestatic(
            ClassDesc.ofInternalName(site.place().type()),
            "of",
            LambdaClass.factory(site.lambda()));
        return;
      }
    }
    code.with(element);
  }

  /** The static methods that stand for instructions, and those that call what stays private. */
  public void writeMore(ClassBuilder to) {
    bodies.forEach(
        (call, body) ->
            to.withMethodBody(
                call.name(),
                call.type(),
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                body::write));
    callers.forEach(
        (key, caller) -> {
          MethodModel method = shape.methods.get(key);
          MethodTypeDesc type = method.methodTypeSymbol();
          to.withMethodBody(
              caller.name(),
              caller.type(),
              ClassFile.ACC_STATIC
                  | ClassFile.ACC_SYNTHETIC
                  | (shape.isInterface ? ClassFile.ACC_PUBLIC : 0),
              code -> {
                for (int i = 0; i < caller.type().parameterCount(); i++) {
                  code.loadLocal(
                      TypeKind.from(caller.type().parameterType(i)), code.parameterSlot(i));
                }
                code.invokespecial(self, method.methodName().stringValue(), type, shape.isInterface)
                    .return_(TypeKind.from(type.returnType()));
              });
        });
  }
}
