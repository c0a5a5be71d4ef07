package dev.carillon.functions.management.sources;

import dev.carillon.condition.Path;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.source.ActionMapping;
import dev.carillon.source.ActionType;
import dev.carillon.source.Source;
import dev.carillon.source.SourceProvider;
import dev.carillon.source.SourceReading;
import dev.carillon.source.SourceSettings;
import dev.carillon.source.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the body of a call says of a source.
 *
 * @param provider whose sources a new one is set up like
 * @param byEnvironment what it says of each environment, by slug
 */
record SourceChange(
    Source.About about, SourceProvider provider, Map<String, OfEnvironment> byEnvironment) {
  private static final int NAME_CHARACTERS = 255;
  private static final int DESCRIPTION_CHARACTERS = 2_000;
  private static final int SECRET_CHARACTERS = 1_000;
  private static final int PATH_CHARACTERS = 500;
  private static final String SCRIPT = "preprocess_script";
  private static final String VERIFICATION = "verification";

  /** What is said of one environment; what is not said stays as it is. */
  record OfEnvironment(Optional<RequestFields> settings, Optional<RequestValue> mappings) {}

  static SourceChange of(RequestFields body) {
    RequestFields source =
        body.only(Set.of("source"))
            .required("source")
            .object()
            .only(
                Set.of(
                    "key",
                    "name",
                    "description",
                    "custom_image_url",
                    "environment_settings",
                    "preconfigured_provider",
                    "created_at",
                    "updated_at"));
    var byEnvironment = new LinkedHashMap<String, OfEnvironment>();
    source
        .optional("environment_settings")
        .map(RequestValue::object)
        .ifPresent(
            all ->
                all.json()
                    .fields()
                    .forEach(
                        (slug, value) ->
                            byEnvironment.put(
                                slug,
                                ofEnvironment(
                                    new RequestValue(all.pathOf(slug), value).object()))));
    return new SourceChange(
        new Source.About(
            source.required("name").text(NAME_CHARACTERS),
            source.optional("description").map(it -> it.text(DESCRIPTION_CHARACTERS)),
            source.optional("custom_image_url").map(it -> it.text(DESCRIPTION_CHARACTERS))),
        source
            .optional("preconfigured_provider")
            .map(SourceChange::provider)
            .orElse(SourceProvider.HTTP),
        byEnvironment);
  }

  private static SourceProvider provider(RequestValue value) {
    return SourceProvider.named(value.text())
        .orElseThrow(() -> value.refused("must be the key of a source provider"));
  }

  private static OfEnvironment ofEnvironment(RequestFields fields) {
    fields.only(Set.of("settings", "mappings", "updated_at"));
    return new OfEnvironment(
        fields.optional("settings").map(RequestValue::object), fields.optional("mappings"));
  }

  /**
   * The source after the change.
   *
   * @param slug of the source's environment
   */
  Source applied(Source before, String slug, Instant now) {
    Source named = before.about().equals(about) ? before : before.with(about, now);
    OfEnvironment said = byEnvironment.get(slug);
    if (said == null) {
      return named;
    }
    return named.with(
        said.settings().map(it -> settings(it, before.settings())).orElse(before.settings()),
        said.mappings().map(it -> mappings(it, before.mappings(), now)).orElse(before.mappings()),
        now);
  }

  /** The secret that it gives for the environment, to be kept beside the source. */
  Optional<String> secret(String slug) {
    return Optional.ofNullable(byEnvironment.get(slug))
        .flatMap(OfEnvironment::settings)
        .flatMap(it -> it.optional(VERIFICATION))
        .flatMap(it -> it.object().optional("secret"))
        .map(it -> it.text(SECRET_CHARACTERS))
        .filter(it -> !it.isEmpty());
  }

  private static SourceSettings settings(RequestFields fields, SourceSettings before) {
    fields.only(
        Set.of(
            "endpoint",
            "event_type_path",
            "timestamp_path",
            "idempotency_key_path",
            "enforce_idempotency",
            "handle_identifies",
            "enforce_verification",
            SCRIPT,
            VERIFICATION));
    fields
        .optional(SCRIPT)
        .ifPresent(
            it -> {
              throw ErrorCode.NOT_BUILT.at(
                  it.path(), "no scripts are run; signatures are checked by verification");
            });
    var settings =
        new SourceSettings(
            path(fields, "event_type_path", Optional.of(before.eventType()))
                .orElse(SourceSettings.STANDARD.eventType()),
            path(fields, "timestamp_path", before.timestamp()),
            path(fields, "idempotency_key_path", before.idempotencyKey()),
            flag(fields, "enforce_idempotency", before.enforceIdempotency()),
            flag(fields, "handle_identifies", before.handleIdentifies()),
            flag(fields, "enforce_verification", before.enforceVerification()),
            fields.json().get(VERIFICATION).isPresent()
                ? fields.optional(VERIFICATION).map(SourceChange::verification)
                : before.verification());
    if (settings.enforceVerification() && settings.verification().isEmpty()) {
      throw ErrorCode.INVALID_PARAMS.at(
          fields.pathOf("enforce_verification"), "needs a verification, or nothing could come in");
    }
    return settings;
  }

  private static boolean flag(RequestFields fields, String name, boolean before) {
    return fields.optional(name).map(RequestValue::bool).orElse(before);
  }

  /** Null takes it away, leaving it out leaves it. */
  private static Optional<Path> path(RequestFields fields, String name, Optional<Path> before) {
    return fields.json().get(name).isPresent()
        ? fields.optional(name).map(SourceChange::path)
        : before;
  }

  private static Path path(RequestValue value) {
    String text = value.text(PATH_CHARACTERS);
    if (!SourceSettings.isPath(text)) {
      throw value.refused(
          "must be a path that begins with one of "
              + String.join(", ", new TreeSet<>(SourceSettings.ROOTS)));
    }
    return Path.of(text);
  }

  private static Verification verification(RequestValue value) {
    RequestFields fields = value.object().only(Set.of("scheme", "header", "secret"));
    RequestValue scheme = fields.required("scheme");
    Verification.Scheme found =
        Verification.Scheme.named(scheme.text())
            .orElseThrow(
                () ->
                    scheme.refused(
                        "must be one of "
                            + String.join(
                                ", ",
                                List.of(Verification.Scheme.values()).stream()
                                    .map(Verification.Scheme::wireName)
                                    .toList())));
    return new Verification(
        found,
        fields
            .optional("header")
            .map(it -> it.text(NAME_CHARACTERS).toLowerCase(Locale.ROOT))
            .orElse(found.usualHeader()));
  }

  /** One that says what it said before keeps its times. */
  private static List<ActionMapping> mappings(
      RequestValue list, List<ActionMapping> before, Instant now) {
    var mappings = new ArrayList<ActionMapping>();
    for (RequestValue value : list.list(0, Limits.SOURCE_MAPPINGS)) {
      RequestFields fields =
          value
              .object()
              .only(
                  Set.of(
                      "event_type",
                      "action_type",
                      "action_parameters",
                      "active",
                      "is_deleted",
                      "created_at",
                      "updated_at"));
      if (!flag(fields, "is_deleted", false)) {
        ActionMapping mapping = mapping(fields, now);
        mappings.add(before.stream().filter(mapping::saysSameAs).findFirst().orElse(mapping));
      }
    }
    return mappings;
  }

  private static ActionMapping mapping(RequestFields fields, Instant now) {
    RequestValue action = fields.required("action_type");
    ActionType type =
        ActionType.named(action.text())
            .orElseThrow(() -> action.refused("is no action of a source's events"));
    RequestFields parameters =
        fields
            .optional("action_parameters")
            .map(RequestValue::object)
            .orElseGet(() -> RequestFields.of(Json.object(), fields.pathOf("action_parameters")));
    var known = new TreeSet<>(type.optional());
    known.addAll(type.required());
    parameters.only(known);
    type.required().forEach(parameters::required);
    var said = new LinkedHashMap<String, Json>();
    for (String name : parameters.json().fields().keySet()) {
      parameters
          .optional(name)
          .ifPresent(
              it -> {
                if (type.named().contains(name) && !SourceSettings.isPath(it.text())) {
                  said.put(name, Json.of(it.id()));
                } else {
                  said.put(name, Json.of(path(it).text()));
                }
              });
    }
    String eventType = fields.required("event_type").text(SourceReading.CHARACTERS);
    return new ActionMapping(
        eventType, type, new Json.Obj(said), flag(fields, "active", true), now, now);
  }
}
