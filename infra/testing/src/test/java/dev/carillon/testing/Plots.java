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

  static final Map<String, String> ALL = all();

  private Plots() {}

  private static Map<String, String> all() {
    var all = new LinkedHashMap<String, String>();
    all.put("at-once", workflow(post(1)));
    all.put("soon", workflow(feed(1), delay("seconds", 30), post(1)));
    all.put("later", workflow(post(1), delay("minutes", 40), feed(1), post(2)));
    return Map.copyOf(all);
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
