package dev.carillon.functions.api.preferences;

import dev.carillon.edge.RequestFields;
import dev.carillon.json.Json;

/** A part of a preference set that has calls of its own. */
enum PreferencePart {
  CATEGORIES("categories"),
  CHANNEL_TYPES("channel_types"),
  WORKFLOWS("workflows");

  private static final String SUBSCRIBED = "subscribed";

  private final String wireName;

  PreferencePart(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /** A set in which this part says what the body does of several names. */
  Json.Obj said(RequestFields body) {
    return Json.object().with(wireName, body.json());
  }

  /**
   * A set in which this part says of one name what the body does: {@code {"subscribed": true}}, or
   * an object with conditions or channel types.
   */
  Json.Obj said(String name, RequestFields body) {
    Json setting =
        body.optional(SUBSCRIBED)
            .<Json>map(value -> value.isObject() ? value.json() : Json.of(value.bool()))
            .orElse(body.json());
    return Json.object().with(wireName, Json.object().with(name, setting));
  }
}
