package dev.carillon.functions.api.preferencecenter;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row of the page.
 *
 * @param description empty for none
 * @param identifier the category, the workflow's key or the channel's id
 * @param channelTypes what has a switch of its own; none: one switch for all
 */
record CenterRow(
    Type type,
    String name,
    String description,
    Optional<String> identifier,
    List<String> channelTypes) {

  private static final String CHANNEL_TYPES = "channel_types";

  CenterRow {
    channelTypes = List.copyOf(channelTypes);
  }

  enum Type {
    WORKFLOW("workflow"),
    CHANNEL("channel"),
    CATEGORY("category"),
    CHANNEL_TYPES("channel_types"),
    COMMERCIAL("commercial_subscribed");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    static Optional<Type> named(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }
  }

  /** That by which commercial messages are ended: on every page, whatever it is set up to show. */
  static final CenterRow COMMERCIAL =
      new CenterRow(
          Type.COMMERCIAL,
          "Marketing and promotional messages",
          "Turn this off to get none of them any more.",
          Optional.empty(),
          List.of());

  static CenterRow read(Json.Obj json) {
    return new CenterRow(
        json.text("type").flatMap(Type::named).orElseThrow(),
        json.text("name").orElse(""),
        json.text("description").orElse(""),
        json.text("identifier"),
        json.list(CHANNEL_TYPES).stream()
            .flatMap(it -> it instanceof Json.Str(var text) ? Stream.of(text) : Stream.empty())
            .toList());
  }

  Json.Obj json() {
    Json.Obj json =
        Json.object()
            .with("type", type.wireName)
            .with("name", name)
            .with("identifier", Json.ofNullable(identifier))
            .with(CHANNEL_TYPES, Json.texts(channelTypes));
    return description.isEmpty() ? json : json.with("description", description);
  }

  /** What it lets be switched. */
  List<Toggle> toggles() {
    return switch (type) {
      case WORKFLOW -> scoped("workflows");
      case CATEGORY -> scoped("categories");
      case CHANNEL -> List.of(new Toggle(name, List.of("channels", identifier.orElseThrow())));
      case CHANNEL_TYPES -> byChannelType(List.of());
      case COMMERCIAL -> List.of(new Toggle(name, List.of(PreferenceSets.COMMERCIAL)));
    };
  }

  private List<Toggle> scoped(String kind) {
    var place = List.of(kind, identifier.orElseThrow());
    return channelTypes.isEmpty() ? List.of(new Toggle(name, place)) : byChannelType(place);
  }

  private List<Toggle> byChannelType(List<String> place) {
    return channelTypes.stream()
        .map(
            type -> {
              var path = new ArrayList<>(place);
              path.add(CHANNEL_TYPES);
              path.add(type);
              return new Toggle(label(type), path);
            })
        .toList();
  }

  private static String label(String channelType) {
    return ChannelType.named(channelType)
        .map(
            type ->
                switch (type) {
                  case EMAIL -> "Email";
                  case IN_APP_FEED -> "In the app";
                  case HTTP -> "Webhooks";
                  case SMS -> "Text messages";
                  case PUSH -> "Push notifications";
                  case CHAT -> "Chat";
                })
        .orElse(channelType);
  }
}
