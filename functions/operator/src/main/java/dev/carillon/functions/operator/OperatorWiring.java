package dev.carillon.functions.operator;

import dev.carillon.fetch.Outside;
import dev.carillon.runtime.Ports;
import java.security.SecureRandom;
import java.util.function.IntUnaryOperator;

/** Builds the function's parts from its ports. */
final class OperatorWiring {
  private final Ports ports;
  private final Outside outside;
  private final IntUnaryOperator chance;

  OperatorWiring(Ports ports, Outside outside) {
    this(ports, outside, new SecureRandom()::nextInt);
  }

  OperatorWiring(Ports ports, Outside outside, IntUnaryOperator chance) {
    this.ports = ports;
    this.outside = outside;
    this.chance = chance;
  }

  Actions actions() {
    return new Actions(
        new Seed(ports.apiKeys(), ports.channels(), new NewKeys(chance), ports.clock()),
        new Push(
            ports.workflows(),
            ports.assets(),
            ports.variables(),
            ports.channels(),
            new PushEnvironment(
                ports.environments(),
                ports.recipients(),
                ports.subscriptions(),
                ports.audiences(),
                ports.clock())),
        new RevokeKey(ports.apiKeys()),
        new WorkflowStatus(ports.workflows()),
        new TestFetch(
            ports.workflows(),
            new PretendRun(
                ports.recipients(), ports.environments(), ports.variables(), ports.assets()),
            outside,
            ports.clock()),
        ports.log());
  }
}
