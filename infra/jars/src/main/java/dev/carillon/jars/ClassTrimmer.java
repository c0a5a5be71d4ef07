package dev.carillon.jars;

import dev.carillon.jars.dynamic.LambdaClass;
import dev.carillon.jars.dynamic.LambdaHost;
import dev.carillon.jars.dynamic.LambdaPlaces;
import dev.carillon.jars.dynamic.LambdaSite;
import dev.carillon.jars.path.ClassPath;
import dev.carillon.jars.path.ClassShape;
import dev.carillon.jars.path.Names;
import dev.carillon.jars.path.PlatformMethods;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.DebugElementsOption;
import java.lang.classfile.ClassFile.LineNumbersOption;
import java.lang.classfile.ClassFileElement;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.FieldTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.DeprecatedAttribute;
import java.lang.classfile.attribute.ExceptionsAttribute;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.MethodParametersAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleParameterAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.attribute.SourceDebugExtensionAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Leaves out of classes what is not kept of them, with all that only that needed, and the names of
 * local variables, which only debuggers ask for; the lines that stack traces tell stay. Functions
 * that keep the same of a class share the work. Not safe for several threads.
 */
final class ClassTrimmer {
  /** A class, and what is kept of it. */
  private record Cut(String name, int size, Set<String> methods, boolean fields) {}

  /**
   * @param lambdas those of it that other classes stand in for
   */
  record Trimmed(byte[] bytes, List<LambdaSite> lambdas) {}

  private static final String OURS = "dev/carillon/";

  private final PlatformMethods platform;
  private final LambdaPlaces places = new LambdaPlaces();
  private final Map<Cut, Trimmed> done = new HashMap<>();
  private final Map<List<LambdaSite>, byte[]> standIns = new HashMap<>();

  ClassTrimmer(PlatformMethods platform) {
    this.platform = platform;
  }

  Trimmed trimmed(KeptClass kept, ClassPath whole) {
    ClassShape shape = kept.shape;
    if (!shape.trimmed) {
      return new Trimmed(shape.bytes, List.of());
    }
    return done.computeIfAbsent(
        new Cut(shape.name, shape.bytes.length, Set.copyOf(kept.methods), kept.initialized),
        cut -> cut(shape, cut, whole));
  }

  /** The class of that name, which stands in for these. */
  byte[] lambdas(String type, List<LambdaSite> sites) {
    if (sites.stream().map(LambdaSite::place).distinct().count() < sites.size()) {
      throw new IllegalStateException("Two libraries have a class for " + type);
    }
    return standIns.computeIfAbsent(
        sites.stream().sorted(Comparator.comparing(it -> it.place().number())).toList(),
        sorted -> LambdaClass.of(type, sorted));
  }

  private Trimmed cut(ClassShape shape, Cut cut, ClassPath whole) {
    LambdaHost lambdas = LambdaHost.of(shape, cut.methods(), whole, platform, places);
    boolean ours = shape.name.startsWith(OURS);
    ClassFile format =
        format(
            whole,
            ours ? LineNumbersOption.PASS_LINE_NUMBERS : LineNumbersOption.DROP_LINE_NUMBERS);
    Predicate<ClassFileElement> dropped =
        it -> isForCompilers(it) || !ours && it instanceof SourceFileAttribute;
    var transform =
        new ClassTransform() {
          @Override
          public void accept(ClassBuilder to, ClassElement element) {
            switch (element) {
              case MethodModel method when !cut.methods().contains(ClassShape.key(method)) -> {}
              case FieldModel _ when !cut.fields() -> {}
              case MethodModel method -> lambdas.write(method, dropped, to);
              case FieldModel field ->
                  to.transformField(field, FieldTransform.dropping(dropped::test));
              case InnerClassesAttribute inner -> to.with(own(inner, shape.name));
              case ClassElement it when dropped.test(it) -> {}
              default -> to.with(element);
            }
          }

          @Override
          public void atEnd(ClassBuilder to) {
            lambdas.writeMore(to);
          }
        };
    return new Trimmed(
        format.transformClass(format.parse(shape.bytes), transform), lambdas.sites());
  }

  /** Of the classes that one names, those that are in it, and where it is itself. */
  private static InnerClassesAttribute own(InnerClassesAttribute all, String name) {
    return InnerClassesAttribute.of(
        all.classes().stream()
            .filter(
                it ->
                    it.innerClass().asInternalName().equals(name)
                        || it.outerClass().filter(o -> o.asInternalName().equals(name)).isPresent())
            .toList());
  }

  private static boolean isForCompilers(ClassFileElement element) {
    return switch (element) {
      case SignatureAttribute _,
          SourceDebugExtensionAttribute _,
          ExceptionsAttribute _,
          MethodParametersAttribute _,
          DeprecatedAttribute _,
          RuntimeInvisibleAnnotationsAttribute _,
          RuntimeInvisibleParameterAnnotationsAttribute _ ->
          true;
      case RuntimeVisibleAnnotationsAttribute visible ->
          visible.annotations().stream()
              .allMatch(it -> it.className().equalsString("Lkotlin/Metadata;"));
      default -> false;
    };
  }

  private static ClassFile format(ClassPath whole, LineNumbersOption lines) {
    ClassHierarchyResolver ours = type -> info(type, whole);
    return ClassFile.of(
        ConstantPoolSharingOption.NEW_POOL,
        DebugElementsOption.DROP_DEBUG,
        lines,
        ClassHierarchyResolverOption.of(
            ours.orElse(ClassHierarchyResolver.ofClassLoading(ClassLoader.getPlatformClassLoader()))
                // What a library could do without is no parent of anything.
                .orElse(_ -> ClassHierarchyInfo.ofClass(ClassDesc.of("java.lang.Object")))));
  }

  private static ClassHierarchyInfo info(ClassDesc type, ClassPath whole) {
    String name = Names.types(type.descriptorString()).getFirst();
    return whole
        .find(name)
        .map(
            it ->
                it.isInterface
                    ? ClassHierarchyInfo.ofInterface()
                    : ClassHierarchyInfo.ofClass(
                        ClassDesc.ofInternalName(List.copyOf(it.parents).getFirst())))
        .orElse(null);
  }
}
