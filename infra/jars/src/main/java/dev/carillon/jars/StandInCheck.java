package dev.carillon.jars;

import dev.carillon.jars.path.ClassShape;
import dev.carillon.jars.path.PlatformMethods;
import dev.carillon.jars.path.Use;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at classes that stand in for lambdas as the JVM will: each static method and constructor
 * that they call must be there in what was written, and open to them. Not safe for several threads.
 */
final class StandInCheck {
  // What functions share of bytes is read once.
  private final Map<byte[], ClassShape> read = new IdentityHashMap<>();

  private final PlatformMethods platform;

  StandInCheck(PlatformMethods platform) {
    this.platform = platform;
  }

  /**
   * @param written the classes of a jar, by path
   * @return a sentence for each call that leads nowhere; none when all is well
   */
  List<String> broken(byte[] standIn, Map<String, byte[]> written) {
    var broken = new ArrayList<String>();
    var shape = new ClassShape(standIn, false);
    for (String method : shape.methods.keySet()) {
      for (Use use : shape.uses(method)) {
        if (use instanceof Use.CalledAs(var type, var callee, var isStatic)
            && !isThere(shape, type, callee, isStatic, written)) {
          broken.add(shape.name + " calls " + type + "." + callee + ", which is not there for it");
        }
      }
    }
    return broken;
  }

  private boolean isThere(
      ClassShape caller, String type, String method, boolean isStatic, Map<String, byte[]> files) {
    String at = type;
    while (files.containsKey(at + ".class")) {
      ClassShape shape =
          read.computeIfAbsent(files.get(at + ".class"), it -> new ClassShape(it, false));
      MethodModel found = shape.methods.get(method);
      if (found != null) {
        return found.flags().has(AccessFlag.STATIC) == isStatic
            && (found.flags().has(AccessFlag.PUBLIC)
                || shape.name.equals(caller.name)
                || !found.flags().has(AccessFlag.PRIVATE)
                    && shape.folder().equals(caller.folder()));
      }
      at = shape.parents.isEmpty() ? "" : shape.parents.getFirst();
    }
    // Above it, or altogether, it is the JDK's.
    return type.equals(at) || platform.isOpen(at, method);
  }
}
