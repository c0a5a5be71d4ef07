package dev.carillon.provider.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

  @ParameterizedTest
  @CsvSource({
    "+254711000000,+254711000000",
    "+254 711 000 000,+254711000000",
    "+1 (415) 555-2671,+14155552671",
    "+1.415.555.2671,+14155552671",
    "+49/30/123456,+4930123456",
    "tel:+1-415-555-2671,+14155552671",
    "TEL:+14155552671,+14155552671",
    "+39 06 698 12345,+390669812345",
    "+54 9 11 2345-6789,+5491123456789",
    "+1‑415‑555‑2671,+14155552671",
    "'  +447911123456 ',+447911123456",
    "'+44\u00A07911 123456',+447911123456",
    "\u200E+447911123456,+447911123456",
    "＋44 7911 123456,+447911123456",
    "+٤٤٧٩١١١٢٣٤٥٦,+447911123456"
  })
  void a_number_is_read_however_it_is_written(String text, String number) {
    assertThat(PhoneNumber.read(text)).contains(new PhoneNumber(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "12345",
        "447911123456",
        "0044 7911 123456",
        "07911 123456",
        "555-555-5555",
        "+0123456789",
        "+123456",
        "+1234567890123456",
        "+1 415 555 2671 x5",
        "tel:+1-415-555-2671;ext=5",
        "+1415555CALL",
        "++14155552671",
        "+14155552671,+14155552672",
        "+1415555\n2671<script>",
        "ana@example.com"
      })
  void what_is_no_number_with_its_country_is_none(String text) {
    assertThat(PhoneNumber.read(text)).isEmpty();
  }

  @Test
  void some_want_it_without_the_plus() {
    assertThat(new PhoneNumber("+447911123456").digits()).isEqualTo("447911123456");
  }

  @Test
  void nothing_else_can_be_one() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumber("447911123456"));
  }
}
