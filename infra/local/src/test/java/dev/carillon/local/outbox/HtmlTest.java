package dev.carillon.local.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {

  @Test
  void text_goes_into_html_and_comes_out_as_it_was() {
    var text = "O'Brien & \"Söhne\" <b> &amp; 🎈";

    assertThat(Html.escaped(text)).doesNotContain("<", "\"");
    assertThat(Html.text("<p>" + Html.escaped(text) + "</p>")).isEqualTo(text);
  }
}
