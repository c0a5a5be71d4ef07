package dev.carillon.schema;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.carillon.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema: drafts 4, 6, 7, 2019-09 and 2020-12 by its {@code $schema}, 2020-12 when it names
 * none. {@code format} is checked in all of them. References lead to places in the schema itself or
 * to the drafts' own schemas; nothing is ever fetched.
 *
 * <p>Checking is bounded: {@value #STEPS} steps (a schema looking at a value is one), {@value
 * #DEPTH} schemas inside one another, and the {@link CheckBudget} of regular expressions. Data that
 * need more do not pass.
 */
public final class Schema {
  static final int STEPS = 1_000_000;
  static final int DEPTH = 500;

  /** How many problems are told: enough to mend a call by, few enough to read. */
  public static final int MAX_PROBLEMS = 50;

  private static final Json.Obj NOTHING = Json.Obj.EMPTY;
  private static final String ENDLESS = "refers to itself without end, or is too large";
  private static final SchemaProblem PAST_LIMITS =
      new SchemaProblem("", "is too large or too deep to be checked against the schema");

  private final com.networknt.schema.Schema schema;

  private Schema(com.networknt.schema.Schema schema) {
    this.schema = schema;
  }

  /** Compiles a schema. Whether it makes sense is found out here, as far as can be without data. */
  public static CompiledSchema of(Json.Obj source) {
    return compiled(source, true);
  }

  /**
   * Compiles a schema that made sense to {@link #of} before: in a third of the time, because it is
   * not held against its draft's own schema, which would be loaded first.
   */
  static CompiledSchema ofChecked(Json.Obj source) {
    return compiled(source, false);
  }

  private static CompiledSchema compiled(Json.Obj source, boolean check) {
    var draft = draft(source);
    if (draft.isEmpty()) {
      return refused(
          "$schema", "must be that of draft 4, 6, 7, 2019-09 or 2020-12, or be left out");
    }
    var node = Nodes.of(source);
    // One registry each: in a shared one, the $id of one schema would be found by another's $ref.
    var schemas = registry(draft.get());
    try {
      return CheckBudget.during(
          () -> {
            var problems = check ? problems(schemas, draft.get(), node) : List.<SchemaProblem>of();
            return problems.isEmpty()
                ? new CompiledSchema.Ready(new Schema(compiled(schemas, node)))
                : new CompiledSchema.Refused(problems);
          });
    } catch (SchemaException e) {
      return refused("", "cannot be used: " + firstLine(e));
    } catch (RuntimeException | StackOverflowError _) {
      return refused("", ENDLESS);
    }
  }

  /** What is wrong with a schema by the schema of its draft. */
  private static List<SchemaProblem> problems(
      SchemaRegistry schemas, SpecificationVersion draft, JsonNode source) {
    return problems(schemas.getSchema(SchemaLocation.of(draft.getDialectId())), source);
  }

  private static com.networknt.schema.Schema compiled(SchemaRegistry schemas, JsonNode source) {
    var schema = schemas.getSchema(source);
    schema.initializeValidators();
    // What has no end shows with any data, and some references are followed only then.
    schema.validate(Nodes.of(NOTHING));
    return schema;
  }

  /** What is wrong with the data, at most {@value #MAX_PROBLEMS} things; empty when nothing is. */
  public List<SchemaProblem> problems(Json data) {
    var node = Nodes.of(data);
    try {
      return CheckBudget.during(() -> problems(schema, node));
    } catch (RuntimeException | StackOverflowError _) {
      // A bound was met; some formats throw what they please at texts far too long for them.
      return List.of(PAST_LIMITS);
    }
  }

  private static List<SchemaProblem> problems(com.networknt.schema.Schema schema, JsonNode node) {
    return schema.validate(node).stream()
        .map(Schema::problem)
        .distinct()
        .limit(MAX_PROBLEMS)
        .toList();
  }

  private static SchemaProblem problem(Error error) {
    var path = new StringBuilder();
    var location = error.getInstanceLocation();
    for (int i = 0; i < location.getNameCount(); i++) {
      append(path, location.getElement(i));
    }
    if (error.getProperty() != null) {
      append(path, error.getProperty());
    }
    return new SchemaProblem(
        path.toString(),
        error.getKeyword().equals("format")
            ? "is not of the format " + error.getArguments()[0]
            : error.getMessage());
  }

  private static void append(StringBuilder path, Object step) {
    if (step instanceof Integer index) {
      path.append('[').append(index).append(']');
    } else {
      path.append(path.isEmpty() ? "" : ".").append(step);
    }
  }

  private static Optional<SpecificationVersion> draft(Json.Obj source) {
    return switch (source.fields().get("$schema")) {
      case null -> Optional.of(SpecificationVersion.DRAFT_2020_12);
      case Json.Null() -> Optional.empty();
      // The older drafts' ids end with an empty fragment, which is often left out.
      case Json.Str(var id) ->
          SpecificationVersion.fromDialectId(id)
              .or(() -> SpecificationVersion.fromDialectId(id + "#"));
      case Json.Obj _, Json.Arr _, Json.Num _, Json.Bool _ -> Optional.empty();
    };
  }

  private static SchemaRegistry registry(SpecificationVersion draft) {
    return SchemaRegistry.withDefaultDialect(
        draft,
        builder ->
            builder
                .schemaLoader(loader -> loader.allow(iri -> isOfADraft(iri.toString())))
                .schemaRegistryConfig(
                    SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .locale(Locale.ROOT)
                        .preloadSchema(true)
                        .regularExpressionFactory(CheckBudget.patterns())
                        .executionContextCustomizer(
                            (context, _) ->
                                context.executionConfig(
                                    limits ->
                                        limits.maxEvaluationSteps(STEPS).maxEvaluationDepth(DEPTH)))
                        .build()));
  }

  private static boolean isOfADraft(String iri) {
    return iri.startsWith("https://json-schema.org/draft/")
        || iri.startsWith("http://json-schema.org/draft-0");
  }

  private static CompiledSchema refused(String path, String sentence) {
    return new CompiledSchema.Refused(List.of(new SchemaProblem(path, sentence)));
  }

  private static String firstLine(SchemaException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
