package dev.carillon.testing.calls;

import dev.carillon.access.ApiKeys;
import dev.carillon.access.ClientAccesses;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.Channels;
import dev.carillon.content.Assets;
import dev.carillon.environment.Environments;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.testing.engine.Handlers;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Workflows;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Engines that share what was pushed once: pushing takes longer than all the rest. */
public final class SharedProjects {
  private static final Set<Class<?>> PORTS =
      Set.of(
          ApiKeys.class,
          ClientAccesses.class,
          DeploymentKeys.class,
          Channels.class,
          ChannelCredentials.class,
          Workflows.class,
          Assets.class,
          Variables.class,
          Environments.class);

  private final Map<Map<String, String>, InMemoryPorts> pushed = new HashMap<>();

  /** Whether the port holds what is pushed, which does not change while an engine runs. */
  public static boolean knows(Class<?> port) {
    return PORTS.contains(port);
  }

  /**
   * An engine with one task per invocation.
   *
   * @param workflows the texts of their {@code workflow.json} by key
   */
  public InProcessEngine engine(
      Instant start, Handlers.Building building, Map<String, String> workflows) {
    InMemoryPorts configured =
        pushed.computeIfAbsent(
            workflows,
            texts -> {
              var engine = InProcessEngine.at(start);
              texts.forEach(engine::workflow);
              return engine.ports();
            });
    return new InProcessEngine(start, building, 1, configured);
  }
}
