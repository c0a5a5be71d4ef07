package dev.carillon.json.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Jackson takes and refuses what our reader does, makes the same of it, and writes it as ours does,
 * to the character.
 */
class JacksonAgreesTest {
  private static final String SPICE =
      "{}[]\",:\\u0123456789abeE+-./truefalsn \t\r\n\u0001\u007fé\ud83d\ude00";

  private static final JsonFactory PLAIN =
      JsonFactory.builder().disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES).build();
  private static final JsonFactory ASCII =
      PLAIN.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Random random = new Random(20_260_101);

  @Test
  void of_documents_with_some_characters_changed() {
    int taken = 0;
    for (int i = 0; i < 30_000; i++) {
      var text = new StringBuilder(JsonText.write(made(0)));
      for (int change = random.nextInt(4); change > 0 && !text.isEmpty(); change--) {
        int at = random.nextInt(text.length());
        String other = SPICE.substring(random.nextInt(SPICE.length())).substring(0, 1);
        switch (random.nextInt(3)) {
          case 0 -> text.insert(at, other);
          case 1 -> text.deleteCharAt(at);
          default -> text.replace(at, at + 1, other);
        }
      }
      Optional<Json> ours = ours(text.toString());
      assertThat(ours).as(text.toString()).isEqualTo(jackson(text.toString()));
      taken += ours.isPresent() ? 1 : 0;
    }
    assertThat(taken).isBetween(5_000, 25_000);
  }

  @Test
  void of_numbers() {
    for (int i = 0; i < 30_000; i++) {
      String text =
          random
              .ints(1 + random.nextInt(8), 0, 16)
              .mapToObj(c -> "0123456789+-.eE1".substring(c, c + 1))
              .collect(Collectors.joining());
      assertThat(ours(text)).as(text).isEqualTo(jackson(text));
    }
  }

  @Test
  void of_what_is_written() {
    for (int i = 0; i < 5_000; i++) {
      Json json = made(0);
      assertThat(JsonText.write(json)).isEqualTo(written(PLAIN, json));
      assertThat(JsonText.queueBody(json)).isEqualTo(written(ASCII, json));
    }
  }

  private static Optional<Json> ours(String text) {
    try {
      return Optional.of(JsonText.parse(text));
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  private static Optional<Json> jackson(String text) {
    try {
      return Optional.of(JacksonReader.read(text, JsonText.DEPTH));
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  private static String written(JsonFactory factory, Json json) {
    var text = new StringWriter();
    try (var out = factory.createGenerator(ObjectWriteContext.empty(), text)) {
      write(out, json);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Json json) {
    switch (json) {
      case Json.Obj(var fields) -> {
        out.writeStartObject();
        fields.forEach(
            (name, value) -> {
              out.writeName(name);
              write(out, value);
            });
        out.writeEndObject();
      }
      case Json.Arr(var items) -> {
        out.writeStartArray();
        items.forEach(item -> write(out, item));
        out.writeEndArray();
      }
      case Json.Str(var value) -> out.writeString(value);
      case Json.Num(var value) -> out.writeNumber(JsonText.digits(value));
      case Json.Bool(var value) -> out.writeBoolean(value);
      case Json.Null() -> out.writeNull();
    }
  }

  private Json made(int depth) {
    return switch (random.nextInt(depth < 4 ? 6 : 4)) {
      case 0 -> Json.of(random.nextLong() >> random.nextInt(64));
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> random.nextInt(8) == 0 ? JsonText.parse("-1.50e" + random.nextInt(40)) : Json.NULL;
      case 3 -> Json.of(text());
      case 4 ->
          new Json.Arr(random.ints(random.nextInt(4)).mapToObj(_ -> made(depth + 1)).toList());
      default -> {
        Json.Obj object = Json.object();
        for (int field = random.nextInt(4); field > 0; field--) {
          object = object.with(text(), made(depth + 1));
        }
        yield object;
      }
    };
  }

  private String text() {
    List<Integer> ranges = List.of(0x80, 0x300, 0x1_1000);
    return random
        .ints(random.nextInt(6), 0, ranges.get(random.nextInt(3)))
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
