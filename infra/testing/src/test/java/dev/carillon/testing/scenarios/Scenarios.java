package dev.carillon.testing.scenarios;

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
import dev.carillon.subscription.Subscription;
import dev.carillon.task.StepsTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Stories for the sweep, and what they are made of. */
public final class Scenarios {
  public static final RecipientId ANA = RecipientId.user("ana");
  public static final RecipientId BOB = RecipientId.user("bob");

  private Scenarios() {}

  public static final String NEW_COMMENT =
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

  public static String newComment(int delaySeconds) {
    return NEW_COMMENT.formatted(delaySeconds);
  }

  public static String password() {
    return """
    {"name": "Password reset", "steps": [
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
       "template": {"subject": "Reset", "html_body": "<p>{{code}}</p>"}}]}
    """;
  }

  public static final String CALL =
      """
      {"type": "channel", "ref": "http_1", "channel_type": "http", "channel_key": "webhook",
       "template": {"method": "post", "url": "https://hooks.example/{{recipient.id}}", "body": "{}"}}\
      """;

  public static String delayed(String unit, int value) {
    return """
    {"name": "Later", "steps": [
      {"type": "delay", "ref": "delay_1", "settings": {"delay_for": {"unit": "%s", "value": %d}}},
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
       "template": {"subject": "Later", "html_body": "<p>{{data.text}}</p>"}}]}
    """
        .formatted(unit, value);
  }

  public static Json.Obj person(String id) {
    return Json.object()
        .with("id", id)
        .with("name", id.toUpperCase(java.util.Locale.ROOT))
        .with("email", id + "@example.com")
        .with("title", "new here");
  }

  public static Json.Obj comment() {
    return Json.object()
        .with("recipients", Json.array(List.of(person("ana"), person("bob"))))
        .with("actor", person("carl"))
        .with("tenant", "acme")
        .with("data", Json.object().with("page", "plans").with("comment", "Fine & dandy"));
  }

  /** Two people are told; one looks at the feed and later changes her title. */
  public static Scenario comments() {
    return new Scenario(
        "comment: feed, webhook, 30 s, email",
        new WorkflowKey("new-comment"),
        newComment(30),
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          engine.client(() -> look(engine, client, BOB));
          engine.client(() -> confirm(engine));
          var promoted = new boolean[1];
          engine.client(() -> promote(engine, client, ANA, promoted));
          client.must(Call.trigger("new-comment", comment()).once("comment-1"));
        },
        Duration.ofHours(2),
        List.of(ANA, BOB, RecipientId.user("carl")));
  }

  /** One of the plots, for two people and three times, a second between. */
  public static Scenario plot(String key) {
    return plot(key, 3, List.of("ana", "bob"));
  }

  /**
   * One of the plots. Two that wait for the same minute make as many calls as they have shards of
   * it between them, which depends on the day: what waits that long is to be told to one.
   */
  public static Scenario plot(String key, int times, List<String> people) {
    return new Scenario(
        "plot " + key,
        new WorkflowKey(key),
        TestWorkflows.ALL.get(key),
        TestWorkflows::setting,
        engine -> {
          var client = new RetryingClient(engine);
          for (int i = 1; i <= times; i++) {
            Json.Obj body = told("text " + i, people);
            client.must(
                Call.trigger(key, body.with("data", TestWorkflows.data("text " + i, engine.now())))
                    .once(key + i));
            engine.advance(Duration.ofSeconds(1));
          }
        },
        Duration.ofDays(2),
        List.of(ANA, BOB),
        key.equals("parent") ? Map.of("child", TestWorkflows.ALL.get("child")) : Map.of());
  }

  public static Json.Obj told(String text, List<String> people) {
    return Json.object()
        .with("recipients", Json.array(people.stream().map(Scenarios::person).toList()))
        .with("data", Json.object().with("text", text));
  }

  public static Scenario fortyDays() {
    return new Scenario(
        "40 days",
        new WorkflowKey("later"),
        delayed("days", 40),
        _ -> {},
        engine ->
            new RetryingClient(engine)
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
  public static Scenario failing(String name, Consumer<InProcessEngine> setting) {
    return new Scenario(
        name,
        new WorkflowKey("password"),
        password(),
        setting,
        engine ->
            new RetryingClient(engine)
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
  public static Scenario subscribed() {
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
            new RetryingClient(engine)
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

  /** An object with more subscribers than are gone through one page after the other. */
  public static Scenario crowded() {
    var org = new RecipientId("orgs", "ingen");
    List<RecipientId> crowd =
        IntStream.rangeClosed(1, 7).mapToObj(i -> RecipientId.user("p" + i)).toList();
    return new Scenario(
        "an object with a crowd of subscribers",
        new WorkflowKey("password"),
        password(),
        engine -> {
          engine.ports().subscriptions().pagesOf(1);
          subscribe(engine, org, crowd);
        },
        engine ->
            new RetryingClient(engine)
                .must(
                    Call.trigger(
                            "password",
                            Json.object()
                                .with("recipients", Json.array(List.of(org.reference())))
                                .with("data", Json.object().with("code", "123456")))
                        .once("org-2")),
        Duration.ofHours(3),
        List.of(crowd.getFirst()));
  }

  public static void known(InProcessEngine engine, RecipientId id, Json.Obj properties) {
    engine
        .ports()
        .recipients()
        .identify(
            InProcessEngine.ENVIRONMENT,
            id,
            new Identification(properties, Optional.empty(), Map.of(), Map.of()),
            "setting",
            engine.now());
  }

  private static void subscribe(
      InProcessEngine engine, RecipientId object, List<RecipientId> subscribers) {
    subscribers.forEach(
        one ->
            engine
                .ports()
                .subscriptions()
                .put(InProcessEngine.ENVIRONMENT, new Subscription(object, one, Json.Obj.EMPTY)));
  }

  /** A run waits until its own item is seen, and then writes a mail. */
  public static Scenario heard() {
    return new Scenario(
        "waits until its item is seen",
        new WorkflowKey("hearing"),
        HEARING,
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
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

  /** Somebody opens her feed, and all that is in it is seen at once. */
  public static Scenario markedAll() {
    return new Scenario(
        "all of a feed is seen",
        new WorkflowKey("noted"),
        """
        {"name": "Noted", "steps": [
          {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
           "template": {"markdown_body": "Look", "action_url": "https://app.example/"}}]}
        """,
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          var marked = new boolean[1];
          engine.client(
              () -> {
                if (marked[0] || messages(engine, Message::isInFeed).size() < 2) {
                  return false;
                }
                marked[0] = true;
                client.must(
                    Call.post(
                        "/v1/channels/feed/messages/bulk/seen",
                        Json.object().with("user_ids", Json.array(List.of(Json.of("ana"))))));
                return true;
              });
          client.must(
              Call.trigger(
                      "noted",
                      Json.object()
                          .with("recipients", Json.array(List.of(person("ana"), person("bob")))))
                  .once("noted-1"));
        },
        Duration.ofHours(1),
        List.of(ANA, BOB));
  }

  /** Every wake is lost until a minute after the wait is over. */
  public static Scenario sleptIn() {
    return new Scenario(
        "10 minutes, all wakes lost",
        new WorkflowKey("later"),
        delayed("minutes", 10),
        engine -> {
          var found = engine.now().plus(Duration.ofMinutes(11));
          engine.lose(
              task ->
                  task instanceof StepsTask.Advance(_, _, _, _, _, var wake)
                      && wake.isPresent()
                      && engine.now().isBefore(found));
        },
        engine ->
            new RetryingClient(engine)
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

  /** The channel would rather send nothing than send twice. */
  public static Scenario atMostOnce() {
    return failing(
        "at most once",
        engine -> {
          var channels = engine.ports().channels();
          var email = channels.find(InProcessEngine.ENVIRONMENT, "email").orElseThrow();
          channels.put(
              InProcessEngine.ENVIRONMENT,
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
  private static boolean confirm(InProcessEngine engine) {
    var unconfirmed =
        engine.email().accepted().stream()
            .flatMap(
                offer ->
                    engine
                        .ports()
                        .messages()
                        .find(InProcessEngine.ENVIRONMENT, offer.message().id())
                        .stream())
            .filter(message -> message.status() != DeliveryStatus.DELIVERED)
            .toList();
    unconfirmed.forEach(message -> engine.sesReports("Delivery", message.id()));
    return !unconfirmed.isEmpty();
  }

  private static boolean look(InProcessEngine engine, RetryingClient client, RecipientId who) {
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

  private static boolean promote(
      InProcessEngine engine, RetryingClient client, RecipientId who, boolean[] done) {
    boolean toDo =
        engine
            .ports()
            .recipients()
            .find(InProcessEngine.ENVIRONMENT, who)
            .filter(it -> it.text("title").equals(Optional.of("new here")))
            .isPresent();
    if (toDo && !done[0]) {
      done[0] = true;
      client.must(Call.put("/v1/users/" + who.id(), Json.object().with("title", "head of it")));
      return true;
    }
    return false;
  }

  public static List<Message> messages(InProcessEngine engine, Predicate<Message> wanted) {
    return engine
        .ports()
        .messages()
        .newestFirst(InProcessEngine.ENVIRONMENT, TimeRange.ALL, wanted, PageRequest.first(10_000))
        .items();
  }

  public static List<Run> runs(InProcessEngine engine) {
    return engine
        .ports()
        .runs()
        .newestFirst(
            InProcessEngine.ENVIRONMENT, TimeRange.ALL, _ -> true, PageRequest.first(10_000))
        .items();
  }
}
