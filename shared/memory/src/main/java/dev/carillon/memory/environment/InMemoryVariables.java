package dev.carillon.memory.environment;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.variable.Variables;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Variables in memory. */
public final class InMemoryVariables implements Variables {
  private final Map<EnvironmentId, Values> variables = new ConcurrentHashMap<>();

  @Override
  public Json.Obj open(EnvironmentId environment) {
    return values(environment).open();
  }

  @Override
  public Set<String> secretNames(EnvironmentId environment) {
    return values(environment).secret().fields().keySet();
  }

  @Override
  public Values values(EnvironmentId environment) {
    return variables.getOrDefault(environment, Values.EMPTY);
  }

  @Override
  public void put(EnvironmentId environment, Values values) {
    variables.put(environment, values);
  }

  @Override
  public boolean change(EnvironmentId environment, UnaryOperator<Values> change) {
    variables.compute(
        environment, (_, before) -> change.apply(before == null ? Values.EMPTY : before));
    return true;
  }
}
