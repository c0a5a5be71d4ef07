package dev.carillon.functions.operator;

import dev.carillon.access.ApiKey;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.TrackingFields;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private static final int SETTINGS_BYTES = 16 * 1024;

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
  record ChannelSettings(
      String path,
      Optional<UUID> id,
      String key,
      String name,
      ChannelType type,
      String provider,
      Json.Obj settings) {}

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
    var slug = OperatorNames.environment(environment.required("slug"));
    return new SeedRequest(
        new Named(
            environment.optional("id").map(OperatorNames::environment).orElse(slug),
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
    var key = fields.required("key").id();
    ChannelType type = type(fields.required("type"));
    String provider = provider(fields, type);
    return new ChannelSettings(
        value.path(),
        fields.optional("id").map(SeedRequest::uuid),
        key,
        fields.optional("name").map(name -> name.text(NAME_CHARACTERS)).orElse(key),
        type,
        provider,
        fields
            .optional("settings")
            .map(settings -> settings(settings, type, provider))
            .orElse(Json.Obj.EMPTY));
  }

  private static ChannelType type(RequestValue value) {
    Set<String> names =
        Arrays.stream(ChannelType.values()).map(ChannelType::wireName).collect(Collectors.toSet());
    return ChannelType.named(value.oneOf(names)).orElseThrow();
  }

  private static String provider(RequestFields fields, ChannelType type) {
    Optional<RequestValue> given = fields.optional("provider");
    if (given.isEmpty()) {
      return usual(type).orElseGet(() -> fields.required("provider").text());
    }
    return given.get().oneOf(providers(type));
  }

  private static Set<String> providers(ChannelType type) {
    return Stream.concat(
            usual(type).stream(),
            Providers.all().stream().filter(it -> it.type() == type).map(Provider::key))
        .collect(Collectors.toSet());
  }

  /**
   * Conditions that make no sense must not be taken for none: all would be sent to everybody. A
   * credential must not lie where channels do.
   */
  private static Json.Obj settings(RequestValue value, ChannelType type, String provider) {
    var settings = value.object().within(SETTINGS_BYTES);
    tracking(
        settings, TrackingFields.LINKS, TrackingFields.hasLinks(type), TrackingFields.NO_LINKS);
    tracking(
        settings, TrackingFields.OPENS, TrackingFields.hasOpens(type), TrackingFields.NO_OPENS);
    settings.optional(Channel.RATE_LIMIT).ifPresent(it -> it.integer(1, Channel.MOST_PER_SECOND));
    for (String secret : SetChannelCredentials.names(provider)) {
      settings
          .optional(secret)
          .ifPresent(
              it -> {
                throw it.refused(
                    "is a credential: it is set with the action channel_credentials, and kept"
                        + " apart from the channel");
              });
    }
    var problems =
        ConditionsReader.read(
                ConditionsReader.Place.CHANNEL, "conditions", settings.json().get("conditions"))
            .problems();
    if (!problems.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMS,
          problems.stream()
              .map(it -> new ApiException.Field(settings.pathOf(it.field()), it.reason()))
              .toList());
    }
    return settings.json();
  }

  private static void tracking(
      RequestFields settings, String field, boolean possible, String otherwise) {
    settings
        .optional(field)
        .filter(value -> value.bool() && !possible)
        .ifPresent(
            value -> {
              throw value.refused("is not possible: " + otherwise);
            });
  }

  /** Who it is when nothing is said; empty where that must be said. */
  private static Optional<String> usual(ChannelType type) {
    return switch (type) {
      case EMAIL -> Optional.of("email_aws_ses");
      case IN_APP_FEED -> Optional.of("in_app_feed_carillon");
      case HTTP -> Optional.of("http_carillon_webhook");
      case SMS, PUSH, CHAT -> Optional.empty();
    };
  }

  private static UUID uuid(RequestValue value) {
    try {
      return UUID.fromString(value.text());
    } catch (IllegalArgumentException _) {
      throw value.refused("must be a UUID");
    }
  }
}
