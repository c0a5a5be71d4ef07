package dev.carillon.json.text;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/** Reads one document. The recursion is bounded by the depth it is given. */
final class JsonReader {
  private final JsonParser tokens;
  private final int depth;

  private JsonReader(JsonParser tokens, int depth) {
    this.tokens = tokens;
    this.depth = depth;
  }

  static Json read(JsonFactory factory, String text, int depth) {
    try (var tokens = factory.createParser(ObjectReadContext.empty(), text)) {
      return new JsonReader(tokens, depth).document();
    } catch (UnexpectedEndOfInputException e) {
      throw malformed("The JSON ends before it is complete.", e.getLocation());
    } catch (StreamConstraintsException e) {
      throw malformed("The JSON holds a name or a text that is too long.", e.getLocation());
    } catch (StreamReadException e) {
      throw malformed("This is not valid JSON.", e.getLocation());
    }
  }

  private Json document() {
    var first = tokens.nextToken();
    if (first == null) {
      throw malformed("There is no JSON: the text is empty.");
    }
    var value = value(first, 0);
    if (tokens.nextToken() != null) {
      throw malformed("There is more text after the end of the JSON.");
    }
    return value;
  }

  private Json value(JsonToken token, int around) {
    return switch (token) {
      case START_OBJECT -> object(deeper(around));
      case START_ARRAY -> array(deeper(around));
      case VALUE_STRING -> new Json.Str(whole(tokens.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> Json.TRUE;
      case VALUE_FALSE -> Json.FALSE;
      case VALUE_NULL -> Json.NULL;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw malformed("This is not valid JSON.");
    };
  }

  private int deeper(int around) {
    if (around == depth) {
      throw malformed("The JSON is nested deeper than " + depth + " levels.");
    }
    return around + 1;
  }

  private Json object(int level) {
    var fields = new LinkedHashMap<String, Json>();
    while (tokens.nextToken() != JsonToken.END_OBJECT) {
      var name = whole(tokens.currentName());
      var value = value(tokens.nextToken(), level);
      if (fields.putIfAbsent(name, value) != null) {
        throw malformed("An object has the same key twice.");
      }
    }
    return new Json.Obj(fields);
  }

  private Json array(int level) {
    var items = new ArrayList<Json>();
    for (var token = tokens.nextToken(); token != JsonToken.END_ARRAY; token = tokens.nextToken()) {
      items.add(value(token, level));
    }
    return new Json.Arr(items);
  }

  private Json number() {
    var text = tokens.getString();
    if (text.length() > JsonText.NUMBER_LENGTH) {
      throw malformed("A number has more than " + JsonText.NUMBER_LENGTH + " characters.");
    }
    try {
      var value = new BigDecimal(text);
      // BigDecimal reads 1e1000000000 at once and needs a gigabyte to print or add it.
      if (Math.abs((long) value.scale()) > JsonText.EXPONENT) {
        throw malformed("A number is too large or has too many decimal places.");
      }
      // What is accepted is stored and read again, in the form we give it.
      if (JsonText.digits(value).length() > JsonText.NUMBER_LENGTH) {
        throw malformed("A number has more than " + JsonText.NUMBER_LENGTH + " digits.");
      }
      return new Json.Num(value);
    } catch (NumberFormatException _) { // an exponent that is no int
      throw malformed("A number is too large or has too many decimal places.");
    }
  }

  /** Half a surrogate pair is no character: it could not be stored or sent as UTF-8. */
  private String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw malformed("A text holds half of a surrogate pair.");
        }
        i++;
      }
    }
    return text;
  }

  private MalformedJson malformed(String sentence) {
    return malformed(sentence, tokens.currentLocation());
  }

  private static MalformedJson malformed(String sentence, TokenStreamLocation at) {
    return at == null
        ? new MalformedJson(sentence, 0, 0)
        : new MalformedJson(sentence, Math.max(0, at.getLineNr()), Math.max(0, at.getColumnNr()));
  }
}
