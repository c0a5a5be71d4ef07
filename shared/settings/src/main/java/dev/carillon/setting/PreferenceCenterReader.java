package dev.carillon.setting;

import dev.carillon.channel.ChannelType;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an environment has the page on which people change their preferences: {@code enabled},
 * {@code title}, {@code body}, {@code show_account_name} and {@code rows}, as Knock's API shows
 * them.
 */
public final class PreferenceCenterReader {
  private static final int MOST_ROWS = 100;
  private static final Set<String> NAMED = Set.of("workflow", "category", "channel");
  private static final Set<String> TYPES =
      Set.of("workflow", "category", "channel", "channel_types", "commercial_subscribed");
  private static final Set<String> CHANNEL_TYPES =
      Arrays.stream(ChannelType.values())
          .map(ChannelType::wireName)
          .collect(Collectors.toUnmodifiableSet());

  private PreferenceCenterReader() {}

  /**
   * @throws dev.carillon.edge.ApiException when it is not as it must be
   */
  public static Json.Obj read(RequestValue value) {
    var fields =
        value.object().only(Set.of("enabled", "title", "body", "show_account_name", "rows"));
    fields.optional("enabled").ifPresent(RequestValue::bool);
    fields.optional("title").ifPresent(RequestValue::text);
    fields.optional("body").ifPresent(RequestValue::text);
    fields.optional("show_account_name").ifPresent(RequestValue::bool);
    fields
        .optional("rows")
        .ifPresent(rows -> rows.list(0, MOST_ROWS).forEach(PreferenceCenterReader::row));
    return fields.json();
  }

  private static void row(RequestValue value) {
    RequestFields row =
        value.object().only(Set.of("type", "name", "description", "identifier", "channel_types"));
    String type = row.required("type").oneOf(TYPES);
    row.required("name").text();
    row.optional("description").ifPresent(RequestValue::text);
    if (NAMED.contains(type)) {
      row.required("identifier").id();
    }
    row.optional("channel_types")
        .ifPresent(
            types -> types.list(0, CHANNEL_TYPES.size()).forEach(it -> it.oneOf(CHANNEL_TYPES)));
  }
}
