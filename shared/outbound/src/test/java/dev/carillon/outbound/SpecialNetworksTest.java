package dev.carillon.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecialNetworksTest {
  private static final List<String> IPV4 =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");
  private static final List<String> IPV6 =
      List.of(
          "::/128",
          "::1/128",
          "::/96",
          "::ffff:0:0:0/96",
          "64:ff9b::/96",
          "64:ff9b:1::/48",
          "100::/64",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20",
          "5f00::/16",
          "fc00::/7",
          "fe80::/10",
          "fec0::/10",
          "ff00::/8");

  @Test
  void every_ipv4_network_is_refused_from_its_first_to_its_last_address_and_no_further() {
    for (var network : IPV4) {
      var first = first(network);
      var last = last(network, 32);
      assertThat(refused(first, 4)).as(network).isTrue();
      assertThat(refused(last, 4)).as(network).isTrue();
      assertThat(refused(first.add(last).shiftRight(1), 4)).as(network).isTrue();
      for (var beside : List.of(first.subtract(BigInteger.ONE), last.add(BigInteger.ONE))) {
        if (beside.signum() >= 0 && beside.bitLength() <= 32) {
          assertThat(refused(beside, 4)).as("beside " + network).isEqualTo(inAny(beside));
        }
      }
    }
  }

  @Test
  void the_same_holds_for_ipv4_mapped_into_ipv6() {
    var prefix = BigInteger.valueOf(0xffff).shiftLeft(32);
    for (var network : IPV4) {
      var first = first(network);
      var last = last(network, 32);
      assertThat(refused(prefix.add(first), 16)).as(network).isTrue();
      assertThat(refused(prefix.add(last), 16)).as(network).isTrue();
    }
    assertThat(refused(prefix.add(first("8.8.8.8/32")), 16)).isFalse();
  }

  @Test
  void every_ipv6_network_is_refused_from_its_first_to_its_last_address() {
    for (var network : IPV6) {
      assertThat(refused(first(network), 16)).as(network).isTrue();
      assertThat(refused(last(network, 128), 16)).as(network).isTrue();
    }
    for (var inside :
        List.of(
            "2001:200::",
            "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
            "2001:db9::",
            "2003::",
            "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "2606:4700::1111",
            "3fff:1000::")) {
      assertThat(refused(first(inside + "/128"), 16)).as(inside).isFalse();
    }
  }

  @Test
  void what_is_not_global_unicast_is_refused() {
    for (var address :
        List.of(
            "1fff:ffff::",
            "4000::",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "fd00:ec2::254",
            "e000::",
            "7fff::",
            "8000::")) {
      assertThat(refused(first(address + "/128"), 16)).as(address).isTrue();
    }
  }

  @Test
  void the_addresses_of_metadata_services_are_refused() {
    for (var address :
        List.of(
            "169.254.169.254",
            "169.254.170.2",
            "100.100.100.200",
            "192.0.0.192",
            "fd00:ec2::254",
            "fd20:ce::254",
            "64:ff9b::a9fe:a9fe")) {
      assertThat(SpecialNetworks.contain(InetAddress.ofLiteral(address))).as(address).isTrue();
    }
  }

  @Test
  void ordinary_addresses_are_not() {
    for (var address :
        List.of(
            "1.1.1.1",
            "8.8.8.8",
            "93.184.216.34",
            "126.255.255.255",
            "128.0.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1")) {
      assertThat(SpecialNetworks.contain(InetAddress.ofLiteral(address))).as(address).isFalse();
    }
  }

  private static boolean inAny(BigInteger address) {
    return IPV4.stream()
        .anyMatch(it -> first(it).compareTo(address) <= 0 && address.compareTo(last(it, 32)) <= 0);
  }

  private static BigInteger first(String network) {
    return new BigInteger(1, InetAddress.ofLiteral(network.split("/")[0]).getAddress());
  }

  private static BigInteger last(String network, int bits) {
    int prefix = Integer.parseInt(network.split("/")[1]);
    return first(network).add(BigInteger.ONE.shiftLeft(bits - prefix)).subtract(BigInteger.ONE);
  }

  private static boolean refused(BigInteger number, int length) {
    var bytes = number.toByteArray();
    var address = new byte[length];
    int count = Math.min(length, bytes.length);
    System.arraycopy(bytes, bytes.length - count, address, length - count, count);
    try {
      // Inet6Address keeps a mapped address as it is; InetAddress would unwrap it for us.
      return SpecialNetworks.contain(
          length == 16
              ? Inet6Address.getByAddress(null, address, -1)
              : InetAddress.getByAddress(address));
    } catch (UnknownHostException e) {
      throw new AssertionError(Arrays.toString(address), e);
    }
  }
}
