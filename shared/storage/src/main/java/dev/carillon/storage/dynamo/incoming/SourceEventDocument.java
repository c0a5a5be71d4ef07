package dev.carillon.storage.dynamo.incoming;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.source.ActionType;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.SourceEvent.ActionOutcome;
import dev.carillon.source.SourceEvent.State;
import dev.carillon.storage.dynamo.DocumentFields;

/** An event of a source as the table holds it. */
final class SourceEventDocument {
  private SourceEventDocument() {}

  static Json write(SourceEvent event) {
    var fields =
        new DocumentFields()
            .put("t", event.type())
            .put("b", event.sent())
            .put("k", event.idempotencyKey(), Json::of)
            .put("a", event.receivedAt())
            .put("v", event.verification(), Json::of)
            .put("h", Json.of(event.rehearsed()));
    return switch (event.state()) {
      case State.Received() -> fields.json();
      case State.Done(var actions) ->
          fields
              .put("d", Json.array(actions.stream().map(SourceEventDocument::write).toList()))
              .json();
      case State.Repeated(var first) -> fields.put("r", first).json();
    };
  }

  private static Json write(ActionOutcome outcome) {
    return new DocumentFields()
        .put("t", outcome.type().wireName())
        .put("p", outcome.parameters())
        .put("y", outcome.payload(), it -> it)
        .put("x", outcome.problem(), Json::of)
        .json();
  }

  static SourceEvent read(
      EnvironmentId environment, String source, String id, long revision, Json.Obj document) {
    return new SourceEvent(
        environment,
        source,
        id,
        DocumentFields.text(document, "t"),
        document.object("b"),
        document.text("k"),
        DocumentFields.time(document, "a"),
        document.text("v"),
        DocumentFields.require(document, "h").equals(Json.TRUE),
        state(document),
        revision);
  }

  private static State state(Json.Obj document) {
    if (document.get("d").isPresent()) {
      return new State.Done(DocumentFields.list(document, "d", SourceEventDocument::outcome));
    }
    return document.text("r").<State>map(State.Repeated::new).orElseGet(State.Received::new);
  }

  private static ActionOutcome outcome(Json json) {
    Json.Obj document = DocumentFields.object(json);
    return new ActionOutcome(
        ActionType.named(DocumentFields.text(document, "t")).orElseThrow(),
        document.object("p"),
        document.get("y").map(DocumentFields::object),
        document.text("x"));
  }
}
