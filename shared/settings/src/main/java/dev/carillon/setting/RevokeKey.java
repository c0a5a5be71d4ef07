package dev.carillon.setting;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ApiKeys;
import dev.carillon.json.Json;
import java.util.Optional;

/** Ends a key. It stops counting within five seconds everywhere. Safe to repeat. */
public final class RevokeKey {
  private final ApiKeys keys;

  public RevokeKey(ApiKeys keys) {
    this.keys = keys;
  }

  /** Empty when there is no such key. */
  public Optional<Json.Obj> run(String sha256) {
    return keys.find(sha256)
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
