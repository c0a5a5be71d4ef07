package dev.carillon.template.liquid;

import dev.carillon.json.Json;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.liquid.filter.Occasion;
import dev.carillon.template.markdown.MarkdownHtml;
import dev.carillon.template.render.RenderRefusal;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.Rendering;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.TemplateScope;
import dev.carillon.template.render.Unrenderable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A field that is written in Liquid. */
record LiquidPiece(String field, LiquidTemplate template) implements Piece {
  @Override
  public String render(Rendering rendering, Map<String, Object> extra) {
    var own = LiquidRendering.of(object(rendering.model(extra)), occasion(rendering));
    Rendered<String> rendered = template.render(own);
    try {
      rendering.charge(own.steps());
    } catch (RenderRefusal e) {
      throw new Unrenderable(TemplateProblem.of(field, e.getMessage()));
    }
    return switch (rendered) {
      case Rendered.Content<String>(var text, _) -> text;
      case Rendered.Failed<String>(var problem) -> throw new Unrenderable(problem);
    };
  }

  /** For whom and when, as the variables of a run say it. */
  private static Occasion occasion(Rendering rendering) {
    return new Occasion(
        now(rendering.text("timestamp")),
        rendering.names(),
        Occasion.locale(rendering.text("recipient", "locale")),
        rendering.lookups(),
        rendering::translated,
        MarkdownHtml::html);
  }

  private static Instant now(String timestamp) {
    try {
      return Instant.parse(timestamp);
    } catch (DateTimeException _) {
      return Instant.EPOCH;
    }
  }

  private static Json.Obj object(Map<?, ?> variables) {
    var fields = new LinkedHashMap<String, Json>();
    variables.forEach((key, value) -> fields.put(String.valueOf(key), json(value)));
    return new Json.Obj(fields);
  }

  private static Json json(Object value) {
    return switch (value) {
      case null -> Json.NULL;
      case TemplateScope.Nothing _ -> Json.NULL;
      case Map<?, ?> map -> object(map);
      case List<?> list -> {
        List<Json> items = new ArrayList<>();
        list.forEach(item -> items.add(json(item)));
        yield Json.array(items);
      }
      case Boolean bool -> Json.of(bool);
      case BigDecimal number -> new Json.Num(number);
      case Number number -> new Json.Num(new BigDecimal(number.toString()));
      default -> Json.of(value.toString());
    };
  }
}
