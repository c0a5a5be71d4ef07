package dev.carillon.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Workflows for simulations and races: all that the engine can do, with little to render. */
final class Plots {
  static final String POST =
      """
      {"type": "channel", "ref": "http_%s", "channel_type": "http", "channel_key": "webhook",
       "template": {"method": "post", "url": "https://hooks.example/{{recipient.id}}", "body": "{{text}}"}}
      """;
  static final String FEED =
      """
      {"type": "channel", "ref": "feed_%s", "channel_type": "in_app_feed", "channel_key": "feed",
       "template": {"markdown_body": "{{text}}", "action_url": "https://app.example/"}}
      """;

  private Plots() {}

  private static Map<String, String> all() {
    var all = new LinkedHashMap<String, String>();
    all.put("at-once", workflow(post(1)));
    all.put("soon", workflow(feed(1), delay("seconds", 30), post(1)));
    all.put("later", workflow(post(1), delay("minutes", 40), feed(1), post(2)));
    all.put("digest", workflow(batch("\"batch_items_max_limit\": 4"), post(1)));
    all.put(
        "sliding",
        workflow(
            batch(
                """
                "batch_window_type": "sliding", "workflow_version_mode": "latest",
                "batch_window_extension_limit": {"unit": "minutes", "value": 5}
                """),
            post(1)));
    all.put("leading", workflow(batch("\"batch_execution_mode\": \"flush_leading\""), post(1)));
    all.put("budget", workflow(throttle(2, "drop"), post(1)));
    all.put("overflow", workflow(throttle(1, "batch"), feed(1), batch(""), post(1)));
    all.put("many-ways", workflow(MANY_WAYS));
    all.put("child", workflow(feed(1)));
    all.put("parent", workflow(post(1), CHILD, post(2)));
    all.put("listening", workflow(LISTENING, post(1)));
    return Map.copyOf(all);
  }

  static final String MANY_WAYS =
      """
      {"type": "http_fetch", "ref": "fetch_1", "settings": {"method": "get", "url": "https://data.example/"}},
      {"type": "update_data", "ref": "data_1", "settings": {"data": "{\\"more\\": 1}"}},
      {"type": "update_user", "ref": "user_1", "settings": {"recipient_mode": "current", "update_properties": "{\\"plan\\": \\"pro\\"}"}},
      {"type": "branch", "ref": "branch_1", "branches": [
        {"name": "one", "conditions": {"all": [{"variable": "recipient.id", "operator": "equal_to", "argument": "person-1"}]},
         "steps": [{"type": "delay", "ref": "delay_in_1", "settings": {"delay_for": {"unit": "seconds", "value": 5}}}]},
        {"name": "others", "steps": []}]},
      {"type": "random_cohort", "ref": "cohort_1", "cohort_branches": [
        {"name": "a", "percentage": "50", "steps": []},
        {"name": "b", "percentage": "50", "terminates": true, "steps": []}]},
      """
          + post(1);

  static final String CHILD =
      """
      {"type": "trigger_workflow", "ref": "trigger_1", "settings": {"workflow_key": "child"}}
      """;

  /** Until a run of the workflow at-once is through, or a minute has passed. */
  static final String LISTENING =
      """
      {"type": "wait_for_event", "ref": "wait_1", "settings": {
        "event": {"event_key": "completed", "event_type": "workflow", "source_key": "at-once", "source_type": "workflow"},
        "match_conditions": [{"conditions": [{"variable": "event.workflow_recipient_run_id", "operator": "exists"}]}],
        "expires_after": {"unit": "minutes", "value": 1}, "on_match": "continue", "on_timeout": "continue"}}
      """;

  static final Map<String, String> ALL = all();

  /**
   * @param more further settings
   */
  static String batch(String more) {
    return """
    {"type": "batch", "ref": "batch_1", "settings": {"batch_window": {"unit": "minutes", "value": 2}%s}}
    """
        .formatted(more.isEmpty() ? "" : ", " + more);
  }

  static String throttle(int limit, String onExceeded) {
    return """
    {"type": "throttle", "ref": "throttle_1", "settings": {"throttle_limit": %d, "on_exceeded": "%s",
      "throttle_window": {"unit": "minutes", "value": 3}}}
    """
        .formatted(limit, onExceeded);
  }

  static String post(int number) {
    return POST.formatted(number);
  }

  static String feed(int number) {
    return FEED.formatted(number);
  }

  static String delay(String unit, int value) {
    return """
    {"type": "delay", "ref": "delay_1", "settings": {"delay_for": {"unit": "%s", "value": %d}}}
    """
        .formatted(unit, value);
  }

  static String workflow(String... steps) {
    return "{\"name\": \"Plot\", \"steps\": [" + String.join(", ", List.of(steps)) + "]}";
  }
}
