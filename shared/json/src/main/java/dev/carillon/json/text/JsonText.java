package dev.carillon.json.text;

import dev.carillon.json.Json;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * JSON text to tree and back.
 *
 * <p>Reading is strict: UTF-8 without a byte order mark, one value, no key twice in one object, no
 * half of a surrogate pair, no NaN, at most {@value #DEPTH} levels of nesting unless the caller
 * says otherwise, numbers of at most {@value #NUMBER_LENGTH} characters and within 10^±{@value
 * #EXPONENT} so that arithmetic on them stays cheap. Everything else is {@link MalformedJson}.
 *
 * <p>Writing and reading again gives an equal tree; a number keeps its value and its trailing
 * zeros.
 */
public final class JsonText {
  /** Objects and lists inside one another: {@code [[1]]} has depth 2. */
  public static final int DEPTH = 64;

  /** Characters in one number. */
  public static final int NUMBER_LENGTH = 100;

  /** Powers of ten, either way; a double needs 324. */
  public static final int EXPONENT = 400;

  // Keys come from strangers: a table of names that lives as long as the process is theirs to fill.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .build();

  private static final JsonFactory ASCII =
      JSON.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonText() {}

  /**
   * The one value in {@code text}.
   *
   * @throws MalformedJson when it is anything but that
   */
  public static Json parse(String text) {
    return parse(text, DEPTH);
  }

  /**
   * As {@link #parse(String)}, with at most {@code depth} levels of nesting (1 to 500).
   *
   * @throws MalformedJson when it is anything but that
   */
  public static Json parse(String text, int depth) {
    return JsonReader.read(JSON, text, depth);
  }

  /**
   * The one value in these bytes.
   *
   * @throws MalformedJson when they are anything but that
   */
  public static Json parse(byte[] utf8) {
    return parse(utf8, DEPTH);
  }

  /**
   * As {@link #parse(byte[])}, with at most {@code depth} levels of nesting (1 to 500).
   *
   * @throws MalformedJson when they are anything but that
   */
  public static Json parse(byte[] utf8, int depth) {
    return parse(decoded(utf8), depth);
  }

  /** The value as JSON text on one line, without spaces. */
  public static String write(Json json) {
    return write(JSON, json);
  }

  /** The value as JSON text in UTF-8. */
  public static byte[] bytes(Json json) {
    return write(json).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The value as JSON text in ASCII. SQS refuses bodies with U+FFFE, U+FFFF and most control
   * characters; escaped, any text passes.
   */
  public static String queueBody(Json json) {
    return write(ASCII, json);
  }

  private static String decoded(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException _) {
      throw new MalformedJson("The text is not valid UTF-8.", 0, 0);
    }
  }

  private static String write(JsonFactory factory, Json json) {
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
      case Json.Num(var value) -> out.writeNumber(digits(value));
      case Json.Bool(var value) -> out.writeBoolean(value);
      case Json.Null() -> out.writeNull();
    }
  }

  /** Without an exponent as long as that costs few zeros: 1e2 is 100, 1e300 stays 1E+300. */
  static String digits(BigDecimal value) {
    return value.scale() >= -20 && value.scale() <= 40 ? value.toPlainString() : value.toString();
  }
}
