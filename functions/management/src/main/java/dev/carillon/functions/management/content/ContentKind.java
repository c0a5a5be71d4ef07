package dev.carillon.functions.management.content;

import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.edge.ErrorCode;
import dev.carillon.json.Json;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;

/** How the management API speaks of a type of content whose name is one key. */
enum ContentKind {
  WORKFLOW(
      ContentType.WORKFLOW,
      "workflows",
      "workflow",
      List.of("environment", "key", "active", "valid", "created_at", "updated_at", "sha")),
  EMAIL_LAYOUT(
      ContentType.EMAIL_LAYOUT,
      "email_layouts",
      "email_layout",
      List.of("environment", "key", "created_at", "updated_at", "sha")),
  PARTIAL(
      ContentType.PARTIAL,
      "partials",
      "partial",
      List.of("environment", "key", "valid", "created_at", "inserted_at", "updated_at")),
  MESSAGE_TYPE(
      ContentType.MESSAGE_TYPE,
      "message_types",
      "message_type",
      List.of(
          "environment",
          "key",
          "valid",
          "owner",
          "semver",
          "created_at",
          "updated_at",
          "archived_at",
          "deleted_at",
          "sha")),
  AUDIENCE(
      ContentType.AUDIENCE,
      "audiences",
      "audience",
      List.of("environment", "key", "created_at", "updated_at", "sha"));

  private final ContentType type;
  private final String path;
  private final String wrapper;
  private final List<String> readonly;

  ContentKind(ContentType type, String path, String wrapper, List<String> readonly) {
    this.type = type;
    this.path = path;
    this.wrapper = wrapper;
    this.readonly = readonly;
  }

  ContentType type() {
    return type;
  }

  /** {@code /v1/workflows} */
  String path() {
    return "/v1/" + path;
  }

  /** The field of bodies and answers that holds one. */
  String wrapper() {
    return wrapper;
  }

  /** The content without what only answers say of this kind. */
  Json.Obj written(Json.Obj content) {
    return this == MESSAGE_TYPE ? content.without("owner") : content;
  }

  /** The fields that every such content has. */
  List<String> required() {
    return switch (this) {
      case WORKFLOW -> List.of("name", "steps");
      case EMAIL_LAYOUT -> List.of("name", "html_layout");
      case PARTIAL -> List.of("name", "type", "content");
      case MESSAGE_TYPE -> List.of("name");
      case AUDIENCE -> List.of("name", "type");
    };
  }

  /** The fields that answers add, and that nobody may set. */
  List<String> readonly() {
    return readonly;
  }

  /**
   * Whether answers are annotated when nobody says: Knock's command line does not ask for it when
   * it pushes audiences, and would write all that answers add into its files.
   */
  boolean alwaysAnnotated() {
    return this == AUDIENCE;
  }

  /**
   * @throws dev.carillon.edge.ApiException when nothing can be named so
   */
  ContentId id(String key) {
    if (!WorkflowKey.isValid(key)) {
      throw ErrorCode.INVALID_PARAMS.at("key", "must be 1 to 255 of a-z 0-9 _ -");
    }
    return new ContentId(type, key);
  }
}
