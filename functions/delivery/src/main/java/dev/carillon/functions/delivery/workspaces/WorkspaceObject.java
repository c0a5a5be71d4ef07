package dev.carillon.functions.delivery.workspaces;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Ids;
import dev.carillon.edge.Query;
import dev.carillon.edge.access.Ability;
import dev.carillon.edge.access.Caller;
import dev.carillon.json.Json;
import dev.carillon.provider.chat.Workspace;
import dev.carillon.recipient.RecipientId;

/** The object that a call names, whose channel data says which workspace it is about. */
final class WorkspaceObject {
  private static final String ID = "object_id";
  private static final String COLLECTION = "collection";

  private WorkspaceObject() {}

  /** As JSON, or with a parameter for each field: clients do both. */
  static RecipientId of(Query query, String parameter) {
    if (query.one(parameter + "." + ID).isPresent()) {
      return new RecipientId(
          query.id(parameter + "." + COLLECTION).orElseThrow(() -> missing(parameter)),
          query.id(parameter + "." + ID).orElseThrow());
    }
    return query
        .json(parameter)
        .map(it -> of(it.object().json(), parameter))
        .orElseThrow(() -> missing(parameter));
  }

  /** From its fields. */
  static RecipientId of(Json.Obj object, String name) {
    return new RecipientId(
        Ids.checked(
            name + "." + COLLECTION, object.text(COLLECTION).orElseThrow(() -> missing(name))),
        Ids.checked(name + "." + ID, object.text(ID).orElseThrow(() -> missing(name))));
  }

  private static RuntimeException missing(String name) {
    return ErrorCode.INVALID_PARAMS.at(name, "must have an object_id and a collection");
  }

  /** Who may read the token itself may ask what it is good for. */
  static void check(Caller caller, Workspace workspace, RecipientId object) {
    boolean granted =
        Ability.named(workspace.grant()).filter(it -> caller.may(it, object)).isPresent();
    if (!granted) {
      caller.check(Ability.CHANNEL_DATA_READ, object);
    }
  }
}
