package dev.carillon.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host name into addresses. Asked once for each request. */
@FunctionalInterface
public interface Resolve {
  /** The resolver of the machine. */
  Resolve SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * @param host a name in ASCII, never an address
   * @throws UnknownHostException when there is no such name, or nobody could be asked
   */
  List<InetAddress> addresses(String host) throws UnknownHostException;
}
