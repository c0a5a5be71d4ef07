package dev.carillon.provider.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.provider.Offers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlattenedDataTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {}                                  | {}
          {'a':'x'}                           | {'a':'x'}
          {'foo':{'bar':[21]}}                | {'foo.bar.0':'21'}
          {'a':{'b':{'c':true}}}              | {'a.b.c':'true'}
          {'a':[1.50,'x',[false]]}            | {'a.0':'1.50','a.1':'x','a.2.0':'false'}
          {'a':null,'b':[],'c':{},'d':[null]} | {}
          {'a.b':1,'a':{'b':2}}               | {'a.b':'2'}
          {'':''}                             | {'':''}
          """)
  void data_becomes_texts_under_the_way_to_them(String data, String flat) {
    assertThat(FlattenedData.of(Offers.quoted(data))).isEqualTo(Offers.quoted(flat));
  }
}
