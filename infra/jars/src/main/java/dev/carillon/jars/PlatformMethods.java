package dev.carillon.jars;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the JDK may call on objects of ours: all that a type of its own declares or inherits. */
final class PlatformMethods {
  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

  /** By name and descriptor; empty when the JDK has no such type. */
  Set<String> of(String type) {
    return known.computeIfAbsent(type, PlatformMethods::read);
  }

  private static Set<String> read(String type) {
    var methods = new LinkedHashSet<String>();
    try {
      add(
          Class.forName(type.replace('/', '.'), false, ClassLoader.getPlatformClassLoader()),
          methods);
    } catch (ClassNotFoundException | LinkageError _) {
      // A library's optional companion that is not there.
    }
    return methods;
  }

  private static void add(Class<?> type, Set<String> methods) {
    for (Method method : type.getDeclaredMethods()) {
      if (!Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers())) {
        methods.add(
            method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                    .toMethodDescriptorString());
      }
    }
    if (type.getSuperclass() != null) {
      add(type.getSuperclass(), methods);
    }
    for (Class<?> parent : type.getInterfaces()) {
      add(parent, methods);
    }
  }
}
