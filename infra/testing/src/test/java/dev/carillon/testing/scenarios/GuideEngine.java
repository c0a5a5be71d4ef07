package dev.carillon.testing.scenarios;

import dev.carillon.access.ManagementScope;
import dev.carillon.access.ServiceToken;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An engine that the story of a guide is played on, from Monday at nine, and short words for what
 * is done and seen. JSON is written with single quotes here.
 */
public final class GuideEngine {
  public final InProcessEngine engine;

  private GuideEngine(InProcessEngine engine) {
    this.engine = engine;
  }

  public static GuideEngine open() {
    return new GuideEngine(InProcessEngine.at(EngineFixtures.MONDAY));
  }

  public static GuideEngine at(String instant) {
    return new GuideEngine(InProcessEngine.at(Instant.parse(instant)));
  }

  public static GuideEngine on(InProcessEngine engine) {
    return new GuideEngine(engine);
  }

  public static Json.Obj json(String text) {
    return InvocationJson.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** An email step with the ref {@code email}; its subject is all that matters. */
  public static String mail(String subject) {
    return mail("email", subject);
  }

  public static String mail(String ref, String subject) {
    return """
    {'type': 'channel', 'ref': '%s', 'channel_type': 'email', 'channel_key': 'email',
     'template': {'subject': '%s', 'html_body': '<p>Body</p>'}}\
    """
        .formatted(ref, subject);
  }

  /** A step in the feed with the ref {@code feed}. */
  public static String feed(String body) {
    return """
    {'type': 'channel', 'ref': 'feed', 'channel_type': 'in_app_feed', 'channel_key': 'feed',
     'template': {'markdown_body': '%s'}}\
    """
        .formatted(body);
  }

  /** A step of another kind with the ref of that kind: {@code batch}, {@code throttle}, … */
  public static String step(String type, String settings) {
    return step(type, type, settings);
  }

  public static String step(String type, String ref, String settings) {
    return "{'type': '%s', 'ref': '%s', 'settings': {%s}}".formatted(type, ref, settings);
  }

  /** The step with conditions; of a list all must hold. */
  public static String when(String conditions, String step) {
    var held = conditions.startsWith("[") ? "{'all': " + conditions + "}" : conditions;
    return "{'conditions': " + held + ", " + step.strip().substring(1);
  }

  public static String condition(String variable, String operator, String argument) {
    return "{'variable': '%s', 'operator': '%s', 'argument': %s}"
        .formatted(variable, operator, argument);
  }

  /**
   * Can be managed from now on: its environment is called development, and the service token {@code
   * knock_st_test} may do everything.
   */
  public GuideEngine managed() {
    var ports = engine.ports();
    ports
        .environmentList()
        .put(
            new EnvironmentEntry(
                InProcessEngine.ENVIRONMENT,
                "development",
                "Development",
                0,
                engine.now(),
                engine.now()));
    ports
        .serviceTokens()
        .put(
            Digest.hex("knock_st_test"),
            new ServiceToken(
                "ci", "ci@example.com", EnumSet.allOf(ManagementScope.class), Set.of(), false));
    return this;
  }

  public GuideEngine workflow(String key, String... steps) {
    return with(key, "'name': '" + key + "'", steps);
  }

  /**
   * @param head what the file says beside its steps
   */
  public GuideEngine with(String key, String head, String... steps) {
    String source = "{%s, 'steps': [%s]}".formatted(head, String.join(", ", steps));
    engine.workflow(key, source.replace('\'', '"'));
    return this;
  }

  /** Somebody with an address. */
  public GuideEngine user(String id) {
    return user(id, "'name': '" + id + "'");
  }

  public GuideEngine user(String id, String properties) {
    Json.Obj address = Json.object().with("email", id + "@example.com");
    must(Call.put("/v1/users/" + id, address.merged(json("{" + properties + "}"))));
    return this;
  }

  public GuideEngine users(String... ids) {
    for (String id : ids) {
      user(id);
    }
    return this;
  }

  /** Gives somebody a default preference set. */
  public GuideEngine prefers(String user, String set) {
    return prefers(user, "default", set);
  }

  public GuideEngine prefers(String user, String id, String set) {
    identify(
        RecipientId.user(user),
        new Identification(Json.object(), Optional.empty(), Map.of(id, json(set)), Map.of()));
    return this;
  }

  public void identify(RecipientId id, Identification said) {
    engine
        .ports()
        .recipients()
        .identify(
            InProcessEngine.ENVIRONMENT, id, said, "cause " + engine.now() + said, engine.now());
  }

  /** Triggers the workflow and lets what can happen at once happen. */
  public TriggerId trigger(String workflow, String body) {
    CallAnswer answer = must(Call.trigger(workflow, json(body)));
    engine.settle();
    return TriggerId.parse(answer.body().text("workflow_run_id").orElseThrow());
  }

  public void cancel(String workflow, String body) {
    must(Call.cancel(workflow, json(body)));
    engine.settle();
  }

  public CallAnswer must(Call call) {
    CallAnswer answer = engine.call(call);
    if (!answer.ok()) {
      throw new IllegalStateException(
          call.path() + ": " + answer.status() + " " + InvocationJson.of(answer.body()));
    }
    return answer;
  }

  /** Lets that much time pass: {@code PT1M30S}. */
  public GuideEngine pass(String duration) {
    engine.advance(Duration.parse(duration));
    return this;
  }

  /** Each mail the provider took, in order: to whom, and its subject. */
  public List<String> mails() {
    return engine.email().accepted().stream()
        .map(
            offer ->
                offer.message().recipient().id()
                    + ": "
                    + offer.words().text("subject_line").orElseThrow())
        .toList();
  }

  /** When each mail was taken. */
  public List<String> mailTimes() {
    return engine.email().accepted().stream().map(offer -> offer.at().toString()).toList();
  }

  public List<Message> messages() {
    return EngineFixtures.messages(engine);
  }

  public Run run(TriggerId trigger, String user) {
    return run(trigger, RecipientId.user(user));
  }

  public Run run(TriggerId trigger, RecipientId recipient) {
    return engine
        .ports()
        .runs()
        .find(InProcessEngine.ENVIRONMENT, RunId.of(trigger, recipient))
        .orElseThrow();
  }

  /** The run's log, a word for each line: the step, or {@code run}, and the event. */
  public static List<String> log(Run run) {
    return run.log().stream()
        .map(
            entry ->
                entry.step().map(ref -> ref.value()).orElse("run") + " " + entry.event().wireName())
        .toList();
  }

  /** The only line of the log with that event. */
  public static LogEntry line(Run run, String event) {
    var lines = run.log().stream().filter(entry -> entry.event().wireName().equals(event)).toList();
    if (lines.size() != 1) {
      throw new IllegalStateException(lines.size() + " lines with " + event + ": " + run.log());
    }
    return lines.getFirst();
  }

  /** What the only line with that event says, beside how long it took. */
  public static Json.Obj said(Run run, String event) {
    return line(run, event).data().without("duration_ms");
  }
}
