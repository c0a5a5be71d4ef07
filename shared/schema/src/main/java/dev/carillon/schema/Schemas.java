package dev.carillon.schema;

import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks trigger data against the schemas of workflows. Compiling one takes milliseconds, so those
 * of the versions used last are kept. Safe from several threads.
 */
public final class Schemas {
  /** More workflows than one process serves at a time. */
  private static final int KEPT = 200;

  private final Map<VersionId, Schema> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<VersionId, Schema> eldest) {
          return size() > KEPT;
        }
      };

  /** What is wrong with a schema; empty when nothing is. */
  public static List<SchemaProblem> problems(Json.Obj schema) {
    return Schema.of(schema).problems();
  }

  /**
   * What is wrong with the data by the workflow's schema; empty when nothing is, or there is no
   * schema.
   *
   * @throws IllegalStateException when the schema cannot be used; such a workflow is not committed
   */
  public List<SchemaProblem> problems(Workflow workflow, Json.Obj data) {
    return workflow
        .dataSchema()
        .map(source -> compiled(workflow, source).problems(data))
        .orElse(List.of());
  }

  private synchronized Schema compiled(Workflow workflow, Json.Obj source) {
    return compiled.computeIfAbsent(
        workflow.version(),
        version ->
            switch (Schema.ofChecked(source)) {
              case CompiledSchema.Ready(var schema) -> schema;
              case CompiledSchema.Refused _ ->
                  throw new IllegalStateException(
                      "Version %s of %s has a schema that cannot be used"
                          .formatted(version, workflow.key().value()));
            });
  }
}
