package dev.carillon.functions.operator;

import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.webhook.stream.CollectorHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what the collector of traces wants to see with each request, such as its key, in the place
 * of what it wanted before. It is written and never shown: the answer names it. Safe to repeat.
 */
final class TraceHeaders {
  /** Long enough for any token. */
  private static final int LONGEST = 8_000;

  private static final int MOST = 10;

  /** What the body is, is said already. */
  private static final Set<String> SAID = Set.of("content-type", "content-encoding");

  private final CollectorHeaders headers;

  TraceHeaders(CollectorHeaders headers) {
    this.headers = headers;
  }

  /**
   * {@code {"action": "trace_headers", "headers": {"x-api-key": "…"}}}, without any for none.
   *
   * @return {@code {"headers": ["x-api-key"]}}
   */
  Json.Obj run(RequestFields request) {
    RequestValue given = request.only(Set.of("action", "headers")).required("headers");
    RequestFields named = given.object();
    if (named.json().fields().size() > MOST) {
      throw given.refused("must be at most " + MOST);
    }
    var all = new LinkedHashMap<String, String>();
    for (String name : named.json().fields().keySet()) {
      RequestValue value = named.required(name);
      String lower = name.toLowerCase(Locale.ROOT);
      if (SAID.contains(lower) || !GuardedHttp.takes(Map.of(lower, value.text(LONGEST)))) {
        throw value.refused("is not a header that can be sent to a collector");
      }
      all.put(lower, value.text());
    }
    headers.put(all);
    return Json.object().with("headers", Json.texts(List.copyOf(all.keySet())));
  }
}
