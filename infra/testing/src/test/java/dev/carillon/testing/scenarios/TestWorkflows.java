package dev.carillon.testing.scenarios;

import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.subscription.Subscription;
import dev.carillon.testing.engine.InProcessEngine;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Workflows for simulations and races: all that the engine can do, with little to render. */
public final class TestWorkflows {
  public static final String POST =
      """
      {"type": "channel", "ref": "http_%s", "channel_type": "http", "channel_key": "webhook",
       "template": {"method": "post", "url": "https://hooks.example/{{recipient.id}}", "body": "{{text}}"}}
      """;
  public static final String FEED =
      """
      {"type": "channel", "ref": "feed_%s", "channel_type": "in_app_feed", "channel_key": "feed",
       "template": {"markdown_body": "{{text}}", "action_url": "https://app.example/"}}
      """;

  /** Simulations and sweeps begin at nine. */
  public static final String LATER_TODAY = "'from': '09:20:00'";

  /** Two people and a team of two more, one of whom is in both. */
  public static final RecipientId CREW = new RecipientId("crews", "park");

  private static final RecipientId TEAM = new RecipientId("teams", "rangers");

  private TestWorkflows() {}

  /** Whom a trigger for the crew reaches. */
  public static List<RecipientId> crew() {
    return List.of(
        CREW,
        TEAM,
        RecipientId.user("person-1"),
        RecipientId.user("person-2"),
        RecipientId.user("person-3"));
  }

  /** Whom a trigger for the crew reaches once it is a {@link #crowd}. */
  public static List<RecipientId> crowded() {
    return Stream.concat(
            crew().stream(), Stream.of("person-0", "person-4", "person-5").map(RecipientId::user))
        .toList();
  }

  /**
   * From now on so many subscribe to the crew that what does not fit into a few pages, of one
   * subscriber each, is gone through in pieces beside each other.
   */
  public static void crowd(InProcessEngine engine) {
    engine.ports().subscriptions().pagesOf(1);
    crowded().stream()
        .filter(RecipientId::isUser)
        .forEach(
            it -> {
              Scenarios.known(engine, it, Json.object().with("name", it.id()));
              subscribe(engine, CREW, it);
            });
  }

  /** What some of the plots ask for beside workflows. */
  public static void setting(InProcessEngine engine) {
    Json.Obj mails =
        GuideEngine.json(
            "{'key': 'mails', 'channel_type': 'email', 'operator': 'all', 'channel_rules':"
                + " [{'index': 0, 'rule_type': 'always', 'channel_key': 'email'}]}");
    engine
        .ports()
        .environments()
        .put(
            InProcessEngine.ENVIRONMENT,
            new EnvironmentSettings(Optional.empty(), Json.Obj.EMPTY, List.of(mails)));
    crew().forEach(it -> Scenarios.known(engine, it, Json.object().with("name", it.id())));
    subscribe(engine, CREW, RecipientId.user("person-1"), RecipientId.user("person-2"), TEAM);
    subscribe(engine, TEAM, RecipientId.user("person-2"), RecipientId.user("person-3"), CREW);
  }

  private static void subscribe(
      InProcessEngine engine, RecipientId object, RecipientId... subscribers) {
    for (RecipientId one : subscribers) {
      engine
          .ports()
          .subscriptions()
          .put(InProcessEngine.ENVIRONMENT, new Subscription(object, one, Json.Obj.EMPTY));
    }
  }

  /** Data for any of them. */
  public static Json.Obj data(String text, Instant now) {
    return Json.object()
        .with("text", text)
        .with("kind", "kind")
        .with("wait", Json.object().with("unit", "seconds").with("value", Json.of(10)))
        .with("event_at", now.plus(Duration.ofMinutes(3)).toString());
  }

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
    all.put("keeping", workflow(KEEPING, post(1)));
    all.put("noticing", workflow(feed(1), NOTICING, post(1)));
    all.put("quiet", workflow(inWindows("hold", LATER_TODAY, post(1)), feed(1)));
    all.put("held", workflow(inWindows("queue", LATER_TODAY, post(1)), feed(1)));
    all.put("mailing", workflow(MAILING));
    all.put("at-last", workflow(AT_LAST, post(1)));
    all.put(
        "once",
        "{\"trigger_frequency\": \"once_per_recipient\", " + workflow(post(1)).substring(1));
    return Map.copyOf(all);
  }

  public static final String MANY_WAYS =
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

  /** An object and a tenant are told whom it was about. */
  public static final String KEEPING =
      """
      {"type": "update_object", "ref": "object_1", "settings": {
        "recipient_gid": "gid://Object/projects/apollo", "update_properties": "{\\"last\\": \\"{{text}}\\"}"}},
      {"type": "update_tenant", "ref": "tenant_1", "settings": {"recipient_mode": "reference",
        "recipient_gid": "gid://Object/$tenants/acme", "update_properties": "{\\"tier\\": \\"gold\\"}"}}
      """;

  /** One wait after the other for each kind of event that {@link #LISTENING} leaves out. */
  public static final String NOTICING =
      String.join(
          ",",
          listen(
              "'seen', 'event_type': 'message', 'source_type': 'workflow', 'source_key':"
                  + " 'noticing'"),
          listen("'updated', 'event_type': 'recipient'"),
          listen("'enter', 'event_type': 'audience', 'audience_key': 'vips'"),
          listen("'sent', 'event_type': 'message', 'source_type': 'guide', 'source_key': 'tour'"),
          listen("'paid', 'event_type': 'integration_source', 'integration_source_key': 'shop'"));

  private static String listen(String event) {
    return """
    {'type': 'wait_for_event', 'ref': 'wait_%s', 'settings': {'event': {'event_key': %s},
      'match_conditions': [{'conditions': [{'variable': 'event.any', 'operator': 'not_equal_to', 'argument': 'x'}]}],
      'expires_after': {'unit': 'seconds', 'value': 20}, 'on_match': 'continue', 'on_timeout': 'continue'}}
    """
        .formatted(event.substring(1, event.indexOf("',")), event)
        .replace('\'', '"');
  }

  /** A mail through the channels of a group, within a budget that all workflows share. */
  public static final String MAILING =
      """
      {"type": "throttle", "ref": "throttle_1", "settings": {"throttle_limit": 3, "scope": "environment",
        "throttle_key": "{{recipient.id}}", "throttle_window": {"unit": "minutes", "value": 5}}},
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_group_key": "mails",
       "channel_overrides": {"link_tracking": true, "open_tracking": true},
       "template": {"subject": "{{text}}", "html_body": "<p>{{text}} <a href=\\"https://app.example/\\">Look</a></p>"}}
      """;

  /** Waits as long as the data says, until a minute before what it says, and until the hour. */
  public static final String AT_LAST =
      """
      {"type": "delay", "ref": "delay_1", "settings": {"delay_until_field_path": "data.wait"}},
      {"type": "delay", "ref": "delay_2", "settings": {"delay_for": {"unit": "minutes", "value": -1}, "delay_until_field_path": "data.event_at"}},
      {"type": "delay", "ref": "delay_3", "settings": {"delay_for": {"frequency": "hourly", "minutes": 0}}},
      {"type": "batch", "ref": "batch_1", "settings": {"batch_window": {"unit": "seconds", "value": 30}, "batch_order": "desc", "batch_key": "kind"}}
      """;

  /**
   * The step, which sends at those hours of each day only.
   *
   * @param mode what becomes of it at others: {@code queue} or {@code hold}
   * @param hours {@code 'from'} and {@code 'until'}
   */
  public static String inWindows(String mode, String hours, String step) {
    String window = ("{'day': '%s', 'type': 'send', " + hours + "}").replace('\'', '"');
    String windows =
        Stream.of(DayOfWeek.values())
            .map(day -> window.formatted(day.name().toLowerCase(Locale.ROOT)))
            .collect(Collectors.joining(","));
    String open = step.strip();
    return open.substring(0, open.length() - 1)
        + ", \"send_window_mode\": \"%s\", \"send_windows\": [%s]}".formatted(mode, windows);
  }

  public static final String CHILD =
      """
      {"type": "trigger_workflow", "ref": "trigger_1", "settings": {"workflow_key": "child"}}
      """;

  /** Until a run of the workflow at-once is through, or a minute has passed. */
  public static final String LISTENING =
      """
      {"type": "wait_for_event", "ref": "wait_1", "settings": {
        "event": {"event_key": "completed", "event_type": "workflow", "source_key": "at-once", "source_type": "workflow"},
        "match_conditions": [{"conditions": [{"variable": "event.workflow_recipient_run_id", "operator": "exists"}]}],
        "expires_after": {"unit": "minutes", "value": 1}, "on_match": "continue", "on_timeout": "continue"}}
      """;

  public static final Map<String, String> ALL = all();

  /** Triggered by who comes into the audience {@code members}; waits for its leaving, and posts. */
  public static final String WELCOME = "welcome";

  /** All, and what an audience triggers, which nobody calls. */
  public static final Map<String, String> SIMULATED = simulated();

  private static Map<String, String> simulated() {
    var all = new LinkedHashMap<>(ALL);
    String open =
        workflow(listen("'exit', 'event_type': 'audience', 'audience_key': 'members'"), post(1));
    all.put(
        WELCOME,
        "{\"trigger\": {\"type\": \"audience\", \"audience_key\": \"members\"}, "
            + open.substring(1));
    return Map.copyOf(all);
  }

  /**
   * @param more further settings
   */
  public static String batch(String more) {
    return """
    {"type": "batch", "ref": "batch_1", "settings": {"batch_window": {"unit": "minutes", "value": 2}%s}}
    """
        .formatted(more.isEmpty() ? "" : ", " + more);
  }

  public static String throttle(int limit, String onExceeded) {
    return """
    {"type": "throttle", "ref": "throttle_1", "settings": {"throttle_limit": %d, "on_exceeded": "%s",
      "throttle_window": {"unit": "minutes", "value": 3}}}
    """
        .formatted(limit, onExceeded);
  }

  public static String post(int number) {
    return POST.formatted(number);
  }

  public static String feed(int number) {
    return FEED.formatted(number);
  }

  public static String delay(String unit, int value) {
    return """
    {"type": "delay", "ref": "delay_1", "settings": {"delay_for": {"unit": "%s", "value": %d}}}
    """
        .formatted(unit, value);
  }

  public static String workflow(String... steps) {
    return "{\"name\": \"Plot\", \"steps\": [" + String.join(", ", List.of(steps)) + "]}";
  }
}
