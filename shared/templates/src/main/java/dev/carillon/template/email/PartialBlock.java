package dev.carillon.template.email;

import dev.carillon.json.Json;
import dev.carillon.template.engine.PartialInput;
import dev.carillon.template.engine.PartialSource;
import dev.carillon.template.engine.PartialType;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.engine.TemplateCompiler;
import dev.carillon.template.markdown.MarkdownHtml;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.Rendering;
import dev.carillon.template.render.TemplateScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A partial as a block of an email, with what the block hands to it. */
record PartialBlock(PartialType type, Piece content, Map<String, Attribute> attributes) {
  PartialBlock {
    attributes = Map.copyOf(attributes);
  }

  /** A value that is handed to a partial: templates, or anything else as it is. */
  private sealed interface Attribute {
    record Text(Piece piece) implements Attribute {}

    /** Shown as HTML. */
    record MarkdownText(Piece piece) implements Attribute {}

    record Fields(Map<String, Attribute> fields) implements Attribute {}

    record Items(List<Attribute> items) implements Attribute {}

    record Value(Object value) implements Attribute {}

    default Object in(Rendering rendering) {
      return switch (this) {
        case Text(var piece) -> piece.render(rendering);
        case MarkdownText(var piece) -> MarkdownHtml.html(piece.render(rendering));
        case Fields(var fields) -> {
          var values = new LinkedHashMap<String, Object>();
          fields.forEach((name, field) -> values.put(name, field.in(rendering)));
          yield values;
        }
        case Items(var items) -> items.stream().map(item -> item.in(rendering)).toList();
        case Value(var value) -> value;
      };
    }
  }

  /**
   * The block; a partial that is not there is a problem. What the block leaves out has its default.
   */
  static PartialBlock compile(TemplateCompiler compiler, Json.Obj source, String path) {
    String key = source.text("key").orElse("");
    Optional<PartialSource> partial = compiler.engine().partial(key);
    if (partial.isEmpty()) {
      compiler.refuse(path + "key", "unknown partial '" + key + "'");
      return new PartialBlock(PartialType.HTML, Piece.nothing(path + "key"), Map.of());
    }
    Map<String, PartialInput> inputs = partial.get().inputs();
    var given = new LinkedHashMap<String, Json>();
    inputs.forEach((name, input) -> given.put(name, input.otherwise()));
    given.putAll(source.object("attrs").fields());
    var attributes = new LinkedHashMap<String, Attribute>();
    given.forEach(
        (name, value) ->
            attributes.put(
                name, attribute(compiler, inputs.get(name), path + "attrs." + name, value)));
    return new PartialBlock(
        partial.get().type(), compiler.include(path + "key", key, attributes.keySet()), attributes);
  }

  /**
   * @param input null for one that is not declared, and for what is within one
   */
  private static Attribute attribute(
      TemplateCompiler compiler, PartialInput input, String path, Json value) {
    return switch (value) {
      case Json.Str(var text) when input != null && input.kind() == PartialInput.Kind.MARKDOWN ->
          new Attribute.MarkdownText(compiler.piece(path, text, Escaping.MARKDOWN));
      case Json.Str(var text) when input != null ->
          new Attribute.Text(compiler.input(path, text, input.kind()));
      case Json.Str(var text) -> new Attribute.Text(compiler.piece(path, text, Escaping.NONE));
      case Json.Obj(var fields) -> {
        var attributes = new LinkedHashMap<String, Attribute>();
        fields.forEach(
            (name, field) ->
                attributes.put(name, attribute(compiler, null, path + "." + name, field)));
        yield new Attribute.Fields(attributes);
      }
      case Json.Arr(var items) -> {
        var attributes = new ArrayList<Attribute>();
        for (Json item : items) {
          attributes.add(attribute(compiler, null, path + "[" + attributes.size() + "]", item));
        }
        yield new Attribute.Items(attributes);
      }
      case Json.Num _, Json.Bool _, Json.Null _ -> new Attribute.Value(TemplateScope.plain(value));
    };
  }

  void write(Rendering rendering, StringBuilder out) {
    var values = new LinkedHashMap<String, Object>();
    attributes.forEach((name, attribute) -> values.put(name, attribute.in(rendering)));
    String rendered = content.render(rendering, values);
    switch (type) {
      case HTML -> out.append(rendered);
      case MARKDOWN -> out.append(MarkdownHtml.html(rendered));
      case TEXT, JSON -> Escaping.HTML.append(rendered, out);
    }
  }
}
