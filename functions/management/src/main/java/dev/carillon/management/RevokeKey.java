package dev.carillon.management;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ApiKeys;
import dev.carillon.access.FindApiKey;
import dev.carillon.json.Json;
import java.util.Optional;

/** Ends a key. It stops counting within five seconds everywhere. Safe to repeat. */
final class RevokeKey {
  private final FindApiKey find;
  private final ApiKeys keys;

  RevokeKey(FindApiKey find, ApiKeys keys) {
    this.find = find;
    this.keys = keys;
  }

  /** Empty when there is no such key. */
  Optional<Json.Obj> run(String sha256) {
    return find.find(sha256)
        .map(
            key -> {
              if (!key.revoked()) {
                keys.put(sha256, new ApiKey(key.environment(), key.kind(), true));
              }
              return Json.object()
                  .with("sha256", sha256)
                  .with("kind", NewKeys.name(key.kind()))
                  .with("environment", key.environment().value())
                  .with("revoked", Json.TRUE);
            });
  }
}
