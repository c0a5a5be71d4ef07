package dev.carillon.storage.dynamo.run;

import dev.carillon.batch.Activity;
import dev.carillon.batch.Collected;
import dev.carillon.json.Json;
import dev.carillon.run.RunState;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;

/** What a run carries along, and the activities of batches, as they are stored. */
public final class RunStateDocument {
  private RunStateDocument() {}

  /** Empty for a run of a call that carries nothing. */
  static Json.Obj write(RunState carried) {
    var fields =
        new DocumentFields()
            .put("v", carried.via(), DocumentFields::recipient)
            .put("d", carried.data(), data -> data)
            .put("b", carried.batch(), RunStateDocument::collected);
    SourceDocument.write(carried.source(), fields);
    return fields.json();
  }

  static RunState read(Json.Obj document) {
    return new RunState(
        document.get("v").map(DocumentFields::recipient),
        document.get("d").map(DocumentFields::object),
        document.get("b").map(DocumentFields::object).map(RunStateDocument::collected),
        SourceDocument.read(document));
  }

  public static Json collected(Collected collected) {
    return new DocumentFields()
        .put("l", collected.activities(), RunStateDocument::activity)
        .put("n", collected.totalActivities())
        .put("a", collected.actors(), DocumentFields::recipient)
        .put("m", collected.totalActors())
        .json();
  }

  public static Collected collected(Json.Obj object) {
    return new Collected(
        DocumentFields.list(object, "l", json -> activity(DocumentFields.object(json))),
        (int) DocumentFields.number(object, "n"),
        DocumentFields.list(object, "a", DocumentFields::recipient),
        (int) DocumentFields.number(object, "m"));
  }

  public static Json.Obj activity(Activity activity) {
    var fields =
        new DocumentFields()
            .put("i", activity.id())
            .put("u", activity.run().toString())
            .put("t", activity.trigger().toString())
            .put("r", DocumentFields.recipient(activity.recipient()))
            .put("a", activity.actor(), DocumentFields::recipient)
            .put("w", activity.at())
            .putObject("d", activity.data());
    if (activity.cancellable()) {
      fields.put("c", Json.TRUE);
    }
    return fields.json();
  }

  public static Activity activity(Json.Obj object) {
    return new Activity(
        DocumentFields.text(object, "i"),
        RunId.parse(DocumentFields.text(object, "u")),
        TriggerId.parse(DocumentFields.text(object, "t")),
        DocumentFields.recipient(DocumentFields.require(object, "r")),
        object.get("a").map(DocumentFields::recipient),
        DocumentFields.time(object, "w"),
        object.get("c").isPresent(),
        object.object("d"));
  }
}
