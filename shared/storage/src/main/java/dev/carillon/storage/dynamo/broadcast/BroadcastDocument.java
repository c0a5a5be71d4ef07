package dev.carillon.storage.dynamo.broadcast;

import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.broadcast.BroadcastPlan;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.workflow.VersionId;
import java.util.Optional;

/** A broadcast as it is stored: all of it but environment, key and revision. */
final class BroadcastDocument {
  private BroadcastDocument() {}

  static Json.Obj write(Broadcast broadcast) {
    var fields =
        new DocumentFields()
            .put("c", broadcast.content())
            .put("n", Json.of(broadcast.sendings()))
            .put("i", broadcast.createdAt())
            .put("u", broadcast.updatedAt())
            .put("p", broadcast.stage().asked(), BroadcastDocument::plan);
    switch (broadcast.stage()) {
      case Stage.Draft(), Stage.Scheduled _ -> {}
      case Stage.Sending(_, var since) -> fields.put("b", since);
      case Stage.Sent(_, var since, var at, var members) ->
          fields.put("b", since).put("e", at).put("m", Json.of(members));
    }
    return fields.json();
  }

  static Broadcast read(EnvironmentId environment, String key, long revision, Json.Obj document) {
    return new Broadcast(
        environment,
        key,
        document.object("c"),
        stage(document),
        (int) DocumentFields.number(document, "n"),
        revision,
        DocumentFields.time(document, "i"),
        DocumentFields.time(document, "u"));
  }

  private static Stage stage(Json.Obj document) {
    Optional<BroadcastPlan> plan = document.get("p").map(BroadcastDocument::plan);
    if (plan.isEmpty()) {
      return new Stage.Draft();
    }
    if (document.get("b").isEmpty()) {
      return new Stage.Scheduled(plan.get());
    }
    var since = DocumentFields.time(document, "b");
    return document.get("e").isEmpty()
        ? new Stage.Sending(plan.get(), since)
        : new Stage.Sent(
            plan.get(),
            since,
            DocumentFields.time(document, "e"),
            DocumentFields.number(document, "m"));
  }

  private static Json plan(BroadcastPlan plan) {
    return new DocumentFields()
        .put("n", Json.of(plan.number()))
        .put("t", plan.at())
        .put("v", plan.version().toString())
        .put("a", plan.audience())
        .json();
  }

  private static BroadcastPlan plan(Json json) {
    Json.Obj plan = DocumentFields.object(json);
    return new BroadcastPlan(
        (int) DocumentFields.number(plan, "n"),
        DocumentFields.time(plan, "t"),
        VersionId.parse(DocumentFields.text(plan, "v")),
        DocumentFields.text(plan, "a"));
  }
}
