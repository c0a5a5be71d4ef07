package dev.carillon.local.iam;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which grants were used, with one request as the example of each, and what was refused. Grows with
 * the policies, not with the calls. Safe for many threads.
 */
public final class AccessRecords {
  // Refusals are to be mended, not collected.
  private static final int REFUSALS = 1000;

  private record Used(String caller, String action, List<Grant> by) {}

  private record Refused(String caller, String action, String resource) {}

  private final Map<Used, AccessRequest.Need> used = new LinkedHashMap<>();
  private final Map<Refused, String> refused = new LinkedHashMap<>();

  synchronized void used(String caller, AccessRequest.Need need, List<Grant> by) {
    used.putIfAbsent(new Used(caller, need.action(), by), need);
  }

  synchronized void refused(String caller, AccessRequest.Need need, String why) {
    if (refused.size() >= REFUSALS) {
      return;
    }
    var sentence =
        "refused: %s may not %s on %s%s %s. The grants stand in infra/aws, in ServicesStack."
            .formatted(
                caller,
                need.action(),
                need.resource(),
                need.context().isEmpty() ? "" : " (" + need.context() + ")",
                why);
    if (refused.putIfAbsent(new Refused(caller, need.action(), need.resource()), sentence)
        == null) {
      System.out.println(sentence);
    }
  }

  /** {@code refused}: sentences; {@code used}: each with who, what, and by which grants. */
  public synchronized Json.Obj json() {
    var uses = new ArrayList<Json>();
    used.forEach(
        (one, need) ->
            uses.add(
                Json.object()
                    .with("caller", one.caller())
                    .with("action", one.action())
                    .with("resource", need.resource())
                    .with("context", context(need.context()))
                    .with("by", Json.array(one.by().stream().map(AccessRecords::grant).toList()))));
    return Json.object()
        .with("refused", Json.texts(refused.values()))
        .with("used", Json.array(uses));
  }

  private static Json.Obj context(Map<String, List<String>> context) {
    var json = Json.object();
    for (var entry : context.entrySet()) {
      json = json.with(entry.getKey(), Json.texts(entry.getValue()));
    }
    return json;
  }

  private static Json.Obj grant(Grant grant) {
    return Json.object()
        .with("policy", grant.policy())
        .with("statement", Json.of(grant.statement()))
        .with("action", grant.action())
        .with("resource", grant.resource())
        .with("values", Json.texts(grant.values()));
  }
}
