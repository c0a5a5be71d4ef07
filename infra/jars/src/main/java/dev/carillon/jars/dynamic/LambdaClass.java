package dev.carillon.jars.dynamic;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Writes the class that stands in for some lambdas of one package: its objects hold a lambda's
 * number and what it captures. Those that capture nothing are there once each, as the JVM has it.
 */
public final class LambdaClass {
  private static final int FIELD = ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL;
  private static final int SHARED = FIELD | ClassFile.ACC_STATIC;
  private static final String NUMBER = "number";
  private static final String ALONE = "alone";

  private final ClassDesc self;
  private final List<LambdaSite> sites;

  private LambdaClass(ClassDesc self, List<LambdaSite> sites) {
    this.self = self;
    this.sites = sites;
  }

  /**
   * Its class file.
   *
   * @param type internal name
   * @param sites in the order of their numbers
   */
  public static byte[] of(String type, List<LambdaSite> sites) {
    var it = new LambdaClass(ClassDesc.ofInternalName(type), sites);
    return ClassFile.of().build(it.self, it::write);
  }

  /** What makes an object of it, in place of the JVM: captured values, then the number. */
  static MethodTypeDesc factory(Lambda lambda) {
    return lambda.factory().insertParameterTypes(lambda.captured(), CD_int);
  }

  private void write(ClassBuilder to) {
    to.withVersion(ClassFile.JAVA_25_VERSION, 0);
    to.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
    to.withInterfaceSymbols(
        sites.stream().map(it -> it.lambda().factory().returnType()).distinct().toList());
    to.withField(NUMBER, CD_int, FIELD);
    var counts = new TreeSet<Integer>();
    sites.forEach(it -> counts.add(it.lambda().captured()));
    IntStream.range(0, counts.last()).forEach(i -> to.withField(field(i), CD_Object, FIELD));
    counts.forEach(it -> constructor(to, it));
    if (counts.contains(0)) {
      to.withField(ALONE, self.arrayType(), SHARED);
      to.withMethodBody(CLASS_INIT_NAME, MTD_void, ClassFile.ACC_STATIC, this::alone);
    }
    sites.stream()
        .map(LambdaSite::lambda)
        .map(LambdaClass::factory)
        .distinct()
        .forEach(it -> to.withMethodBody("of", it, ClassFile.ACC_STATIC, code -> of(code, it)));
    var methods = new LinkedHashMap<Map.Entry<String, MethodTypeDesc>, List<LambdaSite>>();
    for (LambdaSite site : sites) {
      methods
          .computeIfAbsent(
              Map.entry(site.lambda().method(), site.lambda().erased()), _ -> new ArrayList<>())
          .add(site);
    }
    methods.forEach(
        (method, those) ->
            to.withMethodBody(
                method.getKey(),
                method.getValue(),
                ClassFile.ACC_PUBLIC,
                code -> method(code, those)));
  }

  private static String field(int index) {
    return "captured" + index;
  }

  private static MethodTypeDesc constructor(int captured) {
    return MethodTypeDesc.of(CD_void, Collections.nCopies(captured, CD_Object))
        .insertParameterTypes(captured, CD_int);
  }

  private void constructor(ClassBuilder to, int captured) {
    to.withMethodBody(
        INIT_NAME,
        constructor(captured),
        ClassFile.ACC_PRIVATE,
        code -> {
          code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void);
          code.aload(0).iload(captured + 1).putfield(self, NUMBER, CD_int);
          for (int i = 0; i < captured; i++) {
            code.aload(0).aload(i + 1).putfield(self, field(i), CD_Object);
          }
          code.return_();
        });
  }

  /** Those that capture nothing: made before anybody asks. */
  private void alone(CodeBuilder code) {
    code.loadConstant(sites.getLast().place().number() + 1).anewarray(self).astore(0);
    code.iconst_0().istore(1);
    Label next = code.newBoundLabel();
    Label end = code.newLabel();
    code.iload(1).aload(0).arraylength().if_icmpge(end);
    code.aload(0).iload(1).new_(self).dup().iload(1);
    code.invokespecial(self, INIT_NAME, constructor(0)).aastore().iinc(1, 1).goto_(next);
    code.labelBinding(end).aload(0).putstatic(self, ALONE, self.arrayType()).return_();
  }

  private void of(CodeBuilder code, MethodTypeDesc type) {
    int captured = type.parameterCount() - 1;
    if (captured == 0) {
      code.getstatic(self, ALONE, self.arrayType()).iload(0).aaload().areturn();
      return;
    }
    code.new_(self).dup();
    for (int i = 0; i < captured; i++) {
      code.loadLocal(TypeKind.from(type.parameterType(i)), code.parameterSlot(i));
      Conversion.box(code, type.parameterType(i));
    }
    code.iload(code.parameterSlot(captured));
    code.invokespecial(self, INIT_NAME, constructor(captured)).areturn();
  }

  private void method(CodeBuilder code, List<LambdaSite> those) {
    if (those.size() > 1) {
      var cases =
          those.stream().map(it -> SwitchCase.of(it.place().number(), code.newLabel())).toList();
      Label none = code.newLabel();
      code.aload(0).getfield(self, NUMBER, CD_int);
      int first = cases.getFirst().caseValue();
      int last = cases.getLast().caseValue();
      if (last - first < 2 * cases.size()) {
        code.tableswitch(first, last, none, cases);
      } else {
        code.lookupswitch(none, cases);
      }
      for (int i = 0; i < cases.size(); i++) {
        code.labelBinding(cases.get(i).target());
        run(code, those.get(i));
      }
      code.labelBinding(none).aconst_null().athrow();
    } else {
      run(code, those.getFirst());
    }
  }

  private void run(CodeBuilder code, LambdaSite site) {
    Lambda lambda = site.lambda();
    LambdaSite.Call call = site.call();
    MethodTypeDesc type = call.whole();
    if (call.kind() == LambdaSite.Kind.CONSTRUCTOR) {
      code.new_(call.owner()).dup();
    }
    int captured = lambda.captured();
    for (int i = 0; i < captured; i++) {
      code.aload(0).getfield(self, field(i), CD_Object);
      Conversion.unbox(code, CD_Object, type.parameterType(i));
    }
    for (int i = 0; i < lambda.erased().parameterCount(); i++) {
      ClassDesc from = lambda.erased().parameterType(i);
      code.loadLocal(TypeKind.from(from), code.parameterSlot(i));
      Conversion.convert(
          code, from, lambda.actual().parameterType(i), type.parameterType(captured + i));
    }
    switch (call.kind()) {
      case STATIC -> code.invokestatic(call.owner(), call.name(), call.type(), call.isInterface());
      case VIRTUAL -> {
        if (call.isInterface()) {
          code.invokeinterface(call.owner(), call.name(), call.type());
        } else {
          code.invokevirtual(call.owner(), call.name(), call.type());
        }
      }
      case CONSTRUCTOR -> code.invokespecial(call.owner(), call.name(), call.type());
    }
    ClassDesc to = lambda.erased().returnType();
    Conversion.convert(code, type.returnType(), type.returnType(), to);
    code.return_(TypeKind.from(to));
  }
}
