package dev.carillon.memory.waiting;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.Circuit;
import dev.carillon.channel.Circuits;
import dev.carillon.environment.EnvironmentId;
import java.util.HashMap;
import java.util.Map;

/** Circuits in memory. */
public final class InMemoryCircuits implements Circuits {
  private record Of(EnvironmentId environment, ChannelId channel) {}

  private final Map<Of, Circuit> circuits = new HashMap<>();

  @Override
  public synchronized Circuit find(EnvironmentId environment, ChannelId channel) {
    return circuits.getOrDefault(new Of(environment, channel), Circuit.CLOSED);
  }

  @Override
  public synchronized boolean save(EnvironmentId environment, ChannelId channel, Circuit circuit) {
    if (find(environment, channel).revision() != circuit.revision()) {
      return false;
    }
    circuits.put(new Of(environment, channel), circuit.stored());
    return true;
  }
}
