package dev.carillon.tracking.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownLinksTest {

  private static String rewrite(String markdown) {
    return MarkdownLinks.rewrite(markdown, new Rewritten().rewriting);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [a](https://x.example)                  | [a](https://t/0)
          [a](https://x.example "title")          | [a](https://t/0 "title")
          [a]( <https://x.example/a b> 'title' )  | [a]( https://t/0 'title' )
          [a](https://x.example/(b))              | [a](https://t/0)
          [a](https://x.example/\\(b)             | [a](https://t/0)
          [*a* `](` b](https://x.example)         | [*a* `](` b](https://t/0)
          [![i](https://x.example/i.png)](https://y.example) | [![i](https://x.example/i.png)](https://t/0)
          <https://x.example/?a=1&b=2>            | [https://x.example/?a=1&b=2](https://t/0)
          https://x.example                       | [https://x.example](https://t/0)
          see https://x.example/a_b, or not       | see [https://x.example/a\\_b](https://t/0), or not
          (https://x.example/a_(b))               | ([https://x.example/a\\_(b)](https://t/0))
          **https://x.example**                   | **[https://x.example](https://t/0)**
          _https://x.example/a_b_                 | _[https://x.example/a\\_b](https://t/0)_
          __https://x.example__                   | __[https://x.example](https://t/0)__
          HTTPS://X.example.                      | [HTTPS://X.example](https://t/0).
          - https://x.example                     | - [https://x.example](https://t/0)
          # https://x.example                     | # [https://x.example](https://t/0)
          <a href="https://x.example">https://x.example</a> | <a href="https://t/0">https://x.example</a>
          <a data-knock-no-track href="https://x.example">y</a> https://z.example | <a href="https://x.example">y</a> [https://z.example](https://t/0)
          [a](https://x.example) [b](https://y.example) | [a](https://t/0) [b](https://t/1)
          """)
  void becomes(String markdown, String rewritten) {
    assertThat(rewrite(markdown)).isEqualTo(rewritten);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain *text*",
        "`https://x.example`",
        "```\nhttps://x.example\n```",
        "    https://x.example",
        "![a](https://x.example/i.png)",
        "[a](http://x.example)",
        "[a](mailto:ada@x.example)",
        "[a](#top)",
        "<mailto:ada@x.example>",
        "http://x.example",
        "xhttps://x.example",
        "https://{{ host }}/x",
        "[a](https://x.example/{{id}})",
        "![a][i]\n\n[i]: https://x.example/i.png",
        "https://",
        "\\[a](http://x.example)"
      })
  void stays(String markdown) {
    assertThat(rewrite(markdown)).isEqualTo(markdown);
  }

  @Test
  void a_definition_is_replaced_where_it_stands() {
    var rewritten = new Rewritten();
    String markdown = "[one][1] and [two][1]\n\n[1]: <https://x.example/a> \"Title\"\n";
    assertThat(MarkdownLinks.rewrite(markdown, rewritten.rewriting))
        .isEqualTo("[one][1] and [two][1]\n\n[1]: https://t/0 \"Title\"\n");
    assertThat(rewritten.targets).containsExactly("https://x.example/a");
  }

  @Test
  void what_a_link_means_is_tracked_not_how_it_is_escaped() {
    var rewritten = new Rewritten();
    MarkdownLinks.rewrite(
        "[a](https://x.example/?a=1&amp;b=\\*) https://y.example/?a=1&amp;b=2",
        rewritten.rewriting);
    assertThat(rewritten.targets)
        .containsExactly("https://x.example/?a=1&b=*", "https://y.example/?a=1&b=2");
  }

  @Test
  void html_within_markdown_is_rewritten_as_html() {
    assertThat(rewrite("<div>\n<a class=b href='https://x.example'>x</a>\n</div>\n\ntext"))
        .isEqualTo("<div>\n<a class=b href='https://t/0'>x</a>\n</div>\n\ntext");
  }

  @Test
  void text_over_several_lines_and_in_quotes_keeps_its_form() {
    assertThat(rewrite("> one\n> https://x.example/a\n> [two\n> three](https://y.example)\r\n"))
        .isEqualTo(
            "> one\n> [https://x.example/a](https://t/0)\n> [two\n> three](https://t/1)\r\n");
  }
}
