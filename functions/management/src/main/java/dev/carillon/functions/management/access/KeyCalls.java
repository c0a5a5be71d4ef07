package dev.carillon.functions.management.access;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ApiKeys;
import dev.carillon.access.ManagementScope;
import dev.carillon.change.Changes;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.setting.ClientSettings;
import dev.carillon.setting.NewKeys;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The API keys of an environment, and the keys that sign its user tokens. Each is shown once, when
 * it is made; an API key is kept as its hash, which is its id here.
 */
final class KeyCalls {
  private static final Access ACCESS = management(ManagementScope.ACCESS);
  private static final int CREATED = 201;
  private static final String KIND = "kind";

  /** As long as a pipeline runs. */
  private static final Duration EXCHANGED = Duration.ofHours(1);

  static final List<Operation<KeyCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/api_keys", ACCESS, KeyCalls::list),
          byCaller(HttpMethod.POST, "/v1/api_keys", ACCESS, KeyCalls::make),
          byCaller(HttpMethod.POST, "/v1/api_keys/exchange", ACCESS, KeyCalls::exchange),
          byCaller(HttpMethod.DELETE, "/v1/api_keys/{id}", ACCESS, KeyCalls::revoke),
          byCaller(HttpMethod.GET, "/v1/signing_keys", ACCESS, KeyCalls::signingKeys),
          byCaller(HttpMethod.POST, "/v1/signing_keys", ACCESS, KeyCalls::makeSigningKey),
          byCaller(HttpMethod.DELETE, "/v1/signing_keys/{id}", ACCESS, KeyCalls::removeSigningKey));

  private final ManagementCall.Reader calls;
  private final ApiKeys keys;
  private final ClientSettings clients;
  private final NewKeys newKeys;
  private final Changes changes;

  KeyCalls(
      ManagementCall.Reader calls,
      ApiKeys keys,
      ClientSettings clients,
      NewKeys newKeys,
      Changes changes) {
    this.calls = calls;
    this.keys = keys;
    this.clients = clients;
    this.newKeys = newKeys;
    this.changes = changes;
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, EntryPages.PARAMETERS);
    return EntryPages.of(
        List.copyOf(new TreeMap<>(keys.all(call.id())).entrySet()),
        call.query(),
        request.cursors(call.id(), "api_keys"),
        Map.Entry::getKey,
        it -> view(it.getKey(), it.getValue()));
  }

  HttpResponse make(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    var given = request.fields().required("api_key").object().only(Set.of(KIND));
    ApiKey.Kind kind =
        switch (given.required(KIND).oneOf(Set.of("secret", "public"))) {
          case "secret" -> ApiKey.Kind.SECRET;
          default -> ApiKey.Kind.PUBLIC;
        };
    String text = newKeys.next(call.id(), kind);
    var key = new ApiKey(call.id(), kind, false);
    put(call, text, key, "made");
    return HttpResponse.of(
        CREATED, Json.object().with("api_key", view(Digest.hex(text), key).with("key", text)));
  }

  /**
   * A secret key for who has a service token that may make keys. The keys there are cannot be shown
   * again, so it is one of its own, and counts for an hour.
   */
  HttpResponse exchange(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    String text = newKeys.next(call.id(), ApiKey.Kind.SECRET);
    put(
        call,
        text,
        new ApiKey(
            call.id(),
            ApiKey.Kind.SECRET,
            false,
            Optional.of(call.origin().at().plus(EXCHANGED).truncatedTo(ChronoUnit.SECONDS))),
        "exchanged");
    return HttpResponse.ok(Json.object().with("api_key", text));
  }

  private void put(ManagementCall call, String text, ApiKey key, String action) {
    String id = Digest.hex(text);
    changes.record(
        call.id(), call.origin().change(action, "api_key/" + id, "", NewKeys.name(key.kind())));
    keys.put(id, key);
  }

  /** It counts no more within five seconds everywhere. Safe to repeat. */
  HttpResponse revoke(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    String id = request.pathParameter("id");
    ApiKey key =
        keys.find(id)
            .filter(it -> it.environment().equals(call.id()))
            .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    changes.record(
        call.id(), call.origin().change("revoked", "api_key/" + id, NewKeys.name(key.kind()), ""));
    keys.put(id, new ApiKey(key.environment(), key.kind(), true, key.expiresAt()));
    return HttpResponse.noContent();
  }

  private static Json.Obj view(String id, ApiKey key) {
    return Json.object()
        .with("id", id)
        .with(KIND, NewKeys.name(key.kind()))
        .with("revoked", Json.of(key.revoked()));
  }

  HttpResponse signingKeys(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    return HttpResponse.ok(clients.view(call.id()));
  }

  /** The private half is in this answer and nowhere else. */
  HttpResponse makeSigningKey(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    Json.Obj made = clients.newSigningKey(call.id());
    changes.record(
        call.id(),
        call.origin().change("made", "signing_key/" + made.text("id").orElse(""), "", ""));
    return HttpResponse.of(CREATED, Json.object().with("signing_key", made.without("created")));
  }

  HttpResponse removeSigningKey(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    String id = request.pathParameter("id");
    if (!clients.view(call.id()).list("signing_keys").contains(Json.of(id))) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    changes.record(call.id(), call.origin().change("removed", "signing_key/" + id, "", ""));
    clients.removeSigningKey(call.id(), id);
    return HttpResponse.noContent();
  }
}
