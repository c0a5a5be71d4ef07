package dev.carillon.management;

import dev.carillon.json.Json;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Problem;
import dev.carillon.workflow.Workflow;
import java.util.List;

final class TemplateChecks {
  record Fault(String field, String reason) {}

  List<Fault> faults(Json.Obj part, Assets.Library library) {
    return List.of();
  }

  List<Problem> problems(Workflow workflow, Assets.Library library) {
    return List.of();
  }
}
