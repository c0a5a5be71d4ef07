package dev.carillon.functions.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Redirects are exact to the byte, however odd the address is. */
class ExactRedirectTest {
  private static final List<String> HOSTS =
      List.of(
          "https://acme.example",
          "https://user:p%40ss@acme.example:8443",
          "HTTPS://ACME.Example",
          "https://xn--ber-goa.example.",
          "https://[2001:db8::1]:443",
          "https://192.0.2.1");

  private static final List<String> RESTS =
      List.of(
          "",
          "/",
          "//",
          "///x",
          "/.",
          "/..",
          "/a/./b/../c",
          "/a//b",
          "/%2e%2e/%2E%2E/",
          "/%2F%2f",
          "/%zz",
          "/%",
          "/%%%",
          "/%00",
          "/%0d%0aSet-Cookie:%20a=b",
          "/%C3%BC",
          "/%c3%bc",
          "/%FF%FE",
          "/%F0%9F%8E%89",
          "/a+b",
          "/a%20b",
          "/a%2Bb",
          "/a;b=c;d",
          "/a,b",
          "/~a_b-c.d!e*f'(g)",
          "/$&+,;=:@",
          "/\"quoted\"",
          "/<tag>",
          "/{curly}",
          "/[square]",
          "/a|b",
          "/a\\b",
          "/a^b",
          "/a`b",
          "?",
          "?a",
          "?a=",
          "?=b",
          "?a=b&a=b",
          "?a=b&&c",
          "?a=b;c=d",
          "?a[]=1&a[]=2",
          "?a=%26%3D%3F",
          "?q=a+b%20c",
          "?url=https://other.example/?x=1",
          "?url=https%3A%2F%2Fother.example%2F",
          "?a=1?b=2",
          "?%",
          "?\"'<>",
          "?a={\"b\":1}",
          "?utm_source=mail&utm_medium=email&utm_campaign=Spring%20Sale%2C%2050%25",
          "#",
          "#top",
          "#/route?x=y",
          "#!bang",
          "#a#b",
          "#%20",
          "/?#",
          "/a?b#c?d#e",
          "/a;jsessionid=1?b=%5B1%5D#c%23",
          "/aHR0cHM6Ly9hY21lLmV4YW1wbGUv==",
          "/" + "long/".repeat(600),
          "?" + "k=v&".repeat(700));

  private static Set<String> urls() {
    var urls = new LinkedHashSet<String>();
    for (String host : HOSTS) {
      for (String rest : RESTS) {
        urls.add(host + rest);
      }
    }
    for (char c = '!'; c <= '~'; c++) {
      urls.add("https://acme.example/a" + c + "b?c" + c + "d#e" + c + "f");
    }
    for (int b = 0; b < 256; b++) {
      urls.add("https://acme.example/%" + "%02X".formatted(b) + "?x=%" + "%02x".formatted(b));
    }
    return urls;
  }

  @Test
  void every_redirect_leads_to_the_same_bytes_that_the_author_wrote() {
    var tracker = new Tracker();
    Set<String> urls = urls();
    assertThat(urls).hasSizeGreaterThan(700);
    for (String url : urls) {
      var paths = new ArrayList<String>();
      paths.add(tracker.standard(url));
      paths.add(tracker.shortened(url));
      paths.add("/v1/track/click/" + tracker.tokens().seal(tracker.link(url)));
      for (String path : paths) {
        Tracker.Answered answer = tracker.get(path);
        assertThat(answer.status()).as(url).isEqualTo(302);
        assertThat(answer.header("location")).as(url).contains(url);
      }
    }
    assertThat(tracker.told.take()).hasSize(urls.size() * 3);
  }
}
