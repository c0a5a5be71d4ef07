package dev.carillon.testing;

import dev.carillon.memory.InMemoryPorts;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All texts that the twins of the ports hold, with the class in which each was found. */
final class KeptTexts {
  private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> found = new LinkedHashSet<>();
  private final String marker;

  private KeptTexts(String marker) {
    this.marker = marker;
  }

  /** Where a text with the marker in it is kept, as {@code Class: text}. */
  static Set<String> with(String marker, InMemoryPorts ports) {
    var texts = new KeptTexts(marker);
    texts.walk(ports, "ports");
    return texts.found;
  }

  private void walk(Object value, String in) {
    switch (value) {
      case null -> {}
      case String text -> {
        if (text.contains(marker)) {
          found.add(in + ": " + text);
        }
      }
      case Optional<?> maybe -> maybe.ifPresent(it -> walk(it, in));
      case Map<?, ?> map ->
          map.forEach(
              (key, it) -> {
                walk(key, in);
                walk(it, in);
              });
      case Collection<?> some -> some.forEach(it -> walk(it, in));
      case Object other when other.getClass().getName().startsWith("dev.carillon.") -> {
        if (visited.add(other)) {
          fields(other, other.getClass());
        }
      }
      case Object _ -> {}
    }
  }

  private void fields(Object owner, Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        try {
          field.setAccessible(true);
          walk(field.get(owner), type.getSimpleName());
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    if (type.getSuperclass() != null
        && type.getSuperclass().getName().startsWith("dev.carillon.")) {
      fields(owner, type.getSuperclass());
    }
  }
}
