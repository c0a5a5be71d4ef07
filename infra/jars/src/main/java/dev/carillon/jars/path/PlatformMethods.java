package dev.carillon.jars.path;

import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Methods of the JDK's types: what it may call on objects of ours, and what may be called of it.
 */
public final class PlatformMethods {
  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();
  private final Map<String, Optional<Set<String>>> open = new ConcurrentHashMap<>();

  /** By name and descriptor; empty when the JDK has no such type. */
  public Set<String> of(String type) {
    return known.computeIfAbsent(type, PlatformMethods::read);
  }

  /** Whether anybody may name it; not when the JDK has no such type. */
  public boolean isPublic(String type) {
    return open.computeIfAbsent(type, PlatformMethods::open).isPresent();
  }

  /**
   * Whether anybody may call it, static ones and constructors too.
   *
   * @param method by name and descriptor
   */
  public boolean isOpen(String type, String method) {
    return open.computeIfAbsent(type, PlatformMethods::open)
        .filter(it -> it.contains(method))
        .isPresent();
  }

  private static Set<String> read(String type) {
    var methods = new LinkedHashSet<String>();
    find(type).ifPresent(it -> add(it, methods));
    return methods;
  }

  private static Optional<Class<?>> find(String type) {
    try {
      return Optional.of(
          Class.forName(type.replace('/', '.'), false, ClassLoader.getPlatformClassLoader()));
    } catch (ClassNotFoundException | LinkageError _) {
      // A library's optional companion that is not there.
      return Optional.empty();
    }
  }

  /** Empty when it is not public. */
  private static Optional<Set<String>> open(String type) {
    return find(type)
        .filter(it -> Modifier.isPublic(it.getModifiers()))
        .map(
            it -> {
              var methods = new HashSet<String>();
              for (var made : it.getConstructors()) {
                methods.add("<init>" + descriptor(void.class, made));
              }
              for (var method : it.getMethods()) {
                methods.add(method.getName() + descriptor(method.getReturnType(), method));
              }
              return methods;
            });
  }

  private static String descriptor(Class<?> returned, Executable method) {
    return MethodType.methodType(returned, method.getParameterTypes()).toMethodDescriptorString();
  }

  private static void add(Class<?> type, Set<String> methods) {
    for (Method method : type.getDeclaredMethods()) {
      if (!Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers())) {
        methods.add(method.getName() + descriptor(method.getReturnType(), method));
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
