package dev.carillon.workflow;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.TrackingFields;
import dev.carillon.condition.Conditions;
import dev.carillon.json.Json;
import dev.carillon.window.SendWindowMode;
import dev.carillon.window.SendWindows;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Step.Destination;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads channel steps. */
final class ChannelStepReader {
  private static final List<String> OUTSIDE =
      Arrays.stream(SendWindowMode.values()).map(SendWindowMode::wireName).toList();

  /** The fields that only the templates of one type of channel have. */
  private static final Map<ChannelType, List<String>> TELLING =
      Map.of(
          ChannelType.EMAIL, List.of("subject", "html_body", "visual_blocks"),
          ChannelType.IN_APP_FEED, List.of("action_url", "action_buttons"),
          ChannelType.HTTP, List.of("url", "method"),
          ChannelType.PUSH, List.of("title"),
          ChannelType.CHAT, List.of("json_body", "summary"));

  private ChannelStepReader() {}

  static Optional<ChannelStep> channel(StepRef ref, Conditions conditions, WorkflowFields fields) {
    WorkflowFields overrides = fields.object("channel_overrides");
    overrides.flag(Channel.OVERRIDE_SUPPRESSION);
    Optional<Destination> destination = destination(fields);
    SendWindows sendWindows = sendWindows(fields);
    SendWindowMode outside =
        fields
            .among("send_window_mode", OUTSIDE)
            .flatMap(SendWindowMode::named)
            .orElse(SendWindowMode.QUEUE_MESSAGE);
    Json.Obj template = fields.object("template").json();
    Optional<ChannelType> type = type(fields, template);
    type.ifPresent(it -> tracking(it, overrides));
    type.ifPresent(it -> jsonOverrides(it, overrides));
    if (type.isPresent() && template.fields().isEmpty()) {
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

  private static SendWindows sendWindows(WorkflowFields fields) {
    String field = "send_windows";
    return switch (SendWindows.of(fields.value(field).orElse(Json.NULL))) {
      case SendWindows.Read.Ok(var windows) -> windows;
      case SendWindows.Read.Refused(var found) -> {
        fields.refuse(field, found);
        yield SendWindows.ALWAYS;
      }
    };
  }

  /** Texts and pushes have them in their template, as Knock's do; the others have none. */
  private static void jsonOverrides(ChannelType type, WorkflowFields overrides) {
    String field = "json_overrides";
    if (overrides.value(field).isEmpty()) {
      return;
    }
    switch (type) {
      case EMAIL, CHAT -> {}
      case SMS, PUSH ->
          overrides.refuse(field, "Those of SMS and push are template.settings.payload_overrides.");
      case HTTP, IN_APP_FEED ->
          overrides.refuse(
              field, "Only what mail, chat, SMS and push providers are sent has them.");
    }
  }

  /** What a channel of that type cannot tell of is refused rather than left out. */
  private static void tracking(ChannelType type, WorkflowFields overrides) {
    boolean links = overrides.flag(TrackingFields.LINKS);
    boolean opens = overrides.flag(TrackingFields.OPENS);
    if (links && !TrackingFields.hasLinks(type)) {
      overrides.refuse(TrackingFields.LINKS, TrackingFields.NO_LINKS);
    }
    if (opens && !TrackingFields.hasOpens(type)) {
      overrides.refuse(TrackingFields.OPENS, TrackingFields.NO_OPENS);
    }
  }

  private static Optional<Destination> destination(WorkflowFields fields) {
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

  /** The type that the step names, or else the one that its template can only be of. */
  private static Optional<ChannelType> type(WorkflowFields fields, Json.Obj template) {
    if (fields.value("channel_type").isEmpty()) {
      List<ChannelType> told =
          TELLING.entrySet().stream()
              .filter(entry -> entry.getValue().stream().anyMatch(template.fields()::containsKey))
              .map(Map.Entry::getKey)
              .toList();
      if (told.size() != 1) {
        fields.refuse("channel_type", "A channel step needs a channel_type.");
      }
      return told.stream().findFirst();
    }
    Optional<String> name = fields.text("channel_type");
    Optional<ChannelType> type = name.flatMap(ChannelType::named);
    if (name.isPresent() && type.isEmpty()) {
      fields.refuse(
          "channel_type", "Channels of type \"" + name.get() + "\" are not supported yet.");
    }
    return type;
  }
}
