package dev.carillon.provider.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.provider.chat.ChatMarkdown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MrkdwnTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '"',
      textBlock =
          """
          **b** *i* _i_ ~~s~~             ¦ *b* _i_ _i_ ~s~
          **b *and i***                   ¦ *b _and i_*
          **b **again** b**               ¦ *b again b*
          # A **bold** title              ¦ *A bold title*
          [t & u](https://a.test/?x=1&y)  ¦ <https://a.test/?x=1&amp;y|t &amp; u>
          <https://a.test/a>              ¦ <https://a.test/a|https://a.test/a>
          [mail](mailto:a@b.test)         ¦ <mailto:a@b.test|mail>
          ![alt](https://a.test/i.png)    ¦ <https://a.test/i.png|alt>
          [x](!channel)                   ¦ x
          [x](@U024BE7LH)                 ¦ x
          [x](#C1)                        ¦ x
          [x](javascript:alert)           ¦ x
          [x](https://a.test/a|b)         ¦ <https://a.test/a%7Cb|x>
          [x](<https://a.test/a b>)       ¦ <https://a.test/a%20b|x>
          Hi <!channel>                   ¦ Hi &lt;!channel&gt;
          Hi <!here|here> all             ¦ Hi &lt;!here|here&gt; all
          Hi <@U024BE7LH>                 ¦ Hi &lt;@U024BE7LH&gt;
          Hi <#C024BE7LR>                 ¦ Hi &lt;#C024BE7LR&gt;
          Hi &lt;!channel&gt;             ¦ Hi &lt;!channel&gt;
          O'Brien & "Söhne" <x>           ¦ O'Brien &amp; "Söhne" &lt;x&gt;
          `a < b`                         ¦ `a &lt; b`
          ``a ` b``                       ¦ `a ' b`
          - a\\n- b\\n  - c               ¦ • a\\n• b\\n    • c
          3. a\\n4. b                     ¦ 3. a\\n4. b
          > a\\n> b                       ¦ > a\\n> b
          ```js\\na <b>\\n```             ¦ ```\\na &lt;b&gt;\\n```
          a\\n\\nb                        ¦ a\\n\\nb
          a\\nb                           ¦ a\\nb
          a\\n\\n---\\n\\nb               ¦ a\\n\\n———\\n\\nb
          <b>no html</b>                  ¦ &lt;b&gt;no html&lt;/b&gt;
          ~one~                           ¦ ~one~
          snake_case_word                 ¦ snake_case_word
          ""                              ¦ ""
          """)
  void markdown_becomes(String markdown, String mrkdwn) {
    assertThat(ChatMarkdown.in(new Mrkdwn(), markdown.replace("\\n", "\n")))
        .isEqualTo(mrkdwn.replace("\\n", "\n"));
  }
}
