package dev.carillon.condition;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What conditions are held against.
 *
 * @param scope what paths lead into: {@code data}, {@code recipient}, {@code vars}, …
 * @param statuses the steps that the conditions ask about, by ref; one that is not here is unknown
 * @param audiences whether the recipient is in each audience that the conditions ask about, by key;
 *     in one that is not here it is not
 * @param secrets the names below {@code vars} whose values must not appear in a log
 */
public record Facts(
    Json.Obj scope,
    Map<String, StepStatus> statuses,
    Map<String, Boolean> audiences,
    Set<String> secrets,
    Instant now) {

  private static final String VARIABLES = "vars";

  public Facts {
    statuses = Map.copyOf(statuses);
    audiences = Map.copyOf(audiences);
    secrets = Set.copyOf(secrets);
  }

  public Facts(Json.Obj scope, Map<String, StepStatus> statuses, Set<String> secrets, Instant now) {
    this(scope, statuses, Map.of(), secrets, now);
  }

  /** Nothing but the scope. */
  public static Facts of(Json.Obj scope, Instant now) {
    return new Facts(scope, Map.of(), Map.of(), Set.of(), now);
  }

  public Facts withStatuses(Map<String, StepStatus> known) {
    return new Facts(scope, known, audiences, secrets, now);
  }

  public Facts withAudiences(Map<String, Boolean> known) {
    return new Facts(scope, statuses, known, secrets, now);
  }

  public Facts withSecrets(Set<String> names) {
    return new Facts(scope, statuses, audiences, names, now);
  }

  /** Without the secrets: what texts are made of that are kept, or that people come to read. */
  public Facts open() {
    Json.Obj vars = scope.object(VARIABLES);
    for (String name : secrets) {
      vars = vars.without(name);
    }
    return secrets.isEmpty() ? this : with(VARIABLES, vars);
  }

  /**
   * With what steps that waited for an event found, by their refs: {@code matched} and {@code
   * signal_variables}. Conditions see them below {@code refs}.
   */
  public Facts withOutputs(Map<String, Json.Obj> refs) {
    return refs.isEmpty() ? this : with(Refs.ROOT, new Json.Obj(new LinkedHashMap<>(refs)));
  }

  /** With the event that a waiting step is to match, below {@code event}. */
  public Facts withEvent(Json event) {
    return with(ConditionsReader.EVENT_ROOT, event);
  }

  private Facts with(String root, Json value) {
    return new Facts(scope.with(root, value), statuses, audiences, secrets, now);
  }

  /** What the path leads to; empty when it leads nowhere. */
  public Optional<Json> at(Path path) {
    return path.in(scope);
  }

  /** As {@link #at(Path)}; where a path is asked for often, keep it as one. */
  public Optional<Json> at(String path) {
    return at(Path.of(path));
  }

  /** Whether the path leads to a secret, or to all variables when there are secrets among them. */
  public boolean isSecret(Path path) {
    return path.root().equals("vars")
        && (path.names().size() == 1 ? !secrets.isEmpty() : secrets.contains(path.names().get(1)));
  }
}
