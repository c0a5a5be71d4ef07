package dev.carillon.edge;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of a query, under one spelling: {@code status[]=a&status[]=b}, {@code
 * status[0]=a&status[1]=b} and {@code status=a&status=b} are {@code status}, {@code
 * inserted_at[gt]} is {@code inserted_at.gt}, {@code objects[0][id]} is {@code objects.0.id}.
 *
 * <p>Each reader gives the value as one type, or is {@link ApiException} with the parameter's name.
 */
public record Query(Map<String, List<String>> parameters) {
  /** Some clients number the entries of a list. */
  private static final Pattern LIST_ENTRY = Pattern.compile("\\[[0-9]*]$");

  private static final Set<String> PAGING = Set.of("after", "before", "page_size");

  /** Parameters that mean something to some operation of Knock's, and all parts of them. */
  private static final Set<String> MEANINGFUL =
      Set.of(
          "after",
          "archived",
          "before",
          "channel_id",
          "create_audience",
          "data",
          "ending_at",
          "engagement_status",
          "exclude",
          "has_errors",
          "has_tenant",
          "include",
          "inserted_at",
          "locale",
          "message_ids",
          "mode",
          "name",
          "objects",
          "page_size",
          "recipient",
          "recipients",
          "resolve_full_preference_settings",
          "source",
          "starting_at",
          "status",
          "tenant",
          "tenant_id",
          "tenant_ids",
          "trigger_data",
          "type",
          "workflow",
          "workflow_categories",
          "workflow_recipient_run_id",
          "workflow_run_id");

  public Query {
    var copy = new LinkedHashMap<String, List<String>>();
    parameters.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    parameters = Map.copyOf(copy);
  }

  static Query parse(String raw) {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var pair : raw.split("&", -1)) {
      if (pair.isEmpty()) { // "?&a=1": some clients leave gaps
        continue;
      }
      int equals = pair.indexOf('=');
      var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      parameters.computeIfAbsent(spelling(name), _ -> new ArrayList<>()).add(value);
    }
    return new Query(parameters);
  }

  /**
   * The same parameters as the fields of an object, as clients send them where there is no URL.
   * What a query has as JSON is an object there.
   */
  public static Query of(Json.Obj fields) {
    var parameters = new LinkedHashMap<String, List<String>>();
    fields.fields().forEach((name, value) -> add(parameters, spelling(name), value));
    return new Query(parameters);
  }

  private static void add(Map<String, List<String>> parameters, String name, Json value) {
    switch (value) {
      case Json.Null _ -> {}
      case Json.Arr(var items) -> items.forEach(item -> add(parameters, name, item));
      case Json.Obj(var fields) when !name.equals("trigger_data") ->
          fields.forEach((part, inner) -> add(parameters, name + "." + part, inner));
      case Json.Str(var text) -> parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(text);
      case Json.Obj _, Json.Num _, Json.Bool _ ->
          parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(JsonText.write(value));
    }
  }

  /** Every value of the parameter, in order; empty when it was not given. */
  public List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  /** The parameter's value; empty when it was not given, refused when it was given twice. */
  public Optional<String> one(String name) {
    var values = all(name);
    if (values.size() > 1) {
      throw ErrorCode.INVALID_PARAMS.at(name, "must be given once");
    }
    return values.stream().findFirst();
  }

  /** An id by the rules of {@link Ids}. */
  public Optional<String> id(String name) {
    return one(name).map(value -> Ids.checked(name, value));
  }

  /** One of the allowed values. */
  public Optional<String> oneOf(String name, Set<String> allowed) {
    return one(name).map(value -> among(name, value, allowed));
  }

  /** Any of the allowed values, each at most once. */
  public List<String> someOf(String name, Set<String> allowed) {
    return all(name).stream().map(value -> among(name, value, allowed)).distinct().toList();
  }

  public Optional<Boolean> bool(String name) {
    return oneOf(name, Set.of("true", "false")).map(Boolean::valueOf);
  }

  /** A whole number within the bounds, both included. */
  public Optional<Integer> integer(String name, int least, int most) {
    return one(name)
        .map(
            value -> {
              if (value.matches("-?[0-9]{1,9}")) {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                  return number;
                }
              }
              throw ErrorCode.INVALID_PARAMS.at(
                  name, "must be a whole number from " + least + " to " + most);
            });
  }

  /** An ISO 8601 date and time with a zone or an offset. */
  public Optional<Instant> instant(String name) {
    return one(name).map(value -> RequestValue.instant(name, value));
  }

  /** A value that is JSON itself, such as {@code trigger_data={"page":7}}. */
  public Optional<RequestValue> json(String name) {
    return one(name)
        .map(
            value -> {
              try {
                return new RequestValue(name, JsonText.parse(value, Limits.BODY_DEPTH));
              } catch (MalformedJson e) {
                throw ErrorCode.INVALID_PARAMS.at(name, "must be JSON: " + e.getMessage());
              }
            });
  }

  /**
   * This query, of an operation of our own; refused with each parameter that is not among {@code
   * names}: a slip in a name would otherwise ask for everything.
   */
  public Query only(Set<String> names) {
    return refusing(name -> !names.contains(name));
  }

  /**
   * This query, of an operation that Knock has too. What nobody knows is ignored, as there: clients
   * send things of their own. What asks for something that we do not do is refused, because the
   * answer would not be what was asked for.
   *
   * @param names those that the operation heeds
   */
  public Query heeding(Set<String> names) {
    return refusing(name -> !names.contains(name) && MEANINGFUL.contains(whole(name)));
  }

  /** What a part of it is of: {@code inserted_at.gt} is one of {@code inserted_at}. */
  private static String whole(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private Query refusing(Predicate<String> wrong) {
    var unknown =
        parameters.keySet().stream()
            .filter(wrong)
            .sorted()
            .map(name -> new ApiException.Field(name, "is not supported here"))
            .toList();
    if (!unknown.isEmpty()) {
      throw new ApiException(ErrorCode.INVALID_PARAMS, unknown);
    }
    return this;
  }

  /** The same text for the same filters, in whatever order they came; paging left out. */
  public String filters() {
    var sorted = new TreeMap<String, Json>();
    parameters.forEach((name, values) -> sorted.put(name, Json.texts(values)));
    sorted.keySet().removeAll(PAGING);
    return JsonText.write(new Json.Obj(sorted));
  }

  private static String among(String name, String value, Set<String> allowed) {
    if (!allowed.contains(value)) {
      var list = allowed.stream().sorted().collect(Collectors.joining(", "));
      throw ErrorCode.INVALID_PARAMS.at(name, "must be one of " + list);
    }
    return value;
  }

  private static String spelling(String name) {
    return LIST_ENTRY.matcher(name).replaceFirst("").replaceAll("\\[([^\\[\\]]*)]", ".$1");
  }

  private static String decoded(String text) {
    var bytes = ByteBuffer.allocate(text.length() * 4);
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.put((byte) (hex(text, i + 1) << 4 | hex(text, i + 2)));
        i += 3;
      } else {
        int codePoint = text.codePointAt(i);
        bytes.put(
            (c == '+' ? " " : Character.toString(codePoint)).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(codePoint);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException _) {
      throw notEncoded();
    }
  }

  private static int hex(String text, int at) {
    int digit =
        at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0) {
      throw notEncoded();
    }
    return digit;
  }

  private static ApiException notEncoded() {
    return ErrorCode.INVALID_PARAMS.at("query", "must be percent-encoded UTF-8");
  }
}
