package dev.carillon.functions.management.sources;

import dev.carillon.edge.view.SourceActionView;
import dev.carillon.edge.view.Times;
import dev.carillon.json.Json;
import dev.carillon.source.Source;
import dev.carillon.source.SourceId;
import dev.carillon.source.SourceSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Sources as Knock's management API shows them; what verifies is never shown. */
final class SourceView {
  private final Supplier<String> origin;

  /**
   * @param origin what the URLs that sources receive at begin with; asked when one is shown
   */
  SourceView(Supplier<String> origin) {
    this.origin = origin;
  }

  /**
   * @param byEnvironment as each has it, by slug; at least one
   */
  Json.Obj of(Map<String, Source> byEnvironment) {
    Source first = byEnvironment.values().iterator().next();
    return summary(byEnvironment)
        .with("created_at", Times.of(first.at().created()))
        .with("updated_at", Times.of(first.at().updated()));
  }

  Json.Obj summary(Map<String, Source> byEnvironment) {
    Source first = byEnvironment.values().iterator().next();
    var settings = new LinkedHashMap<String, Json>();
    byEnvironment.forEach((slug, source) -> settings.put(slug, environment(source)));
    return bare(first).with("environment_settings", new Json.Obj(settings));
  }

  static Json.Obj bare(Source source) {
    return Json.object()
        .with("key", source.key())
        .with("name", source.about().name())
        .with("description", Json.ofNullable(source.about().description()))
        .with("custom_image_url", Json.ofNullable(source.about().imageUrl()));
  }

  private Json environment(Source source) {
    return Json.object()
        .with("settings", settings(source))
        .with("mappings", Json.array(source.mappings().stream().map(SourceActionView::of).toList()))
        .with("updated_at", Times.of(source.at().updated()));
  }

  private Json settings(Source source) {
    SourceSettings settings = source.settings();
    return Json.object()
        .with("endpoint", origin.get() + SourceId.PATH + source.id().value())
        .with("event_type_path", settings.eventType().text())
        .with("timestamp_path", Json.ofNullable(settings.timestamp().map(it -> it.text())))
        .with(
            "idempotency_key_path", Json.ofNullable(settings.idempotencyKey().map(it -> it.text())))
        .with("enforce_idempotency", Json.of(settings.enforceIdempotency()))
        .with("handle_identifies", Json.of(settings.handleIdentifies()))
        .with("enforce_verification", Json.of(settings.enforceVerification()))
        .with("preprocess_script", Json.NULL)
        .with(
            "verification",
            settings
                .verification()
                .<Json>map(
                    it ->
                        Json.object()
                            .with("scheme", it.scheme().wireName())
                            .with("header", it.header()))
                .orElse(Json.NULL));
  }
}
