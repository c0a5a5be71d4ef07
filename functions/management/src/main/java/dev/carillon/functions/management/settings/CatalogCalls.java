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
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.setting.BrandReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The tags and the preference categories of the deployment. */
final class CatalogCalls {
  private static final Access READ = management(ManagementScope.READ);
  private static final Access SETTINGS = management(ManagementScope.SETTINGS);
  private static final Optional<EnvironmentId> DEPLOYMENT = Optional.empty();
  private static final int NAME_CHARACTERS = 255;
  private static final int DESCRIPTION_CHARACTERS = 1_000;

  static final List<Operation<CatalogCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/tags", READ, CatalogCalls::tags),
          byCaller(HttpMethod.PUT, "/v1/tags/{name}", SETTINGS, CatalogCalls::putTag),
          byCaller(
              HttpMethod.DELETE,
              "/v1/tags/{name}",
              SETTINGS,
              (it, request, caller) -> it.delete(CatalogName.TAGS, "tag", request, caller)),
          byCaller(HttpMethod.GET, "/v1/preference_categories", READ, CatalogCalls::categories),
          byCaller(
              HttpMethod.PUT,
              "/v1/preference_categories/{name}",
              SETTINGS,
              CatalogCalls::putCategory),
          byCaller(
              HttpMethod.DELETE,
              "/v1/preference_categories/{name}",
              SETTINGS,
              (it, request, caller) ->
                  it.delete(
                      CatalogName.PREFERENCE_CATEGORIES, "preference_category", request, caller)));

  private final ManagementCall.Reader calls;
  private final Catalogs catalogs;
  private final Changes changes;

  CatalogCalls(ManagementCall.Reader calls, Catalogs catalogs, Changes changes) {
    this.calls = calls;
    this.catalogs = catalogs;
    this.changes = changes;
  }

  HttpResponse tags(HttpRequest request, Caller caller) {
    return list(request, CatalogName.TAGS, CatalogCalls::tag);
  }

  HttpResponse categories(HttpRequest request, Caller caller) {
    return list(request, CatalogName.PREFERENCE_CATEGORIES, CatalogCalls::category);
  }

  private HttpResponse list(
      HttpRequest request, CatalogName list, BiFunction<String, Catalog.Entry, Json.Obj> view) {
    request.query().only(Set.of());
    var entries = new ArrayList<Json>();
    catalogs
        .find(DEPLOYMENT, list)
        .entries()
        .forEach((name, entry) -> entries.add(view.apply(name, entry)));
    return HttpResponse.ok(Json.object().with("entries", Json.array(entries)));
  }

  /** What the body leaves out is none, as with Knock. */
  HttpResponse putTag(HttpRequest request, Caller caller) {
    RequestFields given =
        request.fields().required("tag").object().only(Set.of("name", "description", "color"));
    Json.Obj content =
        given
            .optional("description")
            .map(it -> Json.object().with("description", it.text(DESCRIPTION_CHARACTERS)))
            .orElse(Json.Obj.EMPTY);
    Optional<String> color = given.optional("color").map(BrandReader::color);
    Json.Obj whole = color.map(it -> content.with("color", it)).orElse(content);
    return put(CatalogName.TAGS, "tag", whole, request, caller, CatalogCalls::tag);
  }

  HttpResponse putCategory(HttpRequest request, Caller caller) {
    return put(
        CatalogName.PREFERENCE_CATEGORIES,
        "preference_category",
        Json.Obj.EMPTY,
        request,
        caller,
        CatalogCalls::category);
  }

  private HttpResponse put(
      CatalogName list,
      String wrapper,
      Json.Obj content,
      HttpRequest request,
      Caller caller,
      BiFunction<String, Catalog.Entry, Json.Obj> view) {
    var call = calls.readWhole(request, caller, Set.of());
    String name = name(request);
    record(call, list, wrapper, name, JsonText.write(content));
    Catalog after =
        catalogs.change(
            DEPLOYMENT,
            list,
            it -> {
              Catalog with = it.with(name, content, call.origin().at());
              if (with.entries().size() > Catalog.MOST) {
                throw ErrorCode.INVALID_PARAMS.at(
                    "name", "would be one more than " + Catalog.MOST + ", which is the most");
              }
              return with;
            });
    return HttpResponse.ok(
        Json.object().with(wrapper, view.apply(name, after.find(name).orElseThrow())));
  }

  private HttpResponse delete(
      CatalogName list, String wrapper, HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    String name = name(request);
    if (catalogs.find(DEPLOYMENT, list).find(name).isEmpty()) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    record(call, list, wrapper, name, "");
    catalogs.change(DEPLOYMENT, list, it -> it.without(name));
    return HttpResponse.noContent();
  }

  private static String name(HttpRequest request) {
    String name = request.pathParameter("name");
    if (name.isBlank() || name.codePointCount(0, name.length()) > NAME_CHARACTERS) {
      throw ErrorCode.INVALID_PARAMS.at("name", "must be 1 to " + NAME_CHARACTERS + " characters");
    }
    return name;
  }

  /** What belongs to the deployment is recorded in its first environment. */
  private void record(
      ManagementCall call, CatalogName list, String wrapper, String name, String after) {
    String before =
        catalogs
            .find(DEPLOYMENT, list)
            .find(name)
            .map(it -> JsonText.write(it.content()))
            .orElse("");
    if (!before.equals(after)) {
      changes.record(
          call.id(),
          call.origin()
              .change(
                  after.isEmpty() ? "removed" : "changed", wrapper + "/" + name, before, after));
    }
  }

  private static Json.Obj tag(String name, Catalog.Entry entry) {
    return category(name, entry)
        .with("description", entry.content().get("description").orElse(Json.NULL))
        .with("color", entry.content().get("color").orElse(Json.NULL));
  }

  private static Json.Obj category(String name, Catalog.Entry entry) {
    return Json.object()
        .with("name", name)
        .with("created_at", Times.of(entry.createdAt()))
        .with("updated_at", Times.of(entry.updatedAt()));
  }
}
