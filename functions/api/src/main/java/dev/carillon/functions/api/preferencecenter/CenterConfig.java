package dev.carillon.functions.api.preferencecenter;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the page of an environment shows.
 *
 * @param enabled whether more than the commercial row is shown
 * @param rows with the commercial one always
 */
record CenterConfig(
    boolean enabled, String title, String body, boolean showAccountName, List<CenterRow> rows) {

  CenterConfig {
    rows = List.copyOf(rows);
  }

  /**
   * As the environment sets it up. Where it says nothing of rows there is one for each category and
   * workflow that its default preferences name, and one for the types of its channels.
   *
   * @param channels those of the environment; asked only when rows are to be made up
   */
  static CenterConfig of(EnvironmentSettings settings, Supplier<List<Channel>> channels) {
    Json.Obj said = settings.preferenceCenter();
    boolean enabled = !Json.FALSE.equals(said.fields().get("enabled"));
    var rows = new ArrayList<CenterRow>();
    if (enabled) {
      if (said.get("rows").isPresent()) {
        said.list("rows").forEach(row -> rows.add(CenterRow.read((Json.Obj) row)));
      } else {
        rows.addAll(madeUp(settings.preferences(), channels.get()));
      }
    }
    if (rows.stream().noneMatch(row -> row.type() == CenterRow.Type.COMMERCIAL)) {
      rows.add(CenterRow.COMMERCIAL);
    }
    return new CenterConfig(
        enabled,
        said.text("title").orElse("Notification preferences"),
        said.text("body").orElse("Choose which notifications you want to receive."),
        !Json.FALSE.equals(said.fields().get("show_account_name")),
        rows);
  }

  private static List<CenterRow> madeUp(Json.Obj preferences, List<Channel> channels) {
    var rows = new ArrayList<CenterRow>();
    for (String name : preferences.object("categories").fields().keySet()) {
      rows.add(row(CenterRow.Type.CATEGORY, name));
    }
    for (String name : preferences.object("workflows").fields().keySet()) {
      rows.add(row(CenterRow.Type.WORKFLOW, name));
    }
    List<String> types =
        channels.stream()
            .map(Channel::type)
            .filter(type -> type != ChannelType.HTTP)
            .distinct()
            .sorted()
            .map(ChannelType::wireName)
            .toList();
    if (!types.isEmpty()) {
      rows.add(
          new CenterRow(CenterRow.Type.CHANNEL_TYPES, "Channels", "", Optional.empty(), types));
    }
    return rows;
  }

  private static CenterRow row(CenterRow.Type type, String name) {
    String words = name.replace('-', ' ').replace('_', ' ').strip();
    String label =
        words.isEmpty()
            ? name
            : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    return new CenterRow(type, label, "", Optional.of(name), List.of());
  }

  Json.Obj json() {
    return Json.object()
        .with("title", title)
        .with("body", body)
        .with("show_account_name", Json.of(showAccountName))
        .with("rows", Json.array(rows.stream().map(CenterRow::json).toList()));
  }
}
