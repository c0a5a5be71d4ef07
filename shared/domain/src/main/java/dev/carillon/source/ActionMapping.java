package dev.carillon.source;

import dev.carillon.json.Json;
import java.time.Instant;

/**
 * What events of one type do.
 *
 * @param eventType exactly as events bear it, case included
 * @param parameters texts: names or paths, see {@link ActionType}
 * @param active whether it is carried out at all
 */
public record ActionMapping(
    String eventType,
    ActionType type,
    Json.Obj parameters,
    boolean active,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether it starts this workflow, named as such; a path may lead to any. */
  public boolean starts(String workflow) {
    return active
        && type == ActionType.WORKFLOWS_TRIGGER
        && parameters.text("key").filter(workflow::equals).isPresent();
  }

  /** Whether it says the same, whenever it was written. */
  public boolean saysSameAs(ActionMapping other) {
    return eventType.equals(other.eventType)
        && type == other.type
        && parameters.equals(other.parameters)
        && active == other.active;
  }
}
