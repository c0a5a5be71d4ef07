package dev.carillon.local.functions;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A function's variables, which remember which of them were asked for. Safe for many threads. */
final class WatchedVariables extends AbstractMap<String, String> {
  private final Map<String, String> variables;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  WatchedVariables(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public String get(Object name) {
    if (variables.containsKey(name)) {
      asked.add((String) name);
    }
    return variables.get(name);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return variables.entrySet();
  }

  Set<String> asked() {
    return Set.copyOf(asked);
  }
}
