package dev.carillon.functions.api.preferences;

import static dev.carillon.edge.access.Ability.PREFERENCES_WRITE;
import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.access.Access.everyday;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.RecipientPath;
import dev.carillon.json.Json;
import dev.carillon.recipient.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Calls of older clients, each about a part of a preference set. Names that a call does not mention
 * stay as they are.
 */
final class PreferencePartCalls {
  /** Whose preferences they are, and who may write these: what holds for a whole set. */
  private static final Map<String, Access> RECIPIENTS =
      new TreeMap<>(
          Map.of(
              "/v1/users/{id}",
              everyday(PREFERENCES_WRITE),
              "/v1/objects/{collection}/{id}",
              SECRET_KEY));

  static final List<Operation<PreferencePartCalls>> OPERATIONS = operations();

  private final KeepPreferences preferences;

  PreferencePartCalls(KeepPreferences preferences) {
    this.preferences = preferences;
  }

  private static List<Operation<PreferencePartCalls>> operations() {
    var operations = new ArrayList<Operation<PreferencePartCalls>>();
    RECIPIENTS.forEach(
        (recipient, access) -> {
          for (PreferencePart part : PreferencePart.values()) {
            String path = recipient + "/preferences/{set}/" + part.wireName();
            operations.add(
                Operation.put(
                    path,
                    access,
                    (calls, request, environment) -> calls.several(part, request, environment)));
            operations.add(
                Operation.put(
                    path + "/{name}",
                    access,
                    (calls, request, environment) -> calls.one(part, request, environment)));
          }
        });
    return List.copyOf(operations);
  }

  private HttpResponse several(
      PreferencePart part, HttpRequest request, EnvironmentId environment) {
    return written(request, environment, part.said(request.fields()));
  }

  private HttpResponse one(PreferencePart part, HttpRequest request, EnvironmentId environment) {
    var body = request.fields();
    if (body.json().fields().isEmpty()) {
      throw ErrorCode.INVALID_PARAMS.at("subscribed", "is required");
    }
    return written(request, environment, part.said(request.pathId("name"), body));
  }

  private HttpResponse written(HttpRequest request, EnvironmentId environment, Json.Obj said) {
    String set = request.pathId("set");
    Recipient now =
        preferences.write(request, environment, RecipientPath.of(request), set, said, false);
    return HttpResponse.ok(preferences.shown(environment, Optional.of(now), set, Optional.empty()));
  }
}
