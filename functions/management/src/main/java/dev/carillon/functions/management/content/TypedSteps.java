package dev.carillon.functions.management.content;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Says of channel steps of which type they are, where only the key of a channel is given. */
public final class TypedSteps {
  private static final String TYPE = "channel_type";

  private TypedSteps() {}

  /**
   * The content with these types; as it is where it has no such steps.
   *
   * @param channels finds the channel of a key; asked for keys of steps without a type
   */
  public static Json.Obj of(Json.Obj content, Function<String, Optional<Channel>> channels) {
    Json.Obj typed = typed(content, channels);
    return typed.equals(content) ? content : typed;
  }

  private static Json.Obj typed(Json.Obj object, Function<String, Optional<Channel>> channels) {
    Map<String, Json> fields = new LinkedHashMap<>(object.fields());
    for (String within : List.of("steps", "branches", "cohort_branches")) {
      if (fields.get(within) instanceof Json.Arr(var items)) {
        fields.put(
            within,
            Json.array(
                items.stream()
                    .map(item -> item instanceof Json.Obj inner ? typed(inner, channels) : item)
                    .toList()));
      }
    }
    if (object.text("type").filter("channel"::equals).isPresent()
        && fields.getOrDefault(TYPE, Json.NULL) instanceof Json.Null) {
      object
          .text("channel_key")
          .flatMap(channels)
          .ifPresent(channel -> fields.put(TYPE, Json.of(channel.type().wireName())));
    }
    return new Json.Obj(fields);
  }
}
