package dev.carillon.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses of hosts that customers named, for protocols other than HTTP. */
public final class PublicAddresses {
  private final Set<String> allowedHosts;
  private final Resolve resolve;

  /**
   * @param allowedHosts {@code host:port} that may be reached although their addresses are private
   */
  public PublicAddresses(Set<String> allowedHosts, Resolve resolve) {
    this.allowedHosts =
        allowedHosts.stream()
            .map(it -> it.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.resolve = resolve;
  }

  /**
   * @return empty when one of the host's addresses is in a private or otherwise special network;
   *     none when it has no address
   */
  public Optional<List<InetAddress>> of(String host, int port) {
    List<InetAddress> addresses;
    try {
      addresses = resolve.addresses(host);
    } catch (UnknownHostException _) {
      return Optional.of(List.of());
    }
    boolean allowed = allowedHosts.contains(host.toLowerCase(Locale.ROOT) + ":" + port);
    return allowed || addresses.stream().noneMatch(SpecialNetworks::contain)
        ? Optional.of(List.copyOf(addresses))
        : Optional.empty();
  }
}
