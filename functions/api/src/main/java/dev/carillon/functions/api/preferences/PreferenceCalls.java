package dev.carillon.functions.api.preferences;

import static dev.carillon.edge.access.Ability.PREFERENCES_READ;
import static dev.carillon.edge.access.Ability.PREFERENCES_WRITE;
import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.access.Access.everyday;

import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.RecipientPath;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSets;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Calls about whole preference sets of users and objects. */
final class PreferenceCalls {
  private static final String OF_USER = "/v1/users/{id}/preferences";
  private static final String OF_OBJECT = "/v1/objects/{collection}/{id}/preferences";
  private static final String PERSISTENCE = "__persistence_strategy__";

  static final List<Operation<PreferenceCalls>> OPERATIONS =
      List.of(
          Operation.get(OF_USER, everyday(PREFERENCES_READ), PreferenceCalls::list),
          Operation.get(OF_USER + "/{set}", everyday(PREFERENCES_READ), PreferenceCalls::show),
          Operation.put(OF_USER + "/{set}", everyday(PREFERENCES_WRITE), PreferenceCalls::write),
          Operation.delete(OF_USER + "/{set}", SECRET_KEY, PreferenceCalls::delete),
          Operation.get(OF_OBJECT, SECRET_KEY, PreferenceCalls::list),
          Operation.get(OF_OBJECT + "/{set}", SECRET_KEY, PreferenceCalls::show),
          Operation.put(OF_OBJECT + "/{set}", SECRET_KEY, PreferenceCalls::write),
          Operation.delete(OF_OBJECT + "/{set}", SECRET_KEY, PreferenceCalls::delete));

  private final KeepPreferences preferences;

  PreferenceCalls(KeepPreferences preferences) {
    this.preferences = preferences;
  }

  /** The default set, whether or not it was written, and those that were. */
  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    var recipient = preferences.find(environment, RecipientPath.of(request));
    var sets = new TreeSet<>(recipient.map(Recipient::preferences).orElse(Map.of()).keySet());
    sets.add(PreferenceSets.DEFAULT);
    return HttpResponse.ok(
        Json.array(
            sets.stream()
                .map(set -> preferences.shown(environment, recipient, set, Optional.empty()))
                .toList()));
  }

  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    var tenant = request.query().heeding(Set.of("tenant")).id("tenant").map(TenantId::new);
    var recipient = preferences.find(environment, RecipientPath.of(request));
    return HttpResponse.ok(
        preferences.shown(environment, recipient, request.pathId("set"), tenant));
  }

  /** Replaces the set, or, by {@code "__persistence_strategy__": "merge"}, merges into it. */
  HttpResponse write(HttpRequest request, EnvironmentId environment) {
    var id = RecipientPath.of(request);
    String set = request.pathId("set");
    RequestFields body = request.fields();
    boolean merging =
        body.optional(PERSISTENCE)
            .map(it -> it.oneOf(Set.of("merge", "replace")).equals("merge"))
            .orElse(false);
    Json.Obj said = body.json().without(PERSISTENCE).without("id").without("__typename");
    Recipient now = preferences.write(request, environment, id, set, said, !merging);
    return HttpResponse.ok(preferences.shown(environment, Optional.of(now), set, Optional.empty()));
  }

  HttpResponse delete(HttpRequest request, EnvironmentId environment) {
    preferences.remove(request, environment, RecipientPath.of(request), request.pathId("set"));
    return HttpResponse.noContent();
  }
}
