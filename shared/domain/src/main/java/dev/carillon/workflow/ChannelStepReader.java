package dev.carillon.workflow;

import dev.carillon.channel.ChannelType;
import dev.carillon.condition.Conditions;
import dev.carillon.json.Json;
import dev.carillon.window.Outside;
import dev.carillon.window.SendWindows;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Step.Destination;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads channel steps. */
final class ChannelStepReader {
  private static final List<String> OUTSIDE =
      Arrays.stream(Outside.values()).map(Outside::wireName).toList();

  private ChannelStepReader() {}

  static Optional<ChannelStep> channel(StepRef ref, Conditions conditions, Fields fields) {
    Fields overrides = fields.object("channel_overrides");
    unsupported(overrides);
    Optional<Destination> destination = destination(fields);
    Optional<ChannelType> type = type(fields);
    SendWindows sendWindows = sendWindows(fields);
    Outside outside =
        fields
            .among("send_window_mode", OUTSIDE)
            .flatMap(Outside::named)
            .orElse(Outside.QUEUE_MESSAGE);
    Json.Obj template = fields.object("template").json();
    if (template.fields().isEmpty()) {
      fields.refuse("template", "A channel step needs a template.");
    }
    if (destination.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ChannelStep(
            ref,
            conditions,
            type.get(),
            destination.get(),
            template,
            overrides.json(),
            sendWindows,
            outside));
  }

  private static SendWindows sendWindows(Fields fields) {
    String field = "send_windows";
    return switch (SendWindows.of(fields.value(field).orElse(Json.NULL))) {
      case SendWindows.Read.Ok(var windows) -> windows;
      case SendWindows.Read.Refused(var found) -> {
        fields.refuse(field, found);
        yield SendWindows.ALWAYS;
      }
    };
  }

  private static void unsupported(Fields overrides) {
    for (String tracking : List.of("link_tracking", "open_tracking")) {
      if (Json.TRUE.equals(overrides.json().fields().get(tracking))) {
        overrides.refuse(tracking, "Tracking is not supported yet.");
      }
    }
    if (overrides.value("json_overrides").isPresent()) {
      overrides.refuse("json_overrides", "JSON overrides are not supported yet.");
    }
  }

  private static Optional<Destination> destination(Fields fields) {
    Optional<Destination> channel = fields.text("channel_key").map(Destination.One::new);
    Optional<Destination> group = fields.text("channel_group_key").map(Destination.Group::new);
    if (channel.isPresent() && group.isPresent()) {
      fields.refuse(
          "channel_group_key", "A channel step goes to a channel or to a group, not to both.");
    }
    if (channel.isEmpty() && group.isEmpty()) {
      fields.refuse("channel_key", "A channel step needs the key of a channel or of a group.");
    }
    return channel.or(() -> group);
  }

  private static Optional<ChannelType> type(Fields fields) {
    String name = fields.text("channel_type").orElse("");
    Optional<ChannelType> type = ChannelType.named(name);
    if (type.isEmpty()) {
      fields.refuse("channel_type", "Channels of type \"" + name + "\" are not supported yet.");
    }
    return type;
  }
}
