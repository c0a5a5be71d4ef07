package dev.carillon.functions.operator;

import dev.carillon.access.ApiKey;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.setting.ChannelReader;
import dev.carillon.setting.ClientSettings;
import dev.carillon.setting.GivenNames;
import dev.carillon.setting.NewKeys;
import dev.carillon.setting.WantedToken;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * What an environment is to have.
 *
 * @param newKeys make a key for each that was not given, even if there are keys already
 * @param publicKeys what public keys may do from now on; empty leaves it as it is
 * @param signingKey make a key that signs user tokens if there is none
 */
record SeedRequest(
    Named named,
    List<Key> keys,
    boolean newKeys,
    Optional<PublicKeyUse> publicKeys,
    boolean signingKey,
    List<ChannelSettings> channels,
    List<WantedToken> tokens) {
  private static final int MOST = 100;
  private static final int NAME_CHARACTERS = 255;

  /**
   * What the environment is called.
   *
   * @param id what its data lies under; its first slug, unless something else is said
   * @param order empty: behind all others, or where it stands already
   */
  record Named(EnvironmentId id, String slug, String name, OptionalInt order) {}

  /**
   * @param text the key itself; empty when one is to be made
   */
  record Key(String path, ApiKey.Kind kind, Optional<String> text) {}

  /**
   * @param id empty when it is to follow from the key
   */
  record ChannelSettings(String path, Optional<UUID> id, ChannelReader.Wanted wanted) {}

  SeedRequest {
    keys = List.copyOf(keys);
    channels = List.copyOf(channels);
    tokens = List.copyOf(tokens);
  }

  static SeedRequest of(RequestFields request) {
    request.only(
        Set.of(
            "action",
            "environment",
            "keys",
            "new_keys",
            "public_keys",
            "signing_key",
            "channels",
            "service_tokens"));
    var environment =
        request.required("environment").object().only(Set.of("slug", "id", "name", "order"));
    var slug = GivenNames.environment(environment.required("slug"));
    return new SeedRequest(
        new Named(
            environment.optional("id").map(GivenNames::environment).orElse(slug),
            slug.value(),
            environment
                .optional("name")
                .map(value -> value.text(NAME_CHARACTERS))
                .orElse(slug.value()),
            environment
                .optional("order")
                .map(value -> OptionalInt.of(value.integer(0, MOST)))
                .orElse(OptionalInt.empty())),
        each(request, "keys").stream().map(SeedRequest::key).toList(),
        request.optional("new_keys").map(RequestValue::bool).orElse(false),
        request.optional("public_keys").map(ClientSettings::use),
        request.optional("signing_key").map(RequestValue::bool).orElse(false),
        each(request, "channels").stream().map(SeedRequest::channel).toList(),
        each(request, "service_tokens").stream().map(WantedToken::read).toList());
  }

  /** The environment that keys of data begin with. */
  EnvironmentId environment() {
    return named.id();
  }

  private static List<RequestValue> each(RequestFields request, String name) {
    return request.optional(name).map(value -> value.list(0, MOST)).orElse(List.of());
  }

  private static Key key(RequestValue value) {
    var fields = value.object().only(Set.of("kind", "key"));
    var kind =
        switch (fields.required("kind").oneOf(Set.of("secret", "public"))) {
          case "secret" -> ApiKey.Kind.SECRET;
          default -> ApiKey.Kind.PUBLIC;
        };
    var text = fields.optional("key");
    text.ifPresent(
        key -> {
          if (!key.text(Limits.API_KEY_CHARACTERS)
              .matches(NewKeys.prefix(kind) + "[A-Za-z0-9_-]+")) {
            throw key.refused(
                "must be " + NewKeys.prefix(kind) + " and then characters of A-Z a-z 0-9 _ -");
          }
        });
    return new Key(value.path(), kind, text.map(RequestValue::text));
  }

  private static ChannelSettings channel(RequestValue value) {
    var fields = value.object().only(Set.of("id", "key", "name", "type", "provider", "settings"));
    return new ChannelSettings(
        value.path(), fields.optional("id").map(SeedRequest::uuid), ChannelReader.read(fields));
  }

  private static UUID uuid(RequestValue value) {
    try {
      return UUID.fromString(value.text());
    } catch (IllegalArgumentException _) {
      throw value.refused("must be a UUID");
    }
  }
}
