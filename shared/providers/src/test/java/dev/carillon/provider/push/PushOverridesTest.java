package dev.carillon.provider.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.provider.Offers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushOverridesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {}                                       | {'a':{'b':1,'c':[1]}}
          {'a':{'b':2}}                            | {'a':{'b':2,'c':[1]}}
          {'a':{'c':[2]},'d':3}                    | {'a':{'b':1,'c':[2]},'d':3}
          {'a':{'b':null}}                         | {'a':{'b':null,'c':[1]}}
          {'__strategy__':'merge','d':1}           | {'a':{'b':1,'c':[1]},'d':1}
          {'__strategy__':'replace','d':1}         | {'d':1}
          {'__strategy__':'replace'}               | {}
          {'__strategy__':'replace','a':{'x':1}}   | {'a':{'x':1}}
          """)
  void overrides_merge_unless_they_say_that_they_replace(String overrides, String payload) {
    assertThat(PushOverrides.over(Offers.quoted("{'a':{'b':1,'c':[1]}}"), Offers.quoted(overrides)))
        .isEqualTo(Offers.quoted(payload));
  }
}
