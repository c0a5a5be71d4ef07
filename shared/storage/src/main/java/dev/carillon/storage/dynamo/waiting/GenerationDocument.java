package dev.carillon.storage.dynamo.waiting;

import dev.carillon.batch.Generation;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.run.RunStateDocument;

/** A generation of a batch as it is stored, without its number. */
final class GenerationDocument {
  private GenerationDocument() {}

  static Json.Obj write(Generation generation) {
    return new DocumentFields()
        .put("s", status(generation.status()))
        .put("o", generation.openedAt())
        .put("c", generation.closeAt())
        .put("v", generation.movedAt())
        .put("l", generation.latest())
        .put("m", generation.maxItems())
        .put("h", generation.holder(), RunStateDocument::activity)
        .put("n", generation.items())
        .json();
  }

  static Generation read(int number, Json.Obj document) {
    return new Generation(
        number,
        status(DocumentFields.text(document, "s")),
        DocumentFields.time(document, "o"),
        DocumentFields.time(document, "c"),
        DocumentFields.time(document, "v"),
        DocumentFields.time(document, "l"),
        (int) DocumentFields.number(document, "m"),
        document.get("h").map(DocumentFields::object).map(RunStateDocument::activity),
        (int) DocumentFields.number(document, "n"));
  }

  private static String status(Generation.Status status) {
    return switch (status) {
      case OPEN -> "o";
      case SOONER -> "s";
      case DUE -> "d";
      case CLOSED -> "c";
    };
  }

  private static Generation.Status status(String text) {
    return switch (text) {
      case "o" -> Generation.Status.OPEN;
      case "s" -> Generation.Status.SOONER;
      case "d" -> Generation.Status.DUE;
      case "c" -> Generation.Status.CLOSED;
      default -> throw new IllegalStateException("A stored generation is " + text);
    };
  }

  static String role(Generation.Role role) {
    return switch (role) {
      case HOLDS -> "h";
      case INSIDE -> "i";
      case LEADS -> "l";
    };
  }

  static Generation.Role role(String text) {
    return switch (text) {
      case "h" -> Generation.Role.HOLDS;
      case "i" -> Generation.Role.INSIDE;
      case "l" -> Generation.Role.LEADS;
      default -> throw new IllegalStateException("A stored activity came as " + text);
    };
  }
}
