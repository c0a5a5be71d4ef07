package dev.carillon.functions.operator;

import dev.carillon.access.ServiceToken;
import dev.carillon.access.ServiceTokens;
import dev.carillon.edge.ErrorCode;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.setting.NewKeys;
import dev.carillon.setting.WantedToken;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes an environment known to the management API, and service tokens, which belong to the whole
 * deployment. Safe to repeat.
 */
final class SeedDeployment {
  private final EnvironmentList environments;
  private final ServiceTokens tokens;
  private final NewKeys newKeys;
  private final InstantSource clock;

  SeedDeployment(
      EnvironmentList environments, ServiceTokens tokens, NewKeys newKeys, InstantSource clock) {
    this.environments = environments;
    this.tokens = tokens;
    this.newKeys = newKeys;
    this.clock = clock;
  }

  /** The environment that is called so; what nobody calls so is an environment's id itself. */
  EnvironmentId named(EnvironmentId slug) {
    return environments.named(slug.value()).map(EnvironmentEntry::id).orElse(slug);
  }

  void environment(SeedRequest.Named wanted) {
    var all = environments.all();
    var before = all.stream().filter(it -> it.id().equals(wanted.id())).findFirst();
    all.stream()
        .filter(it -> !it.id().equals(wanted.id()))
        .filter(it -> it.slug().equals(wanted.slug()) || it.id().value().equals(wanted.slug()))
        .findFirst()
        .ifPresent(
            _ -> {
              throw ErrorCode.INVALID_PARAMS.at(
                  "environment.slug", "belongs to another environment");
            });
    int last = all.stream().mapToInt(EnvironmentEntry::order).max().orElse(-1);
    var now = clock.instant();
    int order = wanted.order().orElse(before.map(EnvironmentEntry::order).orElse(last + 1));
    var entry =
        new EnvironmentEntry(
            wanted.id(),
            wanted.slug(),
            wanted.name(),
            order,
            before.map(EnvironmentEntry::createdAt).orElse(now),
            before.map(EnvironmentEntry::updatedAt).orElse(now));
    if (before.isEmpty() || !before.get().equals(entry)) {
      environments.put(
          new EnvironmentEntry(
              entry.id(), entry.slug(), entry.name(), order, entry.createdAt(), now));
    }
  }

  /** The tokens, for the only time. */
  List<Json> tokens(List<WantedToken> wanted) {
    return wanted.stream().map(this::token).toList();
  }

  private Json token(WantedToken wanted) {
    String text = wanted.text().orElseGet(newKeys::serviceToken);
    String sha256 = Digest.hex(text);
    var before = tokens.find(sha256);
    if (before.isEmpty()) {
      tokens.put(
          sha256,
          new ServiceToken(
              wanted.name(),
              wanted.email(),
              wanted.scopes(),
              wanted.environments().stream()
                  .map(it -> named(new EnvironmentId(it)))
                  .collect(Collectors.toSet()),
              false));
    }
    var answer =
        Json.object()
            .with("name", wanted.name())
            .with("token", text)
            .with("created", Json.of(before.isEmpty()));
    // Seeding again must not bring a token back that somebody ended.
    return before.filter(ServiceToken::revoked).isPresent()
        ? answer.with("note", "This token was revoked, and stays so.")
        : answer;
  }

  /**
   * Lets the token count no more, from now on.
   *
   * @return false when there is no such token
   */
  boolean revoke(String sha256) {
    var before = tokens.find(sha256);
    before.ifPresent(it -> tokens.put(sha256, it.ended()));
    return before.isPresent();
  }
}
