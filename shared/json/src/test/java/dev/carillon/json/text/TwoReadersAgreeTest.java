package dev.carillon.json.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The domain reads short JSON with a reader of its own, since it depends on Java alone. It takes
 * and refuses what the reader of documents does, but for what its Javadoc says it does otherwise.
 */
class TwoReadersAgreeTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          " ",
          "\n",
          "\u00a0",
          "\"",
          "\"a\"",
          "\"b\"",
          "\"\\n\"",
          "\"\\u00e9\"",
          "\"\\ud83d\\ude00\"",
          "\"\\ud83d\"",
          "\"\u0001\"",
          "\"é\"",
          "\\",
          "/",
          "0",
          "1",
          "-",
          "+",
          ".",
          "e",
          "E5",
          "12",
          "0.50",
          "-7",
          "1e3",
          "01",
          "true",
          "false",
          "null",
          "nul",
          "NaN",
          "'",
          "//",
          "a",
          "{\"a\":1}",
          "[1,2]",
          "{\"a\":[{}],\"b\":null}");

  private static final Pattern LONG_EXPONENT = Pattern.compile("[eE][+-]?[0-9]{3}");

  @Test
  void of_forty_thousand_texts_both_make_the_same() {
    var random = new Random(20_260_101);
    int taken = 0;
    for (int i = 0; i < 40_000; i++) {
      String text =
          random
              .ints(1 + random.nextInt(7), 0, PIECES.size())
              .mapToObj(PIECES::get)
              .collect(Collectors.joining());
      if (LONG_EXPONENT.matcher(text).find()) {
        continue;
      }
      Optional<Json> literal = JsonLiteral.parse(text);
      assertThat(literal).as(text).isEqualTo(document(text).or(() -> repeatedKey(text, literal)));
      taken += literal.isPresent() ? 1 : 0;
    }
    assertThat(taken).as("texts that are JSON").isGreaterThan(2_000);
  }

  private static Optional<Json> document(String text) {
    try {
      return Optional.of(JsonText.parse(text));
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  /** A document may not have a key twice; of a literal the last counts. */
  private static Optional<Json> repeatedKey(String text, Optional<Json> literal) {
    try {
      JsonText.parse(text);
      return Optional.empty();
    } catch (MalformedJson e) {
      return e.getMessage().contains("same key twice") ? literal : Optional.empty();
    }
  }

  @Test
  void what_either_writes_both_read() {
    var random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      Json made = made(random, 0);
      assertThat(JsonLiteral.parse(JsonText.write(made))).contains(made);
      assertThat(JsonText.parse(JsonLiteral.write(made))).isEqualTo(made);
    }
  }

  private static Json made(Random random, int depth) {
    return switch (random.nextInt(depth < 4 ? 6 : 4)) {
      case 0 -> Json.of(random.nextLong());
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.NULL;
      case 3 -> Json.of(text(random));
      case 4 ->
          new Json.Arr(
              random.ints(random.nextInt(4)).mapToObj(_ -> made(random, depth + 1)).toList());
      case 5 -> {
        Json.Obj object = Json.object();
        for (int field = random.nextInt(4); field > 0; field--) {
          object = object.with(text(random), made(random, depth + 1));
        }
        yield object;
      }
      default -> throw new AssertionError();
    };
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(6), 0, 0x1_1000)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
