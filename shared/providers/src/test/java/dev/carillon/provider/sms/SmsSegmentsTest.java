package dev.carillon.provider.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.provider.sms.SmsSegments.Alphabet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsSegmentsTest {

  @ParameterizedTest
  @CsvSource({
    "a,160,GSM_7,160,1",
    "a,161,GSM_7,161,2",
    "a,306,GSM_7,306,2",
    "a,307,GSM_7,307,3",
    "a,459,GSM_7,459,3",
    "a,460,GSM_7,460,4",
    "€,80,GSM_7,160,1",
    "€,81,GSM_7,162,2",
    "ê,70,UCS_2,70,1",
    "ê,71,UCS_2,71,2",
    "ê,134,UCS_2,134,2",
    "ê,135,UCS_2,135,3",
    "😀,35,UCS_2,70,1",
    "😀,36,UCS_2,72,2",
    "😀,66,UCS_2,132,2",
    "😀,67,UCS_2,134,3"
  })
  void parts_follow_the_units_of_the_alphabet(
      String character, int times, Alphabet alphabet, int units, int parts) {
    assertThat(SmsSegments.of(character.repeat(times)))
        .isEqualTo(new SmsSegments(alphabet, units, parts));
  }

  static Stream<Arguments> unsplit() {
    return Stream.of(
        // The euro would be cut by the end of the first part, so it opens the second.
        Arguments.of("a".repeat(152) + "€" + "a".repeat(8), 162, 2),
        Arguments.of("a".repeat(152) + "€" + "a".repeat(151), 305, 2),
        Arguments.of("a".repeat(152) + "€" + "a".repeat(152), 306, 3),
        Arguments.of("ê".repeat(66) + "😀" + "ê".repeat(65), 133, 2),
        Arguments.of("ê".repeat(66) + "😀" + "ê".repeat(66), 134, 3));
  }

  @ParameterizedTest
  @MethodSource("unsplit")
  void a_character_of_two_units_is_never_split(String text, int units, int parts) {
    assertThat(SmsSegments.of(text)).extracting("units", "parts").containsExactly(units, parts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ç", "á", "`", "\t", "It’s", "“x”", "a–b", "…", "\u00A0", "•", "я", "中"})
  void what_looks_plain_may_not_be_in_the_alphabet(String text) {
    assertThat(SmsSegments.of(text).unicode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ç", "à é", "@_~^|[]{}\\", "line\nbreak\r\n", "ΔΦΓ", "¡¿§¤£¥", "\"'"})
  void what_looks_foreign_may_be(String text) {
    assertThat(SmsSegments.of(text).unicode()).isFalse();
  }

  @Test
  void every_code_of_the_alphabet_is_there() {
    // 127 characters and the escape in the basic table, 10 in the extension.
    assertThat("\f^{}\\[~]|€".chars().filter(c -> SmsSegments.of(text(c)).units() == 2))
        .hasSize(10);
    assertThat(
            Stream.iterate(0, c -> c + 1)
                .limit(0x3000)
                .filter(c -> !SmsSegments.of(text(c)).unicode())
                .filter(c -> SmsSegments.of(text(c)).units() == 1)
                .count())
        .isEqualTo(127);
  }

  @Test
  void an_empty_text_is_one_part_of_nothing() {
    assertThat(SmsSegments.of("")).isEqualTo(new SmsSegments(Alphabet.GSM_7, 0, 1));
  }

  private static String text(int character) {
    return Character.toString(character);
  }
}
