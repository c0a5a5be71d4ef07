package dev.carillon.functions.delivery.workspaces;

import dev.carillon.edge.access.Authentication;
import dev.carillon.runtime.Ports;

/** Makes what answers about workspaces. */
public final class Workspaces {
  private final AskWorkspace asking;

  public Workspaces(Ports ports, Exchange exchange) {
    this.asking = new AskWorkspace(ports.channelCredentials(), exchange, ports.clock());
  }

  public WorkspaceCalls calls(Ports ports) {
    return new WorkspaceCalls(ports.channels(), ports.recipients(), asking, ports.clock());
  }

  public ConnectPage page(Ports ports) {
    return new ConnectPage(
        Authentication.on(ports),
        ports.channels(),
        ports.recipients(),
        asking,
        ports.clock(),
        ports.log());
  }
}
