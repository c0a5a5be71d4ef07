package dev.carillon.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
  @Test
  void an_ordinary_url_is_itself() {
    for (var url :
        List.of(
            "https://example.com/",
            "http://example.com/a/b?c=d&e=%20+f",
            "http://example.com:8443/x",
            "http://93.184.216.34/",
            "http://[2606:2800:220:1:248:1893:25c8:1946]/",
            "https://a_b.example-1.com/~u/;p=1")) {
      assertThat(read(url)).isEqualTo(url);
    }
    assertThat(read("HTTPS://Example.COM")).isEqualTo("https://example.com/");
    assertThat(read("http://example.com?x=1")).isEqualTo("http://example.com/?x=1");
    assertThat(read("http://example.com:80/")).isEqualTo("http://example.com/");
    assertThat(OutboundTarget.of("http://example.com/").orElseThrow().hostAndPort())
        .isEqualTo("example.com:80");
    assertThat(OutboundTarget.of("http://[2001:4860::8]:81/").orElseThrow().hostAndPort())
        .isEqualTo("[2001:4860::8]:81");
  }

  @Test
  void text_beyond_ascii_is_encoded_and_names_are_mapped() {
    assertThat(read("http://bücher.example/ö?q=👍"))
        .isEqualTo("http://xn--bcher-kva.example/%C3%B6?q=%F0%9F%91%8D");
    assertThat(read("http://example.com/o'brien&co?a=o'b")).contains("brien&co");
  }

  @Test
  void what_parsers_disagree_about_is_refused() {
    for (var url :
        List.of(
            "",
            "example.com",
            "//example.com/",
            "ftp://example.com/",
            "file:///etc/passwd",
            "gopher://x/",
            "javascript:alert(1)",
            "http:example.com",
            "http:/example.com",
            "http:///example.com",
            "http://",
            "http:///",
            "http://user@example.com/",
            "http://user:pw@example.com/",
            "http://@example.com/",
            "http://example.com#@internal/",
            "http://example.com/#f",
            "http://example.com\\@internal/",
            "http:\\\\example.com\\",
            "http://example.com:0/",
            "http://example.com:65536/",
            "http://example.com:/",
            "http://example.com:80:80/",
            "http://example.com:-1/",
            "http://example.com:8o/",
            "http://exa mple.com/",
            "http://example.com/a b",
            "http://example.com/\r\nx: y",
            "http://example.com/\u0000",
            "\thttp://example.com/",
            " http://example.com/",
            "http://example.com/ ",
            "http://exa%6dple.com/",
            "http://%31%32%37.0.0.1/",
            "http://.example.com/",
            "http://example..com/",
            "http://example.com./",
            "http://-example.com/",
            "http://exa!mple.com/",
            "http://[::1/",
            "http://::1/",
            "http://[::1]x/",
            "http://[::1%25eth0]/",
            "http://[::1%eth0]/",
            "http://[v1.x]/",
            "http://[1.2.3.4]/",
            "http://" + "a".repeat(64) + ".com/",
            "http://" + "a.".repeat(130) + "com/",
            "http://example.com/" + "x".repeat(9_000))) {
      assertThat(OutboundTarget.of(url)).as(url).isEmpty();
    }
  }

  @Test
  void an_ipv4_address_has_one_spelling() {
    for (var host :
        List.of(
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f000001",
            "0x7f.0.0.1",
            "0177.0.0.1",
            "017700000001",
            "127.0.0.01",
            "127.0.0.1.",
            "0",
            "0.0",
            "00.0.0.0",
            "127.0.0.0x1",
            "0x7f.1",
            "256.0.0.1",
            "127.0.0.256",
            "127.0.0.1.1",
            "1.2.3",
            "169.254.43518",
            "0xa9fea9fe",
            "2852039166",
            "0251.0376.0251.0376",
            "example.0",
            "example.0x1",
            "999999999999",
            "0X7F.0.0.1")) {
      assertThat(OutboundTarget.of("http://" + host + "/")).as(host).isEmpty();
    }
  }

  @Test
  void an_address_in_disguise_is_seen_as_the_address() {
    for (var host :
        List.of(
            "127.0.0.1",
            "１２７.０.０.１",
            "127。0。0。1",
            "①②⑦.⓪.⓪.①",
            "[::ffff:127.0.0.1]",
            "[0:0:0:0:0:ffff:7f00:1]")) {
      var address = OutboundTarget.of("http://" + host + "/").flatMap(OutboundTarget::address);
      assertThat(address).as(host).isPresent();
      assertThat(SpecialNetworks.contain(address.orElseThrow())).as(host).isTrue();
    }
  }

  private static String read(String url) {
    return OutboundTarget.of(url).orElseThrow(() -> new AssertionError(url)).url().toString();
  }
}
