package dev.carillon.testing;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.schedule.Schedule;
import dev.carillon.subscription.Subscription;
import dev.carillon.task.Task;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Stories for the sweep, and what they are made of. */
final class Scenarios {
  static final RecipientId ANA = RecipientId.user("ana");
  static final RecipientId BOB = RecipientId.user("bob");

  private Scenarios() {}

  static final String NEW_COMMENT =
      """
      {"name": "New comment", "categories": ["collaboration"], "steps": [
        {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
         "template": {"markdown_body": "**{{actor.name}}** commented on {{page}}", "action_url": "https://app.example/{{page}}"}},
        {"type": "channel", "ref": "http_1", "channel_type": "http", "channel_key": "webhook",
         "template": {"method": "post", "url": "https://hooks.example/{{recipient.id}}", "body": "{\\"page\\": \\"{{page}}\\"}"}},
        {"type": "delay", "ref": "delay_1", "settings": {"delay_for": {"unit": "seconds", "value": %d}}},
        {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
         "conditions": {"all": [{"variable": "refs.feed_1.engagement_status", "operator": "not_contains", "argument": "$message.seen"}]},
         "template": {"subject": "{{actor.name}} commented", "html_body": "<p>On {{page}}: {{comment}}</p>"}}]}
      """;

  static String newComment(int delaySeconds) {
    return NEW_COMMENT.formatted(delaySeconds);
  }

  static String password() {
    return """
    {"name": "Password reset", "steps": [
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
       "template": {"subject": "Reset", "html_body": "<p>{{code}}</p>"}}]}
    """;
  }

  static final String HELD_ITEM =
      """
      {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed", "send_windows": %s,
       "template": {"markdown_body": "It is noon", "action_url": "https://app.example/"}}\
      """;

  static final String HELD_MAIL =
      """
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email", "send_windows": %s,
       "template": {"subject": "Noon", "html_body": "<p>It is noon</p>"}}\
      """;

  static final String CALL =
      """
      {"type": "channel", "ref": "http_1", "channel_type": "http", "channel_key": "webhook",
       "template": {"method": "post", "url": "https://hooks.example/{{recipient.id}}", "body": "{}"}}\
      """;

  /** What is held waits for noon or, on a Tuesday, for that of the day after. */
  static String windowed(String... steps) {
    String windows =
        """
        [{"day": "monday", "type": "send", "from": "12:00:00", "until": "13:00:00"},
         {"day": "tuesday", "type": "do_not_send"},
         {"day": "wednesday", "type": "send", "from": "12:00:00", "until": "13:00:00"},
         {"day": "thursday", "type": "send", "from": "12:00:00", "until": "13:00:00"},
         {"day": "friday", "type": "send", "from": "12:00:00", "until": "13:00:00"},
         {"day": "saturday", "type": "send", "from": "12:00:00", "until": "13:00:00"},
         {"day": "sunday", "type": "send", "from": "12:00:00", "until": "13:00:00"}]\
        """;
    return "{\"name\": \"Windowed\", \"steps\": [%s]}"
        .formatted(String.join(",", steps).replace("%s", windows));
  }

  static String delayed(String unit, int value) {
    return """
    {"name": "Later", "steps": [
      {"type": "delay", "ref": "delay_1", "settings": {"delay_for": {"unit": "%s", "value": %d}}},
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
       "template": {"subject": "Later", "html_body": "<p>{{data.text}}</p>"}}]}
    """
        .formatted(unit, value);
  }

  static Json.Obj person(String id) {
    return Json.object()
        .with("id", id)
        .with("name", id.toUpperCase(java.util.Locale.ROOT))
        .with("email", id + "@example.com")
        .with("title", "new here");
  }

  static Json.Obj comment() {
    return Json.object()
        .with("recipients", Json.array(List.of(person("ana"), person("bob"))))
        .with("actor", person("carl"))
        .with("tenant", "acme")
        .with("data", Json.object().with("page", "plans").with("comment", "Fine & dandy"));
  }

  /** Two people are told; one looks at the feed and later changes her title. */
  static Scenario comments() {
    return new Scenario(
        "comment: feed, webhook, 30 s, email",
        new WorkflowKey("new-comment"),
        newComment(30),
        _ -> {},
        engine -> {
          var client = new Client(engine);
          engine.client(() -> look(engine, client, BOB));
          engine.client(() -> confirm(engine));
          var promoted = new boolean[1];
          engine.client(() -> promote(engine, client, ANA, promoted));
          client.must(Call.trigger("new-comment", comment()).once("comment-1"));
        },
        Duration.ofHours(2),
        List.of(ANA, BOB, RecipientId.user("carl")));
  }

  /** Cancelled once both runs wait and what they sent before has arrived. */
  static Scenario cancelled(List<String> whom) {
    Json.Obj body = comment().with("cancellation_key", "comment-7");
    Json.Obj cancel = Json.object().with("cancellation_key", "comment-7");
    Json.Obj cancelling = whom.isEmpty() ? cancel : cancel.with("recipients", Json.texts(whom));
    return new Scenario(
        "cancel " + (whom.isEmpty() ? "all" : whom),
        new WorkflowKey("new-comment"),
        newComment(7200),
        _ -> {},
        engine -> {
          var client = new Client(engine);
          var done = new boolean[1];
          engine.client(
              () -> {
                List<Run> runs = runs(engine);
                boolean waiting =
                    runs.size() == 2
                        && runs.stream().allMatch(it -> it.state() instanceof Run.State.Waiting)
                        && messages(engine, it -> it.status() != DeliveryStatus.DELIVERED)
                            .isEmpty();
                if (done[0] || !waiting) {
                  return false;
                }
                done[0] = true;
                client.must(Call.cancel("new-comment", cancelling));
                return true;
              });
          client.must(Call.trigger("new-comment", body).once("comment-7"));
        },
        Duration.ofHours(5),
        List.of());
  }

  /** Cancelled before a single run began. */
  static Scenario cancelledAtOnce() {
    return new Scenario(
        "cancel at once",
        new WorkflowKey("new-comment"),
        newComment(30),
        _ -> {},
        engine -> {
          var client = new Client(engine);
          client.must(
              Call.trigger("new-comment", comment().with("cancellation_key", "k")).once("k"));
          client.must(Call.cancel("new-comment", Json.object().with("cancellation_key", "k")));
        },
        Duration.ofHours(5),
        List.of());
  }

  /** Cancelled when nothing is under way for the first time, which a fault makes earlier. */
  static Scenario cancelledWhenIdle() {
    return new Scenario(
        "cancel when idle",
        new WorkflowKey("new-comment"),
        newComment(7200),
        _ -> {},
        engine -> {
          var client = new Client(engine);
          var done = new boolean[1];
          client.must(
              Call.trigger("new-comment", comment().with("cancellation_key", "k")).once("k"));
          engine.client(
              () -> {
                if (done[0]) {
                  return false;
                }
                done[0] = true;
                client.must(
                    Call.cancel("new-comment", Json.object().with("cancellation_key", "k")));
                return true;
              });
        },
        Duration.ofHours(5),
        List.of());
  }

  /** One of the plots, for two people and three times, a second between. */
  static Scenario plot(String key) {
    return plot(key, 3, List.of("ana", "bob"));
  }

  /**
   * One of the plots. Two that wait for the same minute make as many calls as they have shards of
   * it between them, which depends on the day: what waits that long is to be told to one.
   */
  static Scenario plot(String key, int times, List<String> people) {
    return new Scenario(
        "plot " + key,
        new WorkflowKey(key),
        Plots.ALL.get(key),
        Plots::setting,
        engine -> {
          var client = new Client(engine);
          for (int i = 1; i <= times; i++) {
            Json.Obj body = told("text " + i, people);
            client.must(
                Call.trigger(key, body.with("data", Plots.data("text " + i, engine.now())))
                    .once(key + i));
            engine.advance(Duration.ofSeconds(1));
          }
        },
        Duration.ofDays(2),
        List.of(ANA, BOB),
        key.equals("parent") ? Map.of("child", Plots.ALL.get("child")) : Map.of());
  }

  private static Json.Obj told(String text, List<String> people) {
    return Json.object()
        .with("recipients", Json.array(people.stream().map(Scenarios::person).toList()))
        .with("data", Json.object().with("text", text));
  }

  /**
   * Whoever opened a batch is cancelled when nothing is under way for the first time; then another
   * joins. A fault may let the first have joined and not know of it.
   */
  static Scenario holderCancelled() {
    return new Scenario(
        "cancel the holder of a batch",
        new WorkflowKey("digest"),
        Plots.ALL.get("digest"),
        _ -> {},
        engine -> {
          var client = new Client(engine);
          var done = new boolean[1];
          client.must(
              Call.trigger(
                      "digest", told("first", List.of("ana", "bob")).with("cancellation_key", "k"))
                  .once("first"));
          engine.client(
              () -> {
                if (done[0]) {
                  return false;
                }
                done[0] = true;
                client.must(Call.cancel("digest", Json.object().with("cancellation_key", "k")));
                client.must(
                    Call.trigger("digest", told("second", List.of("ana", "bob"))).once("second"));
                return true;
              });
        },
        Duration.ofHours(3),
        List.of(ANA, BOB));
  }

  static Scenario fortyDays() {
    return new Scenario(
        "40 days",
        new WorkflowKey("later"),
        delayed("days", 40),
        _ -> {},
        engine ->
            new Client(engine)
                .must(
                    Call.trigger(
                            "later",
                            Json.object()
                                .with("recipients", Json.array(List.of(person("ana"))))
                                .with("data", Json.object().with("text", "at last")))
                        .once("later-1")),
        Duration.ofDays(42),
        List.of(ANA));
  }

  /**
   * @param setting makes the provider of email fail
   */
  static Scenario failing(String name, Consumer<Engine> setting) {
    return new Scenario(
        name,
        new WorkflowKey("password"),
        password(),
        setting,
        engine ->
            new Client(engine)
                .must(
                    Call.trigger(
                            "password",
                            Json.object()
                                .with("recipients", Json.array(List.of(person("ana"))))
                                .with("data", Json.object().with("code", "123456")))
                        .once("reset-1")),
        Duration.ofHours(3),
        List.of(ANA));
  }

  /**
   * An organisation is told: three people of its own and a team of two, one of whom is in both. The
   * actor is in both too.
   */
  static Scenario subscribed() {
    var org = new RecipientId("orgs", "ingen");
    var team = new RecipientId("teams", "park");
    return new Scenario(
        "an object and its subscribers",
        new WorkflowKey("password"),
        password(),
        engine -> {
          for (String id : List.of("ana", "bob", "carl", "dodo", "eve")) {
            known(engine, RecipientId.user(id), person(id).without("id"));
          }
          known(engine, org, Json.object().with("name", "InGen"));
          subscribe(engine, org, List.of(ANA, BOB, RecipientId.user("carl"), team));
          subscribe(
              engine, team, List.of(BOB, RecipientId.user("dodo"), RecipientId.user("carl"), org));
        },
        engine ->
            new Client(engine)
                .must(
                    Call.trigger(
                            "password",
                            Json.object()
                                .with(
                                    "recipients",
                                    Json.array(List.of(org.reference(), Json.of("eve"))))
                                .with("actor", "carl")
                                .with("data", Json.object().with("code", "123456")))
                        .once("org-1")),
        Duration.ofHours(3),
        List.of(ANA));
  }

  static void known(Engine engine, RecipientId id, Json.Obj properties) {
    engine
        .ports()
        .recipients()
        .identify(
            Engine.ENVIRONMENT,
            id,
            new Identification(properties, Optional.empty(), Map.of(), Map.of()),
            "setting",
            engine.now());
  }

  private static void subscribe(Engine engine, RecipientId object, List<RecipientId> subscribers) {
    subscribers.forEach(
        one ->
            engine
                .ports()
                .subscriptions()
                .put(Engine.ENVIRONMENT, new Subscription(object, one, Json.Obj.EMPTY)));
  }

  /** A message waits for noon. */
  static Scenario windowed(String name, String step) {
    return new Scenario(
        name + " held back until noon",
        new WorkflowKey("windowed"),
        windowed(step),
        _ -> {},
        engine -> atNoon(new Client(engine)),
        Duration.ofDays(4),
        List.of(ANA));
  }

  /** A message waits for noon and is cancelled before. */
  static Scenario windowedAndCancelled() {
    return new Scenario(
        "mail held back until noon and cancelled",
        new WorkflowKey("windowed"),
        windowed(HELD_MAIL),
        _ -> {},
        engine -> {
          var client = new Client(engine);
          var done = new boolean[1];
          engine.client(
              () -> {
                if (done[0] || runs(engine).isEmpty()) {
                  return false;
                }
                done[0] = true;
                client.must(
                    Call.cancel("windowed", Json.object().with("cancellation_key", "noon")));
                return true;
              });
          atNoon(client);
        },
        Duration.ofDays(4),
        List.of(ANA));
  }

  /** Every task of a message that is held back is lost until its window is open for a while. */
  static Scenario windowedAndLost() {
    return new Scenario(
        "mail held back until noon, all tasks lost",
        new WorkflowKey("windowed"),
        windowed(HELD_MAIL),
        engine ->
            engine.lose(
                task ->
                    task instanceof Task.Deliver(_, var id, _, _, _, var minute)
                        && minute.isPresent()
                        && messages(engine, message -> message.id().equals(id)).stream()
                            .flatMap(message -> message.scheduledAt().stream())
                            .anyMatch(
                                opens ->
                                    engine.now().isBefore(opens.plus(Duration.ofMinutes(10))))),
        engine -> atNoon(new Client(engine)),
        Duration.ofDays(4),
        List.of(ANA));
  }

  private static void atNoon(Client client) {
    client.must(
        Call.trigger(
                "windowed",
                Json.object()
                    .with("recipients", Json.array(List.of(person("ana"))))
                    .with("cancellation_key", "noon"))
            .once("noon-1"));
  }

  /** A run waits until its own item is seen, and then writes a mail. */
  static Scenario heard() {
    return new Scenario(
        "waits until its item is seen",
        new WorkflowKey("hearing"),
        HEARING,
        _ -> {},
        engine -> {
          var client = new Client(engine);
          engine.client(
              () ->
                  runs(engine).stream()
                          .anyMatch(
                              run ->
                                  run.state() instanceof Run.State.Waiting(var wait)
                                      && wait.kind() instanceof Wait.Kind.Listen)
                      && look(engine, client, ANA));
          client.must(
              Call.trigger(
                      "hearing",
                      Json.object().with("recipients", Json.array(List.of(person("ana")))))
                  .once("hearing-1"));
        },
        Duration.ofHours(3),
        List.of(ANA));
  }

  private static final String HEARING =
      """
      {"name": "Hearing", "steps": [
        {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
         "template": {"markdown_body": "Look", "action_url": "https://app.example/"}},
        {"type": "wait_for_event", "ref": "wait_1",
         "settings": {"event": {"event_type": "message", "source_type": "workflow", "source_key": "hearing", "event_key": "seen"},
                      "match_conditions": [{"operator": "and", "conditions": [{"variable": "event.step_ref", "operator": "equal_to", "argument": "feed_1"}]}],
                      "expires_after": {"unit": "hours", "value": 2}, "on_timeout": "continue"}},
        {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
         "template": {"subject": "{{refs.wait_1.matched}}", "html_body": "<p>{{refs.wait_1.signal_variables.step_ref}}</p>"}}]}
      """;

  /** Every wake is lost until a minute after the wait is over. */
  static Scenario sleptIn() {
    return new Scenario(
        "10 minutes, all wakes lost",
        new WorkflowKey("later"),
        delayed("minutes", 10),
        engine -> {
          var found = engine.now().plus(Duration.ofMinutes(11));
          engine.lose(
              task ->
                  task instanceof Task.Advance(_, _, _, _, _, var wake)
                      && wake.isPresent()
                      && engine.now().isBefore(found));
        },
        engine ->
            new Client(engine)
                .must(
                    Call.trigger(
                            "later",
                            Json.object()
                                .with("recipients", Json.array(List.of(person("ana"))))
                                .with("data", Json.object().with("text", "at last")))
                        .once("later-1")),
        Duration.ofHours(3),
        List.of(ANA));
  }

  /**
   * Two people hear daily at ten by their own clocks, for three days. What Ana is told is changed
   * after her first time; Bob's schedule is deleted after his second.
   */
  static Scenario scheduled() {
    return new Scenario(
        "schedule: made, changed, deleted, ended",
        new WorkflowKey("later"),
        delayed("seconds", 1),
        _ -> {},
        engine -> {
          var client = new Client(engine);
          var done = new boolean[2];
          engine.client(
              () ->
                  onceRun(engine, ANA, 1, done, 0)
                      && client
                          .must(
                              Call.put(
                                  "/v1/schedules",
                                  ids(client, "ana")
                                      .with("data", Json.object().with("text", "changed"))))
                          .ok());
          engine.client(
              () ->
                  onceRun(engine, BOB, 2, done, 1)
                      && client.must(Call.delete("/v1/schedules", ids(client, "bob"))).ok());
          client.must(
              dailyAtTen(
                  "later",
                  engine,
                  Duration.ofHours(60),
                  person("ana"),
                  person("bob").with("timezone", "America/New_York")));
        },
        Duration.ofDays(6),
        List.of(ANA, BOB));
  }

  /** Ana hears twice, and whatever is set for it is lost for the first four minutes. */
  static Scenario sleptThroughSchedule() {
    return new Scenario(
        "schedule, all alarms lost",
        new WorkflowKey("password"),
        password(),
        engine -> engine.lose(task -> task instanceof Task.Occur occur && isEarly(engine, occur)),
        engine ->
            new Client(engine)
                .must(dailyAtTen("password", engine, Duration.ofHours(30), person("ana"))),
        Duration.ofDays(3),
        List.of(ANA));
  }

  private static boolean isEarly(Engine engine, Task.Occur task) {
    return engine
        .ports()
        .schedules()
        .find(Engine.ENVIRONMENT, task.schedule())
        .filter(schedule -> schedule.revision() == task.revision())
        .flatMap(Schedule::next)
        .filter(at -> engine.now().isBefore(at.plus(Duration.ofMinutes(4))))
        .isPresent();
  }

  private static Call dailyAtTen(String workflow, Engine engine, Duration ending, Json... people) {
    Json.Obj daily = Json.object().with("frequency", "daily").with("hours", Json.of(10));
    return Call.post(
            "/v1/schedules",
            Json.object()
                .with("workflow", workflow)
                .with("recipients", Json.array(List.of(people)))
                .with("repeats", Json.array(List.of(daily)))
                .with("data", Json.object().with("text", "as it was"))
                .with("tenant", "acme")
                .with("ending_at", engine.now().plus(ending).toString()))
        .once("schedule-1");
  }

  /** Whether that many runs of somebody have completed, the first time that this is so. */
  private static boolean onceRun(
      Engine engine, RecipientId who, int times, boolean[] done, int what) {
    long completed =
        runs(engine).stream()
            .filter(run -> run.recipient().equals(who))
            .filter(run -> run.state() instanceof Run.State.Completed)
            .count();
    boolean now = !done[what] && completed == times;
    done[what] |= now;
    return now;
  }

  private static Json.Obj ids(Client client, String user) {
    var list = client.must(Call.get("/v1/users/" + user + "/schedules")).body().list("entries");
    return Json.object()
        .with(
            "schedule_ids",
            Json.texts(list.stream().map(it -> ((Json.Obj) it).text("id").orElseThrow()).toList()));
  }

  /** The channel would rather send nothing than send twice. */
  static Scenario atMostOnce() {
    return failing(
        "at most once",
        engine -> {
          var channels = engine.ports().channels();
          var email = channels.find(Engine.ENVIRONMENT, "email").orElseThrow();
          channels.put(
              Engine.ENVIRONMENT,
              new Channel(
                  email.id(),
                  email.key(),
                  email.name(),
                  email.type(),
                  email.provider(),
                  email.settings().with("at_most_once", Json.TRUE),
                  email.createdAt(),
                  email.updatedAt()));
        });
  }

  /** SES reports each mail as delivered that it took. */
  private static boolean confirm(Engine engine) {
    var unconfirmed =
        engine.email().accepted().stream()
            .flatMap(
                offer ->
                    engine
                        .ports()
                        .messages()
                        .find(Engine.ENVIRONMENT, offer.message().id())
                        .stream())
            .filter(message -> message.status() != DeliveryStatus.DELIVERED)
            .toList();
    unconfirmed.forEach(message -> engine.sesReports("Delivery", message.id()));
    return !unconfirmed.isEmpty();
  }

  private static boolean look(Engine engine, Client client, RecipientId who) {
    var unseen =
        messages(
            engine,
            message ->
                message.recipient().equals(who)
                    && message.source().step().value().equals("feed_1")
                    && !message.engagement().containsKey(Engagement.SEEN));
    unseen.forEach(
        message -> client.must(Call.put("/v1/messages/" + message.id() + "/seen", Json.object())));
    return !unseen.isEmpty();
  }

  private static boolean promote(Engine engine, Client client, RecipientId who, boolean[] done) {
    boolean toDo =
        engine
            .ports()
            .recipients()
            .find(Engine.ENVIRONMENT, who)
            .filter(it -> it.text("title").equals(Optional.of("new here")))
            .isPresent();
    if (toDo && !done[0]) {
      done[0] = true;
      client.must(Call.put("/v1/users/" + who.id(), Json.object().with("title", "head of it")));
      return true;
    }
    return false;
  }

  static List<Message> messages(Engine engine, Predicate<Message> wanted) {
    return engine
        .ports()
        .messages()
        .newestFirst(Engine.ENVIRONMENT, TimeRange.ALL, wanted, PageRequest.first(10_000))
        .items();
  }

  static List<Run> runs(Engine engine) {
    return engine
        .ports()
        .runs()
        .newestFirst(Engine.ENVIRONMENT, TimeRange.ALL, _ -> true, PageRequest.first(10_000))
        .items();
  }
}
