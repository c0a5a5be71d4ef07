package dev.carillon.local.template;

import dev.carillon.json.Json;

/** One resource of a stack's template, its properties as written. */
record TemplateResource(String stack, String logicalId, String type, Json.Obj properties) {

  /** Stable over restarts, so that a data folder fits the next start. */
  String generatedName() {
    return stack + "-" + logicalId;
  }
}
