package dev.carillon.storage.dynamo;

import dev.carillon.batch.Activity;
import dev.carillon.batch.Collected;
import dev.carillon.json.Json;
import dev.carillon.run.Carried;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;

/** What a run carries along, and the activities of batches, as they are stored. */
final class CarriedDocument {
  private CarriedDocument() {}

  /** Empty for a run of a call that carries nothing. */
  static Json.Obj write(Carried carried) {
    var fields =
        new Fields()
            .put("v", carried.via(), Fields::recipient)
            .put("d", carried.data(), data -> data)
            .put("b", carried.batch(), CarriedDocument::collected);
    SourceDocument.write(carried.source(), fields);
    return fields.json();
  }

  static Carried read(Json.Obj document) {
    return new Carried(
        document.get("v").map(Fields::recipient),
        document.get("d").map(Fields::object),
        document.get("b").map(Fields::object).map(CarriedDocument::collected),
        SourceDocument.read(document));
  }

  static Json collected(Collected collected) {
    return new Fields()
        .put("l", collected.activities(), CarriedDocument::activity)
        .put("n", collected.totalActivities())
        .put("a", collected.actors(), Fields::recipient)
        .put("m", collected.totalActors())
        .json();
  }

  static Collected collected(Json.Obj object) {
    return new Collected(
        Fields.list(object, "l", json -> activity(Fields.object(json))),
        (int) Fields.number(object, "n"),
        Fields.list(object, "a", Fields::recipient),
        (int) Fields.number(object, "m"));
  }

  static Json.Obj activity(Activity activity) {
    var fields =
        new Fields()
            .put("i", activity.id())
            .put("u", activity.run().toString())
            .put("t", activity.trigger().toString())
            .put("r", Fields.recipient(activity.recipient()))
            .put("a", activity.actor(), Fields::recipient)
            .put("w", activity.at())
            .putObject("d", activity.data());
    if (activity.cancellable()) {
      fields.put("c", Json.TRUE);
    }
    return fields.json();
  }

  static Activity activity(Json.Obj object) {
    return new Activity(
        Fields.text(object, "i"),
        RunId.parse(Fields.text(object, "u")),
        TriggerId.parse(Fields.text(object, "t")),
        Fields.recipient(Fields.require(object, "r")),
        object.get("a").map(Fields::recipient),
        Fields.time(object, "w"),
        object.get("c").isPresent(),
        object.object("d"));
  }
}
