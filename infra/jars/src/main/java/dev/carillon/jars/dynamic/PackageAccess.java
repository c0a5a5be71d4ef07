package dev.carillon.jars.dynamic;

import dev.carillon.jars.path.ClassPath;
import dev.carillon.jars.path.ClassShape;
import dev.carillon.jars.path.Names;
import dev.carillon.jars.path.PlatformMethods;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.Optional;
import java.util.Set;

/** What another class of one class's package may name and call. */
final class PackageAccess {
  /** What their methods take depends on who calls them. */
  private static final Set<String> POLYMORPHIC =
      Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

  private final ClassPath whole;
  private final PlatformMethods platform;
  private final String folder;

  PackageAccess(ClassPath whole, PlatformMethods platform, ClassShape of) {
    this.whole = whole;
    this.platform = platform;
    this.folder = of.folder();
  }

  boolean mayName(ClassDesc type) {
    ClassDesc element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    if (element.isPrimitive()) {
      return true;
    }
    String name = Names.internal(element);
    Optional<ClassShape> found = whole.find(name);
    return found.isPresent()
        ? found.get().isPublic || found.get().folder().equals(folder)
        : platform.isPublic(name);
  }

  /** Whether the method is there and open to the package. */
  boolean mayCall(DirectMethodHandleDesc target) {
    if (target.owner().isArray() || !mayName(target.owner())) {
      return false;
    }
    String owner = Names.internal(target.owner());
    String method = target.methodName() + target.lookupDescriptor();
    if (POLYMORPHIC.contains(owner)) {
      return false;
    }
    for (Optional<ClassShape> at = whole.find(owner);
        at.isPresent();
        at = whole.superclass(at.get())) {
      if (at.get().methods.containsKey(method)) {
        return isOpen(at.get(), method);
      }
    }
    if (whole.find(owner).isEmpty()) {
      return platform.isOpen(owner, method)
          || target.isOwnerInterface() && platform.isOpen("java/lang/Object", method);
    }
    return whole.ancestors(owner).stream()
        .anyMatch(
            it ->
                whole
                    .find(it)
                    .map(shape -> shape.isInterface && isOpen(shape, method))
                    .orElseGet(() -> platform.isOpen(it, method)));
  }

  private boolean isOpen(ClassShape shape, String method) {
    if (!shape.methods.containsKey(method)) {
      return false;
    }
    int flags = shape.methods.get(method).flags().flagsMask();
    return (flags & ClassFile.ACC_PUBLIC) != 0
        || (flags & ClassFile.ACC_PRIVATE) == 0 && shape.folder().equals(folder);
  }
}
