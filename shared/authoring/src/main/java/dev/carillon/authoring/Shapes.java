package dev.carillon.authoring;

import static dev.carillon.authoring.Shape.Kind.FLAG;
import static dev.carillon.authoring.Shape.Kind.LIST;
import static dev.carillon.authoring.Shape.Kind.OBJECT;
import static dev.carillon.authoring.Shape.Kind.TEXT;
import static dev.carillon.authoring.Shape.Kind.TEXTS;

import dev.carillon.json.Json;
import java.util.Map;

/**
 * The fields of contents: those that Carillon reads, and those that Knock has which only say
 * something to people, such as a description.
 */
final class Shapes {
  private static final Shape CONDITION = Shape.of("variable", "operator", "argument");

  /** Groups nest as deep as anybody likes; their reader says what is wrong with deeper ones. */
  private static final Shape CONDITIONS =
      CONDITION
          .and("operator")
          .with("all", group(3))
          .with("any", group(3))
          .with("conditions", group(3));

  private static final Shape WINDOW =
      Shape.of(
          "unit",
          "value",
          "direction",
          "frequency",
          "interval",
          "days",
          "day_of_month",
          "hours",
          "minutes");

  private static final Shape PLACEMENT =
      Shape.of(
          "column_gap",
          "horizontal_align",
          "padding_bottom",
          "padding_left",
          "padding_right",
          "padding_top");
  private static final Shape BLOCK =
      Shape.of("id", "type", "version").with("layout_attrs", PLACEMENT);
  private static final Map<String, Shape> BLOCKS =
      Map.of(
          "html", BLOCK.and("content"),
          "markdown", BLOCK.and("content", "variant"),
          "divider", BLOCK,
          "image", BLOCK.and("url", "alt", "action").with("style_attrs", Shape.of("width")),
          "button_set",
              BLOCK.with(
                  "buttons",
                  Shape.of("label", "action", "variant")
                      .being(LIST)
                      .with("size_attrs", Shape.of("size", "is_fullwidth"))
                      .with(
                          "style_attrs",
                          Shape.of(
                              "background_color",
                              "text_color",
                              "border_color",
                              "border_width",
                              "border_radius"))),
          "partial", BLOCK.and("key", "name", "attrs"));

  private static final Shape REQUEST = Shape.of("url", "method", "headers", "query_params", "body");

  private static final Map<String, Shape> TEMPLATES =
      Map.of(
          "email",
              Shape.of()
                  .and(TEXT, "subject", "html_body", "text_body")
                  .and(LIST, "visual_blocks")
                  .and(FLAG, "is_mjml")
                  .with(
                      "settings",
                      object()
                          .and(
                              TEXT, "layout_key", "pre_content", "preview_text", "attachment_key")),
          "in_app_feed",
              Shape.of()
                  .and(TEXT, "markdown_body", "action_url")
                  .with("action_buttons", list().and(TEXT, "label", "action")),
          "sms",
              Shape.of()
                  .and(TEXT, "text_body")
                  .with("settings", object().and(TEXT, "to_number").and("payload_overrides")),
          "push",
              Shape.of()
                  .and(TEXT, "title", "text_body", "body")
                  .with("settings", object().and(TEXT, "delivery_type").and("payload_overrides")),
          "chat", Shape.of("json_body").and(TEXT, "markdown_body", "summary"),
          "http", REQUEST);

  private static final Shape OVERRIDES =
      object()
          .and(FLAG, "link_tracking", "open_tracking", "override_suppression")
          .and("json_overrides");
  private static final Map<String, Shape> CHANNEL_OVERRIDES =
      Map.of(
          "email",
              OVERRIDES.and(
                  TEXT,
                  "from_address",
                  "from_name",
                  "to_address",
                  "cc_address",
                  "bcc_address",
                  "reply_to_address"),
          "push", OVERRIDES.and(FLAG, "token_deregistration"),
          "chat", OVERRIDES.and(FLAG, "email_based_user_id_resolution"));

  private static final Shape STEP =
      Shape.of().and(TEXT, "ref", "type", "name", "description").with("conditions", CONDITIONS);
  private static final Shape CHANNEL_STEP =
      STEP.and(TEXT, "channel_key", "channel_group_key", "channel_type", "send_window_mode")
          .with("send_windows", list().and("day", "type", "from", "until"));
  private static final Shape WAY =
      list()
          .and(TEXT, "name")
          .and(FLAG, "terminates")
          .and(LIST, "steps")
          .with("conditions", CONDITIONS);

  private static final Map<String, Shape> STEPS =
      Map.ofEntries(
          settings(
              "delay", Shape.of().and(TEXT, "delay_until_field_path").with("delay_for", WINDOW)),
          settings(
              "batch",
              Shape.of(
                      "batch_key",
                      "batch_until_field_path",
                      "batch_window_type",
                      "batch_order",
                      "batch_items_max_limit",
                      "batch_items_render_limit",
                      "batch_execution_mode",
                      "workflow_version_mode")
                  .with("batch_window", WINDOW)
                  .with("batch_window_extension_limit", Shape.of("unit", "value"))),
          settings(
              "throttle",
              Shape.of(
                      "throttle_key",
                      "throttle_limit",
                      "throttle_window_field_path",
                      "on_exceeded",
                      "scope")
                  .with("throttle_window", WINDOW)),
          settings(
              "wait_for_event",
              Shape.of()
                  .and(TEXT, "on_match", "on_timeout")
                  .with("match_conditions", CONDITIONS.being(LIST))
                  .with("expires_after", WINDOW)
                  .with(
                      "event",
                      Shape.of(
                          "event_type",
                          "event_key",
                          "source_key",
                          "source_type",
                          "audience_key",
                          "integration_source_key"))),
          Map.entry("branch", STEP.with("branches", WAY)),
          Map.entry(
              "random_cohort",
              STEP.and(TEXT, "cohort_key").with("cohort_branches", WAY.and("percentage"))),
          settings("http_fetch", REQUEST.and("response_path", "signing_key")),
          settings(
              "trigger_workflow",
              Shape.of(
                  "workflow_key", "recipients", "actor", "tenant", "data", "cancellation_key")),
          settings("update_data", Shape.of("data")),
          settings("update_user", Shape.of("recipient_mode", "recipient_gid", "update_properties")),
          settings(
              "update_object", Shape.of("recipient_mode", "recipient_gid", "update_properties")),
          settings(
              "update_tenant", Shape.of("recipient_mode", "recipient_gid", "update_properties")));

  /** What answers say of any content, so that files which keep it may say it too. */
  private static final Shape CONTENT =
      Shape.of().and(TEXT, "name", "template_language").and(Bare.ANSWERED.toArray(String[]::new));

  static final Shape WORKFLOW =
      CONTENT
          .and(TEXT, "description", "trigger_frequency")
          .and(TEXTS, "categories", "tags")
          .and(OBJECT, "trigger_data_json_schema")
          .and(LIST, "steps")
          .with(
              "settings",
              object().and(FLAG, "is_commercial", "override_preferences", "override_suppression"))
          .with("conditions", CONDITIONS.being(OBJECT))
          .with("trigger", Shape.of("type", "audience_key"))
          .without("goal_attachment", "Goals are not supported yet.");

  static final Shape LAYOUT =
      CONTENT
          .and(TEXT, "html_layout", "text_layout")
          .and(FLAG, "is_mjml")
          .with("footer_links", list().and("text", "url"))
          .with(
              "branding_overrides",
              Shape.of(
                  "primary_color",
                  "primary_color_contrast",
                  "primary_text_color",
                  "secondary_text_color",
                  "dark_primary_color",
                  "dark_primary_color_contrast",
                  "logo_url",
                  "icon_url",
                  "dark_logo_url",
                  "dark_icon_url"));

  static final Shape PARTIAL =
      CONTENT
          .and(TEXT, "type", "content", "description", "icon_name")
          .and(FLAG, "visual_block_enabled")
          .and(LIST, "input_schema");

  static final Shape MESSAGE_TYPE =
      CONTENT
          .and(TEXT, "description", "icon_name", "owner", "preview", "semver")
          .and(LIST, "variants");

  static final Shape AUDIENCE =
      CONTENT
          .and(TEXT, "description", "type")
          .with("segments", Shape.of("conditions").with("conditions", CONDITION.and("property")));

  private Shapes() {}

  private static Shape object() {
    return Shape.of().being(OBJECT);
  }

  private static Shape list() {
    return Shape.of().being(LIST);
  }

  private static Shape group(int deeper) {
    return deeper == 0
        ? Shape.ANY
        : CONDITION
            .with("all", group(deeper - 1))
            .with("any", group(deeper - 1))
            .with("conditions", group(deeper - 1));
  }

  private static Map.Entry<String, Shape> settings(String type, Shape settings) {
    return Map.entry(type, STEP.with("settings", settings.being(OBJECT)));
  }

  /** That of a step; anything when nobody knows what kind of step it is. */
  static Shape step(Json.Obj step) {
    String type = step.text("type").orElse("");
    return type.equals("channel")
        ? channel(step.text("channel_type").orElse(""))
        : STEPS.getOrDefault(type, Shape.ANY);
  }

  private static Shape channel(String type) {
    Shape template = TEMPLATES.getOrDefault(type, Shape.ANY);
    return CHANNEL_STEP
        .with("template", template.being(OBJECT))
        .with(
            "channel_overrides",
            type.isEmpty()
                ? Shape.ANY.being(OBJECT)
                : CHANNEL_OVERRIDES.getOrDefault(type, OVERRIDES));
  }

  /** That of a block of an email. */
  static Shape block(Json.Obj block) {
    return BLOCKS.getOrDefault(block.text("type").orElse(""), Shape.ANY);
  }
}
