package dev.carillon.functions.operator;

import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.functions.operator.push.Push;
import dev.carillon.functions.operator.push.PushRequest;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Overloaded;
import dev.carillon.setting.ClientSettings;
import dev.carillon.setting.GivenNames;
import dev.carillon.setting.RevokeKey;
import dev.carillon.setting.SetChannelCredentials;
import java.util.Optional;
import java.util.Set;

/**
 * What operator can be asked to do: one JSON object in, one out. What is wrong with a request is an
 * answer too: {@code {"error": {"code", "message", "field"}}}.
 */
final class Actions {
  private static final Set<String> NAMES =
      Set.of(
          "seed",
          "push",
          "channel_credentials",
          "revoke_key",
          "revoke_service_token",
          "public_keys",
          "new_signing_key",
          "remove_signing_key",
          "rotate_link_key",
          "activate_workflow",
          "archive_workflow",
          "test_fetch",
          "trace_headers",
          "inventory");

  private final SeedDeployment known;
  private final SeedEnvironment seed;
  private final Push push;
  private final SetChannelCredentials credentials;
  private final RevokeKey revokeKey;
  private final ClientSettings clients;
  private final NewLinkKeys linkKeys;
  private final WorkflowStatus status;
  private final TestFetch testFetch;
  private final TraceHeaders traceHeaders;
  private final Inventory inventory;
  private final Log log;

  Actions(
      SeedDeployment known,
      SeedEnvironment seed,
      Push push,
      SetChannelCredentials credentials,
      RevokeKey revokeKey,
      ClientSettings clients,
      NewLinkKeys linkKeys,
      WorkflowStatus status,
      TestFetch testFetch,
      TraceHeaders traceHeaders,
      Inventory inventory,
      Log log) {
    this.known = known;
    this.seed = seed;
    this.push = push;
    this.credentials = credentials;
    this.revokeKey = revokeKey;
    this.clients = clients;
    this.linkKeys = linkKeys;
    this.status = status;
    this.testFetch = testFetch;
    this.traceHeaders = traceHeaders;
    this.inventory = inventory;
    this.log = log;
  }

  Json.Obj answer(byte[] payload) {
    try {
      var request = resolved(RequestFields.of(JsonText.parse(payload), ""));
      var action = request.required("action").oneOf(NAMES);
      var answer = answer(action, request);
      log.decision("operator.done", "action", action);
      return answer;
    } catch (MalformedJson e) {
      return error("invalid_json", e.getMessage(), Optional.empty());
    } catch (Overloaded e) {
      log.failure("operator.overloaded", e);
      return error(
          ErrorCode.OVERLOADED.code(),
          "Too much is asked of this deployment just now; try again in a moment.",
          Optional.empty());
    } catch (ApiException e) {
      log.decision("operator.refused", "code", e.problem().code());
      var field = e.fields().stream().findFirst();
      return error(
          e.problem().code(),
          field.map(it -> it.path() + " " + it.sentence() + ".").orElse("The request is refused."),
          field.map(ApiException.Field::path));
    }
  }

  /** An environment is named by its slug; what follows knows ids only. */
  private RequestFields resolved(RequestFields request) {
    return request
        .optional("environment")
        .map(it -> request.json().with("environment", it.isText() ? id(it) : withId(it.object())))
        .map(json -> new RequestFields(json, ""))
        .orElse(request);
  }

  private Json id(RequestValue slug) {
    return Json.of(known.named(GivenNames.environment(slug)).value());
  }

  private Json withId(RequestFields environment) {
    return environment.optional("id").isPresent() || environment.optional("slug").isEmpty()
        ? environment.json()
        : environment.json().with("id", id(environment.required("slug")));
  }

  private Json.Obj answer(String action, RequestFields request) {
    return switch (action) {
      case "seed" -> seed.run(SeedRequest.of(request));
      case "push" -> push(PushRequest.of(request));
      case "channel_credentials" -> credentials.run(request);
      case "public_keys" -> clients.publicKeys(request);
      case "new_signing_key" -> clients.newSigningKey(request);
      case "remove_signing_key" -> clients.removeSigningKey(request);
      case "rotate_link_key" -> linkKeys.rotate(request);
      case "activate_workflow" -> status.activate(request);
      case "archive_workflow" -> status.archive(request);
      case "test_fetch" -> testFetch.run(request);
      case "trace_headers" -> traceHeaders.run(request);
      case "inventory" -> {
        request.only(Set.of("action"));
        yield inventory.view();
      }
      case "revoke_service_token" -> revokeToken(request.only(Set.of("action", "token")));
      default -> revoke(request.only(Set.of("action", "key", "sha256")));
    };
  }

  /** What nobody can call would serve nobody: a slug with a slip in it is told so. */
  private Json.Obj push(PushRequest request) {
    if (!seed.exists(request.environment())) {
      throw ErrorCode.RESOURCE_MISSING.at(
          "environment", "is not an environment of this deployment; seed it first");
    }
    return push.run(request);
  }

  private Json.Obj revokeToken(RequestFields request) {
    String token = request.required("token").text(Limits.API_KEY_CHARACTERS);
    return known.revoke(Digest.hex(token))
        ? Json.object().with("revoked", Json.TRUE)
        : error("resource_missing", "There is no such token.", Optional.of("token"));
  }

  private Json.Obj revoke(RequestFields request) {
    var sha256 =
        request
            .optional("sha256")
            .map(
                value -> {
                  if (!value.text().matches("[0-9a-f]{64}")) {
                    throw value.refused("must be 64 hexadecimal digits in lower case");
                  }
                  return value.text();
                })
            .orElseGet(() -> Digest.hex(request.required("key").text(Limits.API_KEY_CHARACTERS)));
    return revokeKey
        .run(sha256)
        .orElseGet(() -> error("resource_missing", "There is no such key.", Optional.of("key")));
  }

  private static Json.Obj error(String code, String message, Optional<String> field) {
    return Json.object()
        .with(
            "error",
            Json.object()
                .with("code", code)
                .with("message", message)
                .with("field", Json.ofNullable(field)));
  }
}
