package dev.carillon.provider.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.provider.Offers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadBytesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {}                      |  2 |  0
          {'a':'b'}               |  9 |  2
          {'ä':'ß'}               | 11 |  4
          {'a':[1,true,null]}     | 19 |  6
          {'a':'😀'}              | 12 |  5
          """)
  void a_payload_is_counted_in_bytes(String payload, int sent, int named) {
    assertThat(PayloadBytes.sent(Offers.quoted(payload))).isEqualTo(sent);
    assertThat(PayloadBytes.named(Offers.quoted(payload))).isEqualTo(named);
  }
}
