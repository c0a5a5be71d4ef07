package dev.carillon.local.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {

  @Test
  void text_goes_into_html_and_comes_out_as_it_was() {
    var text = "O'Brien & \"Söhne\" <b> &amp; 🎈";

    assertThat(HtmlText.escaped(text)).doesNotContain("<", "\"");
    assertThat(HtmlText.text("<p>" + HtmlText.escaped(text) + "</p>")).isEqualTo(text);
  }
}
