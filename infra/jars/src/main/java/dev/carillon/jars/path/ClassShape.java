package dev.carillon.jars.path;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One class of a class path. Safe for many threads. */
public final class ClassShape {
  /** Internal. */
  public final String name;

  public final byte[] bytes;

  /** The superclass first, if there is one. */
  public final List<String> parents;

  /** Itself and its parents' names apart, what the JVM or a reflective look at it loads. */
  public final List<String> companions;

  public final Set<String> fields;

  /** The classes of its fields. */
  public final Set<String> fieldTypes;

  /** By name and descriptor, such as {@code close()V}. */
  public final Map<String, MethodModel> methods;

  /** Methods are left out of it when nothing reaches them; else it is kept whole. */
  public final boolean trimmed;

  public final boolean isInterface;
  public final boolean isPublic;
  public final boolean isEnum;

  /** Instructions whose code the JVM would make; none of a class that is kept as it is. */
  public final List<InvokeDynamicEntry> dynamic;

  private final Map<String, List<Use>> uses = new ConcurrentHashMap<>();

  /**
   * Reads a class file.
   *
   * @param trimmed whether methods that nothing reaches may be left out of it
   */
  public ClassShape(byte[] bytes, boolean trimmed) {
    ClassModel model = ClassFile.of().parse(bytes);
    this.bytes = bytes;
    name = model.thisClass().asInternalName();
    parents = new ArrayList<>();
    model.superclass().map(ClassEntry::asInternalName).ifPresent(parents::add);
    model.interfaces().forEach(it -> parents.add(it.asInternalName()));
    isInterface = model.flags().has(AccessFlag.INTERFACE);
    isPublic = model.flags().has(AccessFlag.PUBLIC);
    isEnum = model.flags().has(AccessFlag.ENUM);
    // Who reads annotations calls what they declare by reflection.
    this.trimmed = trimmed && !model.flags().has(AccessFlag.ANNOTATION);
    companions = List.copyOf(companions(model));
    fields = new LinkedHashSet<>();
    fieldTypes = new LinkedHashSet<>();
    for (FieldModel field : model.fields()) {
      fields.add(field.fieldName().stringValue());
      fieldTypes.addAll(Names.types(field.fieldType().stringValue()));
    }
    methods = new LinkedHashMap<>();
    model.methods().forEach(it -> methods.put(key(it), it));
    dynamic = this.trimmed ? dynamic(model) : List.of();
  }

  private static List<InvokeDynamicEntry> dynamic(ClassModel model) {
    var found = new ArrayList<InvokeDynamicEntry>();
    if (model.findAttribute(Attributes.bootstrapMethods()).isPresent()) {
      for (PoolEntry entry : model.constantPool()) {
        if (entry instanceof InvokeDynamicEntry it) {
          found.add(it);
        }
      }
    }
    return List.copyOf(found);
  }

  /** The package, as a prefix of names. */
  public String folder() {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  /** Name and descriptor, such as {@code close()V}. */
  public static String key(MethodModel method) {
    return method.methodName().stringValue() + method.methodType().stringValue();
  }

  private static Set<String> companions(ClassModel model) {
    var found = new LinkedHashSet<String>();
    model
        .findAttribute(Attributes.nestHost())
        .ifPresent(it -> found.add(it.nestHost().asInternalName()));
    model
        .findAttribute(Attributes.enclosingMethod())
        .ifPresent(it -> found.add(it.enclosingClass().asInternalName()));
    model
        .findAttribute(Attributes.innerClasses())
        .ifPresent(
            it ->
                it.classes().stream()
                    .filter(inner -> inner.innerClass().equals(model.thisClass()))
                    .forEach(
                        inner ->
                            inner
                                .outerClass()
                                .map(ClassEntry::asInternalName)
                                .ifPresent(found::add)));
    return found;
  }

  /**
   * What the code of a method uses.
   *
   * @param method by name and descriptor
   */
  public List<Use> uses(String method) {
    return uses.computeIfAbsent(method, it -> CodeUses.of(methods.get(it)));
  }
}
