package dev.carillon.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses that a customer's URL may not lead to, as a table of our own: the JDK's predicates
 * miss carrier-grade NAT, unique local IPv6 (where AWS keeps an instance metadata address),
 * translation prefixes and more.
 *
 * <p>Source: IANA's registries of special-purpose IPv4 and IPv6 addresses.
 */
final class SpecialNetworks {
  private static final List<Network> TABLE =
      networks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT; a metadata address of some clouds
          "127.0.0.0/8", // loopback; the Lambda runtime listens here
          "169.254.0.0/16", // link local; metadata and container credentials
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments; a metadata address of some clouds
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4", // reserved, and broadcast
          "::/128", // unspecified
          "::1/128", // loopback
          "::/96", // IPv4-compatible
          "64:ff9b::/96", // NAT64
          "64:ff9b:1::/48", // NAT64, local
          "100::/64", // discard
          "2001::/23", // protocol assignments, Teredo
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3fff::/20", // documentation
          "5f00::/16", // segment routing
          "fc00::/7", // unique local; fd00:ec2::254 is AWS's metadata
          "fe80::/10", // link local
          "fec0::/10", // site local
          "ff00::/8", // multicast
          // What is not global unicast (2000::/3) is not assigned to anybody's server.
          "::/3",
          "4000::/2",
          "8000::/1");

  private SpecialNetworks() {}

  /**
   * Whether the address lies in one of them. An IPv4 address mapped into IPv6 is judged as IPv4.
   */
  static boolean contain(InetAddress address) {
    var bytes = unmapped(address.getAddress());
    return TABLE.stream().anyMatch(network -> network.contains(bytes));
  }

  private record Network(byte[] first, int prefix) {
    boolean contains(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < prefix; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static byte[] unmapped(byte[] address) {
    if (address.length != 16 || address[10] != -1 || address[11] != -1) {
      return address;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return address;
      }
    }
    return new byte[] {address[12], address[13], address[14], address[15]};
  }

  private static List<Network> networks(String... table) {
    return Arrays.stream(table)
        .map(
            text -> {
              var parts = text.split("/");
              return new Network(
                  InetAddress.ofLiteral(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            })
        .toList();
  }
}
