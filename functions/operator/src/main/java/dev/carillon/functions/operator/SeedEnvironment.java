package dev.carillon.functions.operator;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ApiKeys;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.edge.ErrorCode;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.setting.ClientSettings;
import dev.carillon.setting.NewKeys;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives an environment its keys and channels, and says what public keys may do in it. Safe to
 * repeat: what is there already stays as it is.
 */
final class SeedEnvironment {
  private final ApiKeys keys;
  private final SeedChannels channels;
  private final ClientSettings clients;
  private final DeploymentKeys deployment;
  private final NewLinkKeys linkKeys;
  private final NewKeys newKeys;
  private final SeedDeployment known;
  private final InstantSource clock;

  SeedEnvironment(
      ApiKeys keys,
      SeedChannels channels,
      ClientSettings clients,
      DeploymentKeys deployment,
      NewLinkKeys linkKeys,
      NewKeys newKeys,
      SeedDeployment known,
      InstantSource clock) {
    this.keys = keys;
    this.channels = channels;
    this.clients = clients;
    this.deployment = deployment;
    this.linkKeys = linkKeys;
    this.newKeys = newKeys;
    this.known = known;
    this.clock = clock;
  }

  /** Whether it was seeded: it has or had a key. */
  boolean exists(EnvironmentId environment) {
    return Stream.of(ApiKey.Kind.values()).anyMatch(kind -> keys.any(environment, kind));
  }

  /** The keys, for the only time, and the channels with their ids. */
  Json.Obj run(SeedRequest request) {
    known.environment(request.named());
    // Channels first: a refused one must not leave keys behind that nobody was shown.
    var stored = channels.store(request);
    deployment.key(); // from now on there is one, for those who may only read
    linkKeys.ensure();
    request.publicKeys().ifPresent(use -> clients.set(request.environment(), use));
    var answer = answer(request, stored);
    return request.signingKey()
        ? answer.with("signing_key", clients.firstSigningKey(request.environment()))
        : answer;
  }

  private Json.Obj answer(SeedRequest request, List<Json> stored) {
    return Json.object()
        .with(
            "environment",
            Json.object().with("slug", request.named().slug()).with("name", request.named().name()))
        .with("keys", Json.array(storeKeys(request)))
        .with("clients", clients.view(request.environment()))
        .with("channels", Json.array(stored))
        .with("service_tokens", Json.array(known.tokens(request.tokens())));
  }

  private List<Json> storeKeys(SeedRequest request) {
    // Asked once, so that two keys of a kind can be made in one request.
    var had = EnumSet.noneOf(ApiKey.Kind.class);
    if (!request.newKeys()) {
      Stream.of(ApiKey.Kind.values())
          .filter(kind -> keys.any(request.environment(), kind))
          .forEach(had::add);
    }
    return request.keys().stream()
        .map(
            key ->
                key.text()
                    .map(text -> storeGiven(request.environment(), key, text))
                    .orElseGet(
                        () ->
                            had.contains(key.kind())
                                ? kept(key.kind())
                                : storeNew(request.environment(), key.kind())))
        .toList();
  }

  private static Json kept(ApiKey.Kind kind) {
    return Json.object()
        .with("kind", NewKeys.name(kind))
        .with("created", Json.FALSE)
        .with(
            "note",
            "The environment has %s keys already; ask with \"new_keys\": true for another."
                .formatted(NewKeys.name(kind)));
  }

  private Json storeNew(EnvironmentId environment, ApiKey.Kind kind) {
    var text = newKeys.next(environment, kind);
    keys.put(Digest.hex(text), new ApiKey(environment, kind, false));
    return Json.object()
        .with("kind", NewKeys.name(kind))
        .with("key", text)
        .with("created", Json.TRUE);
  }

  private Json storeGiven(EnvironmentId environment, SeedRequest.Key key, String text) {
    var sha256 = Digest.hex(text);
    var before = keys.find(sha256);
    before
        .filter(other -> !other.environment().equals(environment))
        .ifPresent(
            _ -> {
              throw ErrorCode.INVALID_PARAMS.at(
                  key.path() + ".key", "belongs to another environment");
            });
    if (before.isEmpty()) {
      keys.put(sha256, new ApiKey(environment, key.kind(), false));
    }
    var answer =
        Json.object()
            .with("kind", NewKeys.name(key.kind()))
            .with("key", text)
            .with("created", Json.of(before.isEmpty()));
    // Seeding again must not bring a key back that somebody ended.
    return before.filter(ApiKey::revoked).isPresent()
        ? answer.with("note", "This key was revoked, and stays so.")
        : answer;
  }
}
