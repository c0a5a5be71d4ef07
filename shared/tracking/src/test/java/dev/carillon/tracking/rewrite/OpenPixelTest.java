package dev.carillon.tracking.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenPixelTest {
  private static final String ADDRESS = "https://opens.acme.example/o/token.png";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body><p>x</p></body></html>",
        "<!DOCTYPE html>\r\n<HTML><BODY class=a>\n<p>x</BODY >\n</HTML>\n",
        "<html><body><p>x</p></html>",
        "<p>no body",
        "",
        "<body><!-- </body> --><p>x</p></body>",
        "<body><p title=\"</body>\">x</p></body>",
        "<body><table><tr><td>x</td></tr></table></body><!-- after -->"
      })
  void the_image_is_last_in_the_body_and_the_rest_is_kept_byte_for_byte(String html) {
    String after = OpenPixel.last(html, ADDRESS);
    Element last = Jsoup.parse(after).body().lastElementChild();
    while (!last.children().isEmpty()) {
      last = last.lastElementChild();
    }
    assertThat(last.normalName()).isEqualTo("img");
    assertThat(last.attr("src")).isEqualTo(ADDRESS);
    assertThat(last.attr("width")).isEqualTo("1");
    assertThat(last.attr("height")).isEqualTo("1");
    assertThat(last.attr("alt")).isEmpty();
    int start = after.indexOf("<img src=\"" + ADDRESS);
    int end = after.indexOf('>', start) + 1;
    assertThat(after.substring(0, start) + after.substring(end)).isEqualTo(html);
  }

  @Test
  void the_image_stands_before_the_end_of_the_body() {
    assertThat(OpenPixel.last("<body>x</body>", ADDRESS))
        .startsWith("<body>x<img ")
        .endsWith("></body>");
  }
}
