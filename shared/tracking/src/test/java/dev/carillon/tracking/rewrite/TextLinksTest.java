package dev.carillon.tracking.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextLinksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Your code: https://x.example/c?d=1&e=2   | Your code: https://t/0
          https://x.example/. Thanks               | https://t/0. Thanks
          (https://x.example/a)                    | (https://t/0)
          <https://x.example/a>                    | <https://t/0>
          https://x.example/a_(b)!                 | https://t/0!
          http://x.example                         | http://x.example
          ada@x.example tel:+123 www.x.example     | ada@x.example tel:+123 www.x.example
          https://x.example https://y.example      | https://t/0 https://t/1
          read https://x.example/a… “https://x.example/b” | read https://t/0… “https://t/1”
          （https://x.example/a） https://x.example/b（c）。 | （https://t/0） https://t/1。
          日本語https://x.example/日本              | 日本語https://t/0
          see:https://x.example/日本               | see:https://t/0
          https://go.acme.test/0123456789          | https://go.acme.test/0123456789
          """)
  void becomes(String text, String rewritten) {
    assertThat(TextLinks.rewrite(text, new Rewritten().rewriting)).isEqualTo(rewritten);
  }

  @Test
  void the_footers_links_stay_in_the_text_part_too() {
    String text = "Order: https://x.example/7\n\n--\nUnsubscribe: https://list.example/u/1\n";
    assertThat(TextLinks.rewrite(text, new Rewritten("https://list.example/u/1").rewriting))
        .isEqualTo("Order: https://t/0\n\n--\nUnsubscribe: https://list.example/u/1\n");
  }
}
