package dev.carillon.provider.format;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.access.Signatures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Requests whose body is JSON, and bodies that may be JSON. */
public final class JsonBody {
  public static final String CONTENT_TYPE = "application/json";

  private JsonBody() {}

  /**
   * A POST of this body.
   *
   * @param headers beside {@code Content-Type} and {@code Accept}
   */
  public static ProviderCall.Http post(String url, Map<String, String> headers, Json body) {
    var all = new LinkedHashMap<String, String>();
    all.put("Content-Type", CONTENT_TYPE);
    all.put("Accept", CONTENT_TYPE);
    all.putAll(headers);
    return new ProviderCall.Http("POST", url, all, JsonText.bytes(body));
  }

  /** A GET that wants JSON. */
  public static ProviderCall.Http get(String url, Map<String, String> headers) {
    var all = new LinkedHashMap<String, String>();
    all.put("Accept", CONTENT_TYPE);
    all.putAll(headers);
    return new ProviderCall.Http("GET", url, all, new byte[0]);
  }

  /**
   * The body with a content's overrides laid over it: objects merge, everything else replaces.
   *
   * @param kept puts back what overrides may not change, above all what names the message to its
   *     callbacks
   */
  public static Json.Obj overridden(
      Json.Obj body, Json.Obj overrides, UnaryOperator<Json.Obj> kept) {
    return kept.apply(body.mergedDeeply(overrides));
  }

  /** The value in these bytes; empty when they are not JSON. */
  public static Optional<Json> tree(byte[] body) {
    try {
      return Optional.of(JsonText.parse(body));
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  /** The object in this text; the empty object when it is anything else. */
  public static Json.Obj object(String text) {
    return object(Signatures.utf8(text));
  }

  /** The object in these bytes; the empty object when they are anything else. */
  public static Json.Obj object(byte[] body) {
    return tree(body).orElse(Json.NULL) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
  }

  /**
   * The object that was answered; the empty object when it is anything else, or not all is kept.
   */
  public static Json.Obj object(ProviderResponse response) {
    return response.whole() ? object(response.body()) : Json.Obj.EMPTY;
  }

  /** The objects of a list; what is none is left out. */
  public static List<Json.Obj> objects(List<Json> items) {
    return items.stream().filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast).toList();
  }

  /** The objects of a list in these bytes, or the one object that is there without a list. */
  public static List<Json.Obj> objects(byte[] body) {
    return switch (tree(body).orElse(Json.NULL)) {
      case Json.Arr(var items) -> objects(items);
      case Json.Obj object -> List.of(object);
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> List.of();
    };
  }

  /**
   * The object with every value a text, and nulls left out: for fields in which providers refuse
   * anything else.
   */
  public static Json.Obj texts(Json.Obj object) {
    Json.Obj texts = Json.object();
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      if (!(field.getValue() instanceof Json.Null)) {
        texts = texts.with(field.getKey(), FormBody.text(field.getValue()));
      }
    }
    return texts;
  }

  /**
   * A text or a number under that key, as text: providers give one where they document the other.
   */
  public static Optional<String> scalar(Json.Obj object, String key) {
    return switch (object.get(key).orElse(Json.NULL)) {
      case Json.Str(var text) -> Optional.of(text);
      case Json.Num number -> Optional.of(JsonText.write(number));
      case Json.Bool _, Json.Null _, Json.Arr _, Json.Obj _ -> Optional.empty();
    };
  }
}
