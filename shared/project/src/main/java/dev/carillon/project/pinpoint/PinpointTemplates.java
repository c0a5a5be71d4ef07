package dev.carillon.project.pinpoint;

import dev.carillon.json.Json;
import dev.carillon.project.pinpoint.PinpointExport.Template;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A workflow of one message from a template of Pinpoint. */
final class PinpointTemplates {
  private static final List<String> PUSH_PARTS = List.of("Default", "APNS", "GCM", "ADM", "Baidu");

  /**
   * @param lost what the template names and nothing stands for here
   */
  record Made(String key, Json.Obj workflow, Set<String> lost) {}

  private final Map<String, String> channels;
  private final Set<String> lists;

  /**
   * @param channels the key of the channel by its type
   * @param lists the attributes of users that have several values
   */
  PinpointTemplates(Map<String, String> channels, Set<String> lists) {
    this.channels = Map.copyOf(channels);
    this.lists = Set.copyOf(lists);
  }

  /** Empty for a kind that has no place here. */
  Optional<Made> workflow(Template template) {
    return switch (template.channel()) {
      case EMAIL -> Optional.of(email(template));
      case SMS -> Optional.of(sms(template));
      case PUSH -> Optional.of(push(template));
      case IN_APP, VOICE -> Optional.empty();
    };
  }

  private Made email(Template template) {
    var variables = variables("email", template);
    Json.Obj fields = template.fields();
    String html =
        fields
            .text("HtmlPart")
            .orElseGet(() -> "<pre>" + fields.text("TextPart").orElse("") + "</pre>");
    Json.Obj message =
        Json.object()
            .with("subject", variables.in(fields.text("Subject").orElse("")))
            .with("settings", Json.object().with("layout_key", Json.NULL))
            .with("html_body", variables.in(html));
    Optional<String> text = fields.text("TextPart").filter(it -> !it.isBlank());
    return made(
        template,
        "email",
        text.isPresent() ? message.with("text_body", variables.in(text.get())) : message,
        variables);
  }

  private Made sms(Template template) {
    var variables = variables("phone_number", template);
    return made(
        template,
        "sms",
        Json.object().with("text_body", variables.in(template.fields().text("Body").orElse(""))),
        variables);
  }

  private Made push(Template template) {
    var variables = variables("id", template);
    Json.Obj part =
        PUSH_PARTS.stream()
            .map(name -> template.fields().object(name))
            .filter(it -> it.text("Body").or(() -> it.text("Title")).isPresent())
            .findFirst()
            .orElse(Json.Obj.EMPTY);
    return made(
        template,
        "push",
        Json.object()
            .with("title", variables.in(part.text("Title").orElse("")))
            .with("text_body", variables.in(part.text("Body").orElse("")))
            .with("settings", Json.object().with("delivery_type", "content")),
        variables);
  }

  private PinpointVariables variables(String address, Template template) {
    return new PinpointVariables(
        address, lists, template.fields().text("DefaultSubstitutions").orElse(""));
  }

  private Made made(Template template, String type, Json.Obj message, PinpointVariables variables) {
    Json.Obj step =
        Json.object()
            .with("ref", type + "_1")
            .with("type", "channel")
            .with("channel_key", channels.getOrDefault(type, type))
            .with("channel_type", type)
            .with("template", message);
    Json.Obj workflow =
        Json.object()
            .with("name", template.name())
            .with("template_language", "handlebars")
            .with("steps", Json.array(List.of(step)));
    Optional<String> description =
        template.fields().text("TemplateDescription").filter(it -> !it.isBlank());
    return new Made(
        key(template.name()),
        description.isPresent() ? workflow.with("description", description.get()) : workflow,
        variables.lost());
  }

  /** As keys are written: {@code Order Shipped} is {@code order-shipped}. */
  static String key(String name) {
    String key =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return key.isEmpty() ? "unnamed" : key;
  }
}
