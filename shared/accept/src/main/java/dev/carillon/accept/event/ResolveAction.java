package dev.carillon.accept.event;

import dev.carillon.accept.TriggerRequest;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.bulk.BulkRow;
import dev.carillon.condition.Path;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.source.ActionMapping;
import dev.carillon.source.ActionType;
import dev.carillon.source.SourceSettings;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.WorkflowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts what an event holds in the place of a mapping's paths, and reads that as the body of the
 * call that would do the same: what a call would be refused for is refused here.
 */
public final class ResolveAction {
  private static final String COLLECTION = "collection";
  private static final String RECIPIENTS = "recipients";
  private static final String PROPERTIES = "properties";

  private final IdentificationReader identifying;
  private final RecipientReader naming;

  public ResolveAction(IdentificationReader identifying) {
    this.identifying = identifying;
    this.naming = new RecipientReader(identifying);
  }

  /**
   * @param payload what the paths led to
   */
  public record Resolved(Json.Obj payload, Result result) {}

  /** What there is to be done, or why nothing is. */
  public sealed interface Result {
    record Ready(SourceAction action) implements Result {}

    record Refused(String problem) implements Result {}
  }

  /**
   * @param context of the event, as its {@code context()} gives it
   */
  public Resolved resolve(ActionMapping mapping, Json.Obj context) {
    Json.Obj payload = payload(mapping, context);
    Optional<String> missing =
        mapping.type().required().stream().filter(it -> payload.get(it).isEmpty()).findFirst();
    if (missing.isPresent()) {
      return new Resolved(
          payload,
          new Result.Refused(missing.get() + " is required, and the event has none there"));
    }
    try {
      return new Resolved(
          payload, new Result.Ready(action(mapping.type(), RequestFields.of(payload, ""))));
    } catch (ApiException e) {
      return new Resolved(payload, new Result.Refused(sentence(e)));
    }
  }

  /** What is wrong, by field, in one line. */
  static String sentence(ApiException e) {
    return e.fields().isEmpty()
        ? e.problem().code()
        : e.fields().stream()
            .map(it -> it.path() + " " + it.sentence())
            .collect(Collectors.joining("; "));
  }

  private static Json.Obj payload(ActionMapping mapping, Json.Obj context) {
    var payload = new LinkedHashMap<String, Json>();
    mapping
        .parameters()
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Str(var text)) {
                found(mapping.type(), name, text, context).ifPresent(it -> payload.put(name, it));
              }
            });
    return new Json.Obj(payload);
  }

  private static Optional<Json> found(ActionType type, String name, String text, Json.Obj context) {
    if (type.named().contains(name) && !SourceSettings.isPath(text)) {
      return Optional.of(Json.of(text));
    }
    return Path.of(text)
        .in(context)
        .filter(it -> !(it instanceof Json.Null))
        .map(it -> name.equals("data") || name.equals(PROPERTIES) ? it : identified(it));
  }

  /** Ids are often numbers elsewhere; ours are texts. */
  private static Json identified(Json value) {
    return switch (value) {
      case Json.Num(var number) -> Json.of(number.toPlainString());
      case Json.Arr(var items) ->
          Json.array(items.stream().map(ResolveAction::identified).toList());
      case Json.Obj object when object.get("id").orElse(Json.NULL) instanceof Json.Num(var id) ->
          object.with("id", id.toPlainString());
      case Json.Obj _, Json.Str _, Json.Bool _, Json.Null _ -> value;
    };
  }

  private SourceAction action(ActionType type, RequestFields fields) {
    return switch (type) {
      case USERS_IDENTIFY -> identify(RecipientId.user(id(fields)), fields);
      case TENANTS_SET -> identify(new TenantId(id(fields)).recipient(), fields);
      case OBJECTS_SET -> identify(object(fields), fields);
      case USERS_DELETE -> write(new BulkRow.Delete(RecipientId.user(id(fields))));
      case TENANTS_DELETE -> write(new BulkRow.Delete(new TenantId(id(fields)).recipient()));
      case OBJECTS_DELETE -> write(new BulkRow.Delete(object(fields)));
      case OBJECTS_SUBSCRIBE -> subscribe(fields);
      case OBJECTS_UNSUBSCRIBE ->
          write(
              new BulkRow.Unsubscribe(
                  object(fields),
                  naming.recipients(recipients(fields), Limits.SUBSCRIPTIONS).stream()
                      .map(Trigger.Named::id)
                      .toList()));
      case AUDIENCES_ADD_MEMBER -> {
        Trigger.Named user = user(fields);
        yield new SourceAction.AddMember(key(fields), user, member(fields, user));
      }
      case AUDIENCES_REMOVE_MEMBER ->
          new SourceAction.RemoveMember(key(fields), member(fields, user(fields)));
      case WORKFLOWS_TRIGGER -> start(fields);
    };
  }

  private static SourceAction write(BulkRow row) {
    return new SourceAction.Write(List.of(row));
  }

  /** What is named by itself is laid over the properties. */
  private SourceAction identify(RecipientId id, RequestFields fields) {
    Json.Obj said =
        fields
            .optional(PROPERTIES)
            .map(it -> it.object().json())
            .orElse(Json.Obj.EMPTY)
            .merged(fields.json().without(PROPERTIES).without(COLLECTION).without("id"));
    Optional<Json> phone = said.get("phone").filter(it -> said.get("phone_number").isEmpty());
    RequestFields all =
        RequestFields.of(
            phone.map(it -> said.with("phone_number", it).without("phone")).orElse(said), "");
    return write(
        new BulkRow.Identify(id, id.isTenant() ? identifying.ofTenant(all) : identifying.of(all)));
  }

  private SourceAction subscribe(RequestFields fields) {
    List<Trigger.Named> named = naming.recipients(recipients(fields), Limits.SUBSCRIPTIONS);
    var rows = new ArrayList<BulkRow>();
    named.forEach(
        one ->
            one.identification().ifPresent(said -> rows.add(new BulkRow.Identify(one.id(), said))));
    rows.add(
        new BulkRow.Subscribe(
            object(fields),
            named.stream().map(Trigger.Named::id).toList(),
            fields
                .optional(PROPERTIES)
                .map(it -> it.object().within(Limits.PROPERTIES_BYTES).json())
                .orElse(Json.Obj.EMPTY)));
    return new SourceAction.Write(rows);
  }

  private SourceAction start(RequestFields fields) {
    RequestValue key = fields.required("key");
    if (!WorkflowKey.isValid(key.text())) {
      throw key.refused("must be a workflow's key");
    }
    return new SourceAction.Start(
        new WorkflowKey(key.text()),
        TriggerRequest.of(
            RequestFields.of(
                fields.json().without("key").with(RECIPIENTS, recipients(fields).json()), ""),
            naming));
  }

  private Trigger.Named user(RequestFields fields) {
    Trigger.Named user = naming.recipient(fields.required("user"));
    if (!user.id().isUser()) {
      throw fields.required("user").refused("must be a user");
    }
    return user;
  }

  private static Member member(RequestFields fields, Trigger.Named user) {
    return new Member(
        user.id(), fields.optional("tenant").map(RequestValue::id).map(TenantId::new));
  }

  private static String key(RequestFields fields) {
    return fields.required("key").id();
  }

  private static String id(RequestFields fields) {
    return fields.required("id").id();
  }

  private static RecipientId object(RequestFields fields) {
    return new RecipientId(fields.required(COLLECTION).id(), id(fields));
  }

  /** One is as good as a list of one. */
  private static RequestValue recipients(RequestFields fields) {
    RequestValue value = fields.required(RECIPIENTS);
    return value.json() instanceof Json.Arr
        ? value
        : new RequestValue(value.path(), Json.array(List.of(value.json())));
  }
}
