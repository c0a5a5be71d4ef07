package dev.carillon.source;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A source of events as one environment has it. Those of one key are one source: it receives at
 * another URL in each environment, and may do something else there.
 *
 * @param id what its URL ends in
 * @param revision 0 before it is first stored, then the number of times it was
 */
public record Source(
    EnvironmentId environment,
    String key,
    SourceId id,
    About about,
    SourceSettings settings,
    List<ActionMapping> mappings,
    long revision,
    Instants at) {
  /** How many mappings one may have; they are all stored in one item. */
  public static final int MOST_MAPPINGS = 200;

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  /** What the identify call of a customer data platform is called. */
  private static final String IDENTIFY = "identify";

  private static final Json.Obj TRAITS =
      Json.object().with("id", "user_id").with("properties", "body.traits");

  public Source {
    mappings = List.copyOf(mappings);
  }

  /** What people see of it. */
  public record About(String name, Optional<String> description, Optional<String> imageUrl) {}

  public record Instants(Instant created, Instant updated) {}

  public static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /** What an event of the type is to do, in the order in which it is carried out. */
  public List<ActionMapping> actionsOf(String eventType) {
    var actions =
        new ArrayList<>(
            mappings.stream()
                .filter(it -> it.active() && it.eventType().equals(eventType))
                .toList());
    if (settings.handleIdentifies()
        && eventType.equals(IDENTIFY)
        && actions.stream().noneMatch(it -> it.type() == ActionType.USERS_IDENTIFY)) {
      actions.add(
          new ActionMapping(
              IDENTIFY, ActionType.USERS_IDENTIFY, TRAITS, true, at.created(), at.created()));
    }
    actions.sort(Comparator.comparing(ActionMapping::type));
    return List.copyOf(actions);
  }

  /**
   * What came in, as far as the settings can read it.
   *
   * @param headers by their names in lower case
   */
  public SourceReading read(Json.Obj body, Map<String, String> headers) {
    return SourceReading.of(settings, body, headers);
  }

  public Source with(About next, Instant now) {
    return new Source(
        environment, key, id, next, settings, mappings, revision, new Instants(at.created(), now));
  }

  public Source with(SourceSettings next, List<ActionMapping> nextMappings, Instant now) {
    return new Source(
        environment, key, id, about, next, nextMappings, revision, new Instants(at.created(), now));
  }

  public Source stored() {
    return new Source(environment, key, id, about, settings, mappings, revision + 1, at);
  }
}
