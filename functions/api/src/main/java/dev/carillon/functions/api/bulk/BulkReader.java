package dev.carillon.functions.api.bulk;

import dev.carillon.bulk.BulkFailure;
import dev.carillon.bulk.BulkRow;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.Ids;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSets;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the bodies of bulk calls: the first entry that is not as it must be refuses them whole. One
 * that names nobody where Knock's interface lets that be is a row that fails.
 */
final class BulkReader {
  private static final String SUBSCRIPTIONS = "subscriptions";
  private static final String RECIPIENTS = "recipients";
  private static final String PERSISTENCE = "__persistence_strategy__";

  private final IdentificationReader identifying;

  BulkReader(IdentificationReader identifying) {
    this.identifying = identifying;
  }

  /** A list of recipients of a collection with what is said about each; tenants by id alone too. */
  List<BulkRow> identified(RequestFields body, String list, String collection) {
    var rows = new ArrayList<BulkRow>();
    for (RequestValue value : body.only(Set.of(list)).required(list).list(1, Limits.BULK_ROWS)) {
      if (value.isText() && collection.equals(RecipientId.TENANTS)) {
        var stub = RequestFields.of(Json.object().with("id", value.id()), value.path());
        rows.add(
            new BulkRow.Identify(
                new RecipientId(collection, value.id()), identifying.ofTenant(stub)));
      } else {
        RequestFields fields = value.object();
        var id = new RecipientId(collection, fields.required("id").id());
        rows.add(
            new BulkRow.Identify(
                id, id.isTenant() ? identifying.ofTenant(fields) : identifying.of(fields)));
      }
    }
    return rows;
  }

  static List<BulkRow> deleted(RequestFields body, String list, String collection) {
    return deleted(
        body.only(Set.of(list)).required(list).list(1, Limits.BULK_ROWS).stream()
            .map(RequestValue::id)
            .toList(),
        list,
        collection);
  }

  static List<BulkRow> deleted(List<String> ids, String list, String collection) {
    if (ids.isEmpty() || ids.size() > Limits.BULK_ROWS) {
      throw ErrorCode.INVALID_PARAMS.at(list, "must have 1 to " + Limits.BULK_ROWS + " entries");
    }
    return ids.stream()
        .distinct()
        .<BulkRow>map(id -> new BulkRow.Delete(new RecipientId(collection, Ids.checked(list, id))))
        .toList();
  }

  /** One set for many users: the default one, or that of the {@code id} it has. */
  static List<BulkRow> preferring(RequestFields body) {
    body.only(Set.of("user_ids", "preferences"));
    RequestFields set = body.required("preferences").object();
    IdentificationReader.checkPreferences(set);
    String id = set.optional("id").map(RequestValue::id).orElse(PreferenceSets.DEFAULT);
    boolean merging =
        set.optional(PERSISTENCE)
            .map(it -> it.oneOf(Set.of("merge", "replace")).equals("merge"))
            .orElse(false);
    Json.Obj said = set.json().without(PERSISTENCE).without("id").without("__typename");
    return body.required("user_ids").list(1, Limits.BULK_ROWS).stream()
        .<BulkRow>map(it -> new BulkRow.Prefer(RecipientId.user(it.id()), id, said, !merging))
        .toList();
  }

  /** Who is named with more than an id is identified before anybody is subscribed. */
  List<BulkRow> subscribed(RequestFields body, String collection) {
    var reader = new RecipientReader(identifying);
    var identified = new ArrayList<BulkRow>();
    var rows = new ArrayList<BulkRow>();
    for (RequestValue value : subscriptions(body)) {
      RequestFields fields = value.object().only(Set.of("id", RECIPIENTS, "properties"));
      List<Trigger.Named> named =
          reader.recipients(fields.required(RECIPIENTS), Limits.SUBSCRIPTIONS);
      named.forEach(
          one ->
              one.identification()
                  .ifPresent(said -> identified.add(new BulkRow.Identify(one.id(), said))));
      rows.add(
          new BulkRow.Subscribe(
              new RecipientId(collection, fields.required("id").id()),
              named.stream().map(Trigger.Named::id).toList(),
              fields
                  .optional("properties")
                  .map(it -> it.object().within(Limits.PROPERTIES_BYTES).json())
                  .orElse(Json.Obj.EMPTY)));
    }
    identified.addAll(rows);
    return identified;
  }

  static List<BulkRow> unsubscribed(RequestFields body, String collection) {
    var rows = new ArrayList<BulkRow>();
    for (RequestValue value : subscriptions(body)) {
      RequestFields fields = value.object().only(Set.of("id", RECIPIENTS));
      var object = new RecipientId(collection, fields.required("id").id());
      var named = new ArrayList<RecipientId>();
      var nobody = new ArrayList<String>();
      for (RequestValue recipient : fields.required(RECIPIENTS).list(1, Limits.SUBSCRIPTIONS)) {
        if (RecipientReader.namesNobody(recipient)) {
          nobody.add(recipient.path());
        } else {
          named.add(RecipientReader.reference(recipient));
        }
      }
      rows.add(
          nobody.isEmpty()
              ? new BulkRow.Unsubscribe(object, named.stream().distinct().toList())
              : new BulkRow.Refused(
                  BulkFailure.of(object, "names nobody at " + String.join(", ", nobody))));
    }
    return rows;
  }

  private static List<RequestValue> subscriptions(RequestFields body) {
    return body.only(Set.of(SUBSCRIPTIONS)).required(SUBSCRIPTIONS).list(1, Limits.BULK_ROWS);
  }
}
