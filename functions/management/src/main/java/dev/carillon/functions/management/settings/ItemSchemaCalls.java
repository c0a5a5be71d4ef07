package dev.carillon.functions.management.settings;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.catalog.Catalog;
import dev.carillon.catalog.CatalogName;
import dev.carillon.catalog.Catalogs;
import dev.carillon.change.Changes;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a team writes down of the properties of its users, tenants and objects, for people who write
 * templates. It checks nothing: who identifies a recipient may say what it likes.
 */
final class ItemSchemaCalls {
  private static final Access READ = management(ManagementScope.READ);
  private static final String PATH = "/v1/schemas";
  private static final String ITEM_TYPE = "item_type";
  private static final String PROPERTIES = "properties";
  private static final String COLLECTION = "collection";

  /** As Knock's command line calls a collection. */
  private static final String ITEM_ID = "item_id";

  private static final String OBJECT = "object";
  private static final Set<String> TYPES = Set.of("user", "tenant", OBJECT);
  private static final int MOST_PROPERTIES = 500;
  private static final int CHARACTERS = 1_000;
  private static final Set<String> TEXTS = Set.of("type", "description", ITEM_TYPE, "preview_text");

  static final List<Operation<ItemSchemaCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, PATH, READ, ItemSchemaCalls::list),
          byCaller(HttpMethod.GET, PATH + "/{item_type}", READ, ItemSchemaCalls::show),
          byCaller(
              HttpMethod.PUT,
              PATH + "/{item_type}",
              management(ManagementScope.SETTINGS),
              ItemSchemaCalls::put),
          byCaller(
              HttpMethod.PUT, PATH + "/{item_type}/validate", READ, ItemSchemaCalls::validate));

  private final ManagementCall.Reader calls;
  private final Catalogs catalogs;
  private final Changes changes;

  ItemSchemaCalls(ManagementCall.Reader calls, Catalogs catalogs, Changes changes) {
    this.calls = calls;
    this.catalogs = catalogs;
    this.changes = changes;
  }

  private Catalog schemas(ManagementCall call) {
    return catalogs.find(Optional.of(call.id()), CatalogName.ITEM_SCHEMAS);
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var heeded = new HashSet<>(EntryPages.PARAMETERS);
    heeded.add(ITEM_TYPE);
    var call = calls.read(request, caller, heeded);
    Optional<String> type = call.query().oneOf(ITEM_TYPE, TYPES);
    return EntryPages.of(
        schemas(call).entries().entrySet().stream()
            .filter(it -> type.isEmpty() || type(it.getKey()).equals(type.get()))
            .toList(),
        call.query(),
        request.cursors(call.environment().id(), "schemas"),
        Map.Entry::getKey,
        it -> view(it.getKey(), it.getValue().content()));
  }

  /** One that nobody wrote anything into has no properties. */
  HttpResponse show(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, Set.of(COLLECTION, ITEM_ID));
    String name = name(request, call);
    return HttpResponse.ok(
        view(name, schemas(call).find(name).map(Catalog.Entry::content).orElse(Json.Obj.EMPTY)));
  }

  HttpResponse put(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of(COLLECTION, ITEM_ID));
    String name = name(request, call);
    List<RequestFields> given = given(request);
    Json.Obj before = schemas(call).find(name).map(Catalog.Entry::content).orElse(Json.Obj.EMPTY);
    Json.Obj after = with(before, given);
    if (!after.equals(before)) {
      changes.record(
          call.id(),
          call.origin()
              .change("changed", "schema/" + name, JsonText.write(before), JsonText.write(after)));
    }
    Catalog kept =
        catalogs.change(
            Optional.of(call.id()),
            CatalogName.ITEM_SCHEMAS,
            it -> small(changed(it, name, given, call)));
    return wrapped(name, kept.find(name).orElseThrow().content());
  }

  private static Catalog changed(
      Catalog before, String name, List<RequestFields> given, ManagementCall call) {
    Json.Obj known = before.find(name).map(Catalog.Entry::content).orElse(Json.Obj.EMPTY);
    return before.with(name, with(known, given), call.origin().at());
  }

  private static Catalog small(Catalog schemas) {
    int bytes =
        schemas.entries().values().stream()
            .mapToInt(it -> JsonText.bytes(it.content()).length)
            .sum();
    if (schemas.entries().size() > Catalog.MOST || bytes > Catalog.MOST_BYTES) {
      throw ErrorCode.INVALID_PARAMS.at(
          PROPERTIES, "would be more than all schemas of an environment may take together");
    }
    return schemas;
  }

  HttpResponse validate(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of(COLLECTION, ITEM_ID));
    String name = name(request, call);
    Json.Obj before = schemas(call).find(name).map(Catalog.Entry::content).orElse(Json.Obj.EMPTY);
    return wrapped(name, with(before, given(request)));
  }

  private static HttpResponse wrapped(String name, Json.Obj content) {
    return HttpResponse.ok(Json.object().with("schema", view(name, content)));
  }

  /** {@code user}, {@code tenant}, or {@code object/<collection>}. */
  private static String name(HttpRequest request, ManagementCall call) {
    String type = request.pathParameter(ITEM_TYPE);
    if (!TYPES.contains(type)) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    Optional<String> collection = call.query().one(COLLECTION).or(() -> call.query().one(ITEM_ID));
    if (!type.equals(OBJECT)) {
      return type;
    }
    return collection
        .filter(it -> !it.isBlank())
        .map(it -> OBJECT + "/" + it)
        .orElseThrow(() -> ErrorCode.INVALID_PARAMS.at(COLLECTION, "is required of an object"));
  }

  private static List<RequestFields> given(HttpRequest request) {
    RequestFields body = request.fields();
    RequestFields schema = body.optional("schema").map(RequestValue::object).orElse(body);
    schema.only(Set.of(ITEM_TYPE, ITEM_ID, PROPERTIES));
    return schema.required(PROPERTIES).list(0, MOST_PROPERTIES).stream()
        .map(ItemSchemaCalls::property)
        .toList();
  }

  private static RequestFields property(RequestValue value) {
    RequestFields property =
        value
            .object()
            .only(Set.of("key", "type", "description", ITEM_TYPE, "preview_text", "visible"));
    property.required("key").text(CHARACTERS);
    TEXTS.forEach(name -> property.optional(name).ifPresent(it -> it.text(CHARACTERS)));
    property.optional("visible").ifPresent(RequestValue::bool);
    return property;
  }

  /** Properties that are not given stay as they are, and so does what is not said of one. */
  private static Json.Obj with(Json.Obj before, List<RequestFields> given) {
    var properties = new LinkedHashMap<String, Json.Obj>();
    for (Json json : before.list(PROPERTIES)) {
      Json.Obj property = (Json.Obj) json;
      properties.put(property.text("key").orElse(""), property);
    }
    for (RequestFields property : given) {
      properties.merge(property.required("key").text(), property.json(), Json.Obj::merged);
    }
    return Json.object().with(PROPERTIES, Json.array(List.copyOf(properties.values())));
  }

  private static String type(String name) {
    return name.startsWith(OBJECT + "/") ? OBJECT : name;
  }

  private static Json.Obj view(String name, Json.Obj content) {
    String type = type(name);
    return Json.object()
        .with(ITEM_TYPE, type)
        .with(
            ITEM_ID, type.equals(OBJECT) ? Json.of(name.substring(OBJECT.length() + 1)) : Json.NULL)
        .with(PROPERTIES, Json.array(content.list(PROPERTIES)));
  }
}
