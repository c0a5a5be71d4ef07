package dev.carillon.tracking.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#",
        "#top",
        "/relative",
        "//acme.example/x",
        "http://acme.example",
        "HTTP://acme.example",
        "mailto:ada@acme.example",
        "tel:+4412345",
        "cid:logo",
        "sms:+44123",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://acme.example",
        "https:acme.example",
        "https:/acme.example",
        "https:\\\\acme.example",
        "https://",
        "https:///path",
        "https://?q",
        "https://#f",
        "{{ url }}",
        "https://acme.example/{{ id }}",
        "https://{{ host }}/x",
        "https://acme.example/{% if x %}",
        "https://acme.example/a\nb",
        "https://acme.example/a\tb",
        "https://acme.example/\u0000x",
        "https://ac me.example/",
        "https://\u00fcber.example/",
        "https://a\u2024b.example/",
        "https://acme.example/\ud800",
        "https<b>://acme.example"
      })
  void is_not_tracked(String written) {
    assertThat(LinkTarget.of(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          https://acme.example https://acme.example
          https://acme.example/ü https://acme.example/%C3%BC
          https://acme.example/?q=日本 https://acme.example/?q=%E6%97%A5%E6%9C%AC
          https://acme.example/#😀 https://acme.example/#%F0%9F%98%80
          https://acme.example/%zz https://acme.example/%zz
          HTTPS://ACME.example/A HTTPS://ACME.example/A
          https://u:p@acme.example:8443/ https://u:p@acme.example:8443/
          https://[2001:db8::1]/ https://[2001:db8::1]/
          """)
  void leads_to(String written, String target) {
    assertThat(LinkTarget.of(written)).contains(new LinkTarget(target));
  }

  @Test
  void blanks_around_it_are_dropped_and_blanks_within_encoded() {
    assertThat(LinkTarget.of(" \n https://acme.example/a b \t"))
        .contains(new LinkTarget("https://acme.example/a%20b"));
  }

  @Test
  void what_no_request_line_has_room_for_is_not_tracked() {
    String start = "https://acme.example/";
    assertThat(LinkTarget.of(start + "x".repeat(LinkTarget.LONGEST - start.length()))).isPresent();
    assertThat(LinkTarget.of(start + "x".repeat(LinkTarget.LONGEST))).isEmpty();
    assertThat(LinkTarget.of(start + "ü".repeat(LinkTarget.LONGEST / 4))).isEmpty();
  }
}
