package dev.carillon.message;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.message.Content.Field;
import dev.carillon.variable.SecretValues;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a request refers to secret variables without holding them: what is stored has a word where
 * the value belongs, and the value is put there when the request is made. The word is letters and
 * digits only, so that it comes through every escaping unchanged, and belongs to one message.
 */
public final class SecretReferences {
  private static final int NONCE = 12;
  private static final Pattern SEVERAL_SLASHES = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://");

  private final String prefix;
  private final Pattern word;

  private SecretReferences(String prefix) {
    this.prefix = prefix;
    this.word = Pattern.compile(prefix + "x([0-9a-f]{2,})z");
  }

  /** Those of one message. */
  public static SecretReferences of(MessageId message) {
    byte[] nonce = Digest.of("secret reference", message.value()).first(NONCE);
    return new SecretReferences("secretref" + HexFormat.of().formatHex(nonce));
  }

  /** The variables with a word in the place of each text and number. */
  public Json.Obj words(Json.Obj secrets) {
    return (Json.Obj) words(secrets, "");
  }

  private Json words(Json json, String path) {
    return switch (json) {
      case Json.Obj(var fields) -> {
        Map<String, Json> words = new LinkedHashMap<>();
        fields.forEach(
            (name, value) ->
                words.put(name, words(value, path.isEmpty() ? name : path + "\n" + name)));
        yield new Json.Obj(words);
      }
      case Json.Str _, Json.Num _ ->
          Json.of(
              prefix + "x" + HexFormat.of().formatHex(path.getBytes(StandardCharsets.UTF_8)) + "z");
      // What nests in a list has no path of its own; it is unreadable.
      case Json.Arr _, Json.Bool _, Json.Null _ -> Json.NULL;
    };
  }

  /** Whether the text holds what could be taken for one of the words. */
  public boolean areIn(String text) {
    return text.contains(prefix);
  }

  /** Whether the request refers to any. */
  public boolean areIn(Content.Http request) {
    return areIn(request.url())
        || areIn(request.body())
        || request.headers().stream().anyMatch(field -> areIn(field.value()))
        || request.query().stream().anyMatch(field -> areIn(field.value()));
  }

  /** The request as it may be shown. */
  public Content.Http masked(Content.Http request) {
    UnaryOperator<String> mask =
        text -> word.matcher(text).replaceAll(Matcher.quoteReplacement(SecretValues.MASK));
    return new Content.Http(
        request.method(),
        mask.apply(request.url()),
        fields(request.headers(), mask),
        fields(request.query(), mask),
        mask.apply(request.body()));
  }

  /**
   * The request with the values in their places: encoded in the path and the query of the URL,
   * escaped in a body that is JSON, as they are everywhere else.
   *
   * @return empty when a variable is not there any more
   */
  public Optional<Content.Http> filled(Content.Http request, Json.Obj secrets) {
    if (!known(request, secrets)) {
      return Optional.empty();
    }
    UnaryOperator<String> plain = text -> replaced(text, secrets, value -> value);
    String type =
        request.headers().stream()
            .filter(header -> header.name().strip().equalsIgnoreCase("content-type"))
            .map(header -> header.value().toLowerCase(Locale.ROOT))
            .findFirst()
            .orElse("application/json");
    UnaryOperator<String> inBody =
        type.contains("json")
            ? SecretReferences::escaped
            : type.contains("x-www-form-urlencoded") ? SecretReferences::encoded : value -> value;
    return Optional.of(
        new Content.Http(
            request.method(),
            url(request.url(), secrets),
            fields(request.headers(), plain),
            fields(request.query(), plain),
            replaced(request.body(), secrets, inBody)));
  }

  private boolean known(Content.Http request, Json.Obj secrets) {
    var all = new StringBuilder(request.url()).append(' ').append(request.body());
    request.headers().forEach(field -> all.append(' ').append(field.value()));
    request.query().forEach(field -> all.append(' ').append(field.value()));
    return word.matcher(all).results().allMatch(it -> value(it.group(1), secrets).isPresent());
  }

  /** A value that is, or begins with, scheme and host stays as it is. */
  private String url(String url, Json.Obj secrets) {
    Matcher first = word.matcher(url);
    String started =
        first.lookingAt()
            ? value(first.group(1), secrets).orElse("") + url.substring(first.end())
            : url;
    Matcher scheme = SEVERAL_SLASHES.matcher(started);
    int host = scheme.find() ? scheme.end() : 0;
    int slash = started.indexOf('/', host);
    int path = slash < 0 ? started.length() : slash;
    return replaced(started.substring(0, path), secrets, value -> value)
        + replaced(started.substring(path), secrets, SecretReferences::encoded);
  }

  private String replaced(String text, Json.Obj secrets, UnaryOperator<String> placed) {
    return word.matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(placed.apply(value(found.group(1), secrets).orElse(""))));
  }

  private static Optional<String> value(String hex, Json.Obj secrets) {
    if (hex.length() % 2 != 0) {
      return Optional.empty();
    }
    Json at = secrets;
    for (String name :
        new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8).split("\n")) {
      at = at instanceof Json.Obj object ? object.get(name).orElse(Json.NULL) : Json.NULL;
    }
    return switch (at) {
      case Json.Str(var text) -> Optional.of(text);
      case Json.Num(var number) -> Optional.of(number.toPlainString());
      case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }

  private static List<Field> fields(List<Field> fields, UnaryOperator<String> change) {
    return fields.stream()
        .map(field -> new Field(field.name(), change.apply(field.value())))
        .toList();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** As between the quotes of a JSON string. */
  private static String escaped(String value) {
    var escaped = new StringBuilder();
    for (char c : value.toCharArray()) {
      switch (c) {
        case '"', '\\' -> escaped.append('\\').append(c);
        default -> {
          if (c < 0x20) {
            escaped.append(String.format("\\u%04x", (int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}
