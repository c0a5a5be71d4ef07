package dev.carillon.template.http;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.engine.TemplateCompiler;
import dev.carillon.template.engine.TemplateEngine;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.Lines;
import dev.carillon.template.render.RenderBoundary;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.Rendering;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.TemplateScope;
import dev.carillon.template.render.TemplateValues;
import dev.carillon.template.render.Unrenderable;
import dev.carillon.template.render.UrlValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** A compiled HTTP request. Immutable; renders any number of times, from any thread. */
public final class RequestTemplate {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");

  /** What HTTP lets a header be called. */
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** A header or a query parameter, not encoded. */
  public record Field(String name, String value) {}

  /**
   * A request as it is to be sent.
   *
   * @param method in upper case; empty when the template leaves it to the channel
   * @param url as the template has it, values encoded for their places, without {@code
   *     queryParams}; empty when the template leaves it to the channel
   * @param headers in the template's order
   * @param queryParams in the template's order, for the caller to encode and append
   */
  public record Request(
      Optional<String> method,
      Optional<String> url,
      List<Field> headers,
      List<Field> queryParams,
      Optional<String> body) {
    public Request {
      headers = List.copyOf(headers);
      queryParams = List.copyOf(queryParams);
    }
  }

  private record Pair(Piece key, Piece value) {}

  /** Where headers or parameters come from. */
  private sealed interface Pairs {
    record Listed(List<Pair> pairs) implements Pairs {}

    /** Of one text that comes to an object in JSON. */
    record Whole(Piece piece) implements Pairs {}
  }

  private final Optional<String> method;
  private final Optional<Piece> url;
  private final Pairs headers;
  private final Pairs queryParams;
  private final Optional<Piece> body;
  private final boolean jsonBody;

  private RequestTemplate(
      Optional<String> method,
      Optional<Piece> url,
      Pairs headers,
      Pairs queryParams,
      Optional<Piece> body,
      boolean jsonBody) {
    this.jsonBody = jsonBody;
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.queryParams = queryParams;
    this.body = body;
  }

  /** Compiles it; all that is wrong is said at once. */
  public static Compiled<RequestTemplate> compile(TemplateEngine engine, Json.Obj template) {
    var compiler = new TemplateCompiler(engine);
    Optional<String> method = template.text("method").map(name -> name.toUpperCase(Locale.ROOT));
    if (method.isPresent()
        ? !METHODS.contains(method.get())
        : !(template.get("method").orElse(Json.NULL) instanceof Json.Null)) {
      compiler.refuse("method", "it must be get, post, put, delete or patch");
    }
    var url = compiler.optional(template, "", "url", Escaping.URL);
    var headers = pairs(compiler, template, "headers");
    var queryParams = pairs(compiler, template, "query_params");
    boolean json = isJson(template);
    var body =
        compiler.optional(
            template,
            "",
            "body",
            json ? Escaping.ofJson(template.text("body").orElse("")) : Escaping.NONE);
    return compiler.finish(
        () -> new RequestTemplate(method, url, headers, queryParams, body, json));
  }

  /** A body is JSON unless a header says that it is something else. */
  private static boolean isJson(Json.Obj template) {
    return listed(template, "headers").stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .filter(header -> header.text("key").orElse("").strip().equalsIgnoreCase("content-type"))
        .map(header -> header.text("value").orElse("").toLowerCase(Locale.ROOT))
        .allMatch(type -> type.contains("json") || type.contains("{{"));
  }

  /** The pairs of a field that is a list of them or an object. */
  private static List<Json> listed(Json.Obj template, String key) {
    if (!(template.fields().get(key) instanceof Json.Obj object)) {
      return template.list(key);
    }
    var listed = new ArrayList<Json>();
    object
        .fields()
        .forEach((name, value) -> listed.add(Json.object().with("key", name).with("value", value)));
    return listed;
  }

  /** A list of {@code {key, value}}, an object, or a text. */
  private static Pairs pairs(TemplateCompiler compiler, Json.Obj template, String key) {
    if (template.fields().get(key) instanceof Json.Str(var source)) {
      if (!source.contains("{{") && !source.isBlank() && !source.strip().startsWith("{")) {
        compiler.refuse(key, "it must be a list, an object or a text that comes to an object");
      }
      return source.isBlank()
          ? new Pairs.Listed(List.of())
          : new Pairs.Whole(compiler.piece(key, source, Escaping.ofJson(source)));
    }
    Json.Obj source =
        template.fields().get(key) instanceof Json.Obj
            ? Json.object().with(key, Json.array(listed(template, key)))
            : template;
    var pairs = new ArrayList<Pair>();
    for (var pair : compiler.objects(source, "", key)) {
      String path = key + "[" + pairs.size() + "].";
      pairs.add(
          new Pair(
              compiler.required(pair, path, "key", Escaping.NONE),
              compiler.required(pair, path, "value", Escaping.NONE)));
    }
    return new Pairs.Listed(List.copyOf(pairs));
  }

  /** The request with these variables; the same each time. */
  public Rendered<Request> render(TemplateScope scope) {
    return RenderBoundary.render("url", scope, this::request);
  }

  private Request request(Rendering rendering) {
    return new Request(
        method,
        url.map(
            piece ->
                UrlValues.place(
                    piece.field(), Lines.strict(piece.field(), piece.render(rendering)))),
        fields(headers, rendering, RequestTemplate::header),
        fields(queryParams, rendering, (_, field) -> field),
        body.map(
            piece -> {
              String text = piece.render(rendering);
              return jsonBody ? RequestJson.checked(piece.field(), text) : text;
            }));
  }

  /**
   * @param checked what becomes of each, or why it cannot be; told which piece gave its value
   */
  private static List<Field> fields(
      Pairs pairs, Rendering rendering, BiFunction<Pair, Field, Field> checked) {
    return switch (pairs) {
      case Pairs.Listed(var listed) ->
          listed.stream()
              .map(
                  pair ->
                      checked.apply(
                          pair,
                          new Field(pair.key().render(rendering), pair.value().render(rendering))))
              .toList();
      case Pairs.Whole(var piece) ->
          object(piece, rendering).fields().entrySet().stream()
              .map(
                  entry ->
                      checked.apply(
                          new Pair(piece, piece),
                          new Field(entry.getKey(), scalar(piece, entry.getValue()))))
              .toList();
    };
  }

  /** What the piece comes to; an empty object when that is nothing. */
  private static Json.Obj object(Piece piece, Rendering rendering) {
    String text = piece.render(rendering);
    if (text.isBlank()) {
      return Json.Obj.EMPTY;
    }
    try {
      if (JsonText.parse(text) instanceof Json.Obj object) {
        return object;
      }
    } catch (MalformedJson _) {
      // said below
    }
    throw new Unrenderable(
        TemplateProblem.of(piece.field(), "it comes to what is no object in JSON"));
  }

  private static String scalar(Piece piece, Json value) {
    return switch (value) {
      case Json.Str(var text) -> text;
      case Json.Num(var number) -> TemplateValues.number(number);
      case Json.Bool(var bool) -> Boolean.toString(bool);
      case Json.Null() -> "";
      case Json.Obj _, Json.Arr _ ->
          throw new Unrenderable(
              TemplateProblem.of(piece.field(), "it comes to values within values"));
    };
  }

  private static Field header(Pair header, Field field) {
    String name = field.name().strip();
    if (!HEADER_NAME.matcher(name).matches()) {
      throw new Unrenderable(
          TemplateProblem.of(header.key().field(), "it is not the name of a header"));
    }
    return new Field(name, Lines.strict(header.value().field(), field.value()));
  }
}
