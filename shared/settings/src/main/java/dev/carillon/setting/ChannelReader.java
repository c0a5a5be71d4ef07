package dev.carillon.setting;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.TrackingFields;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.Providers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what a channel is to be. A setting that nothing reads is refused by its name: it is
 * misspelled more often than meant for nobody.
 */
public final class ChannelReader {
  private static final int NAME_CHARACTERS = 255;
  private static final int SETTINGS_BYTES = 16 * 1024;

  /** Those of every channel, whatever its provider. */
  private static final Set<String> OF_ALL =
      Set.of(
          "sandbox_mode",
          "at_most_once",
          "conditions",
          TrackingFields.LINKS,
          TrackingFields.OPENS,
          Channel.OVERRIDE_SUPPRESSION,
          Channel.RATE_LIMIT,
          Channel.STATUS_POLLING,
          Channel.FAILOVER,
          Channel.FAILOVER_WHEN_AMBIGUOUS);

  private ChannelReader() {}

  /** A channel that is to be. */
  public record Wanted(
      String key, String name, ChannelType type, String provider, Json.Obj settings) {}

  /**
   * @param fields {@code key}, {@code type}, and where need be {@code name}, {@code provider},
   *     {@code settings}
   * @throws ApiException naming what is wrong with it
   */
  public static Wanted read(RequestFields fields) {
    String key = fields.required("key").id();
    ChannelType type = type(fields.required("type"));
    String provider = provider(fields, type);
    return new Wanted(
        key,
        fields.optional("name").map(name -> name.text(NAME_CHARACTERS)).orElse(key),
        type,
        provider,
        fields.optional("settings").map(it -> settings(it, type, provider)).orElse(Json.Obj.EMPTY));
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
    for (String secret : SetChannelCredentials.names(provider)) {
      settings
          .optional(secret)
          .ifPresent(
              it -> {
                throw it.refused(
                    "is a credential: it is set apart from the channel, with the action"
                        + " channel_credentials or PUT /v1/channels/{key}/credentials");
              });
    }
    settings.only(names(type, provider));
    tracking(
        settings, TrackingFields.LINKS, TrackingFields.hasLinks(type), TrackingFields.NO_LINKS);
    tracking(
        settings, TrackingFields.OPENS, TrackingFields.hasOpens(type), TrackingFields.NO_OPENS);
    settings.optional(Channel.RATE_LIMIT).ifPresent(it -> it.integer(1, Channel.MOST_PER_SECOND));
    settings.optional(Channel.STATUS_POLLING).ifPresent(it -> polling(it, provider));
    settings.optional(Channel.FAILOVER).ifPresent(it -> failover(it, type));
    Stream.of(
            "sandbox_mode",
            "at_most_once",
            Channel.OVERRIDE_SUPPRESSION,
            Channel.FAILOVER_WHEN_AMBIGUOUS)
        .forEach(name -> settings.optional(name).ifPresent(RequestValue::bool));
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

  /** The settings that a channel of that provider may have, credentials excepted. */
  static Set<String> names(ChannelType type, String provider) {
    List<ProviderSetting> declared =
        Providers.named(provider).map(Provider::settings).orElse(List.of());
    return Stream.of(
            OF_ALL.stream(),
            ofType(type).stream(),
            declared.stream().filter(it -> !it.secret()).map(ProviderSetting::name))
        .flatMap(it -> it)
        .collect(Collectors.toSet());
  }

  private static Set<String> ofType(ChannelType type) {
    return switch (type) {
      case EMAIL ->
          Set.of(
              "from_address",
              "from_name",
              "to_address",
              "cc_address",
              "bcc_address",
              "reply_to_address",
              "json_overrides");
      case HTTP -> Set.of("url", "method", "headers", "query_params", "body");
      case PUSH -> Set.of("token_deregistration", "json_overrides");
      case CHAT -> Set.of("email_based_user_id_resolution", "json_overrides");
      case SMS -> Set.of("json_overrides");
      case IN_APP_FEED -> Set.of();
    };
  }

  private static void polling(RequestValue value, String provider) {
    boolean possible = Providers.named(provider).flatMap(Provider::polling).isPresent();
    if (value.bool() && !possible) {
      throw value.refused("is not possible: " + provider + " cannot be asked");
    }
  }

  private static void failover(RequestValue value, ChannelType type) {
    List<RequestValue> keys = value.list(0, Channel.MOST_FAILOVER);
    if (!keys.isEmpty() && !type.failsOver()) {
      throw value.refused(
          "is for mail and text messages: devices, conversations and URLs belong to their channel");
    }
    keys.forEach(RequestValue::id);
  }

  /**
   * Who takes over from a channel is another one of its type, which is there.
   *
   * @param path of the channel's settings
   * @param known all channels that there will be
   * @throws ApiException naming the first that is not
   */
  public static void checkFailover(String path, Channel channel, List<Channel> known) {
    List<String> keys = channel.failover();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      boolean fits =
          known.stream()
              .anyMatch(
                  it ->
                      it.key().equals(key)
                          && it.type() == channel.type()
                          && !it.id().equals(channel.id()));
      if (!fits) {
        throw ErrorCode.INVALID_PARAMS.at(
            "%s.%s[%d]".formatted(path, Channel.FAILOVER, i),
            "is not the key of another channel of the same type");
      }
    }
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
}
