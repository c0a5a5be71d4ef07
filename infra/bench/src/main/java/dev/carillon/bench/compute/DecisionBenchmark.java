package dev.carillon.bench.compute;

import static dev.carillon.bench.compute.Written.json;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelSet;
import dev.carillon.channel.ChannelType;
import dev.carillon.condition.StepStatus;
import dev.carillon.content.LibraryShelf;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.EnvironmentContext;
import dev.carillon.run.Participants;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.decision.Decide;
import dev.carillon.run.decision.Move;
import dev.carillon.run.decision.StepInput;
import dev.carillon.run.decision.Texts;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What is decided for one step, from what was read to where the run goes next: the facts, the
 * step's conditions, what the recipient prefers by the sets of the environment, of the tenant and
 * of the recipient within it, the send window, the step that comes after. No call of a port, as in
 * production: what it rests on has been read by then.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final StepRef EMAIL_STEP = new StepRef("email_1");
  private static final RecipientId MIRA = RecipientId.user("mira");
  private static final Texts NO_TEXTS = new NoTexts();

  private final List<Channel> channels =
      List.of(
          channel("email", ChannelType.EMAIL, 1),
          channel("feed", ChannelType.IN_APP_FEED, 2),
          channel("webhook", ChannelType.HTTP, 3));
  private final Workflow workflow =
      workflow(
          """
          {'name': 'New comment', 'categories': ['collaboration', 'documents'], 'steps': [
            {'type': 'channel', 'ref': 'feed_1', 'channel_type': 'in_app_feed', 'channel_key': 'feed',
             'template': {'markdown_body': 'A comment'}},
            {'type': 'delay', 'ref': 'delay_1',
             'settings': {'delay_for': {'unit': 'minutes', 'value': 5}}},
            {'type': 'channel', 'ref': 'email_1', 'channel_type': 'email', 'channel_key': 'email',
             'conditions': {'all': [
               {'variable': 'refs.feed_1.engagement_status', 'operator': 'not_contains',
                'argument': '$message.seen'},
               {'variable': 'recipient.plan', 'operator': 'not_equal_to', 'argument': 'free'},
               {'any': [
                 {'variable': 'data.priority', 'operator': 'greater_than', 'argument': '3'},
                 {'variable': 'data.mentions', 'operator': 'contains', 'argument': 'recipient.id'}]}]},
             'send_windows': [
               {'day': 'tuesday', 'type': 'send', 'from': '08:00', 'until': '20:00'}],
             'template': {'subject': 'A comment', 'html_body': '<p>A comment</p>'}},
            {'type': 'channel', 'ref': 'webhook_1', 'channel_type': 'http', 'channel_key': 'webhook',
             'template': {'method': 'post', 'url': 'https://example.com/hook', 'body': '{}'}}]}
          """);
  private final EnvironmentSettings environment =
      new EnvironmentSettings(
          Optional.empty(),
          json(
              """
              {'channel_types': {'email': true, 'in_app_feed': true, 'sms': false},
               'categories': {'marketing': false, 'collaboration': true},
               'workflows': {'weekly-digest': {'channel_types': {'email': false}}}}
              """),
          List.of());
  private final Recipient tenant =
      recipient(
          new RecipientId(RecipientId.TENANTS, "acme"),
          """
          {'name': 'Acme', 'settings': {'branding': {'primary_color': '#7a3e12'}, 'preference_set': {
            'categories': {'collaboration': {'channel_types': {'email': true, 'chat': false}}},
            'channel_types': {'email': true}}}}
          """,
          Map.of());
  private final Recipient mira =
      recipient(
          MIRA,
          """
          {'name': 'Mira', 'email': 'mira@example.com', 'plan': 'team', 'timezone': 'Europe/Berlin',
           'locale': 'de', 'avatar': 'https://example.com/mira.png', 'role': {'id': 7, 'name': 'editor'}}
          """,
          Map.of(
              "default",
              json("{'channel_types': {'email': false}}"),
              "acme",
              json(
                  """
                  {'workflows': {
                     'new-comment': {'channel_types': {
                       'email': {'conditions': [
                         {'variable': 'data.document.muted', 'operator': 'not_equal_to',
                          'argument': 'true'}]},
                       'in_app_feed': true}},
                     'invoice-paid': false},
                   'categories': {'collaboration': {'channel_types': {'email': true}}},
                   'channel_types': {'email': true, 'push': false}}
                  """)));
  private final Recipient actor =
      recipient(
          RecipientId.user("carl"),
          "{'name': 'Carl', 'email': 'carl@example.com', 'plan': 'team'}",
          Map.of());
  private final Json.Obj data =
      json(
          """
          {'comment': 'Is there more of this?', 'priority': 2, 'mentions': ['mira', 'ana', 'bob'],
           'document': {'id': 'doc-7', 'title': 'Sailing directions', 'muted': false,
                        'url': 'https://example.com/doc-7'}}
          """);
  private final Trigger trigger =
      new Trigger(
          new EnvironmentId("bench"),
          TriggerId.of(NOW, "call"),
          workflow.key(),
          workflow.version(),
          List.of(new Trigger.Named(MIRA, Optional.empty(), Json.Obj.EMPTY)),
          Optional.of(new Trigger.Named(actor.id(), Optional.empty(), Json.Obj.EMPTY)),
          Optional.of(new Trigger.Tenant(new TenantId("acme"), Identification.NOTHING)),
          data,
          Optional.empty(),
          Trigger.Settings.NONE,
          new Trigger.Source.Api());
  private final Run run = Run.start(trigger, MIRA, Optional.empty(), NOW);
  private final Map<String, StepStatus> statuses =
      Map.of(
          "feed_1",
          new StepStatus.Made(List.of(new StepStatus.Standing("delivered", Set.of("read")))));

  /** What is decided, and where the run goes from there. */
  public record Decided(Decide.Decision decision, Optional<Step> next) {}

  @Setup
  public void check() {
    if (!(decide().decision().move() instanceof Move.Deliver(_, var offers, _))
        || offers.getFirst().why().get("preference_conditions").isEmpty()) {
      throw new IllegalStateException("It decides something else: " + decide());
    }
  }

  @Benchmark
  public Decided decide() {
    Step step = workflow.step(EMAIL_STEP).orElseThrow();
    RunContext context = context();
    var facts = context.facts(run, NOW).withStatuses(statuses);
    var input = new StepInput(context, run, facts, facts, NO_TEXTS);
    return new Decided(Decide.at(step, input), workflow.after(EMAIL_STEP));
  }

  private RunContext context() {
    return new RunContext(
        trigger,
        workflow,
        new Participants(
            Optional.of(mira), Optional.of(actor), Optional.of(tenant), Map.of(), Optional.empty()),
        Optional.empty(),
        new EnvironmentContext(
            environment,
            ChannelSet.of(channels),
            new Variables.Values(
                Json.object()
                    .with("app_name", "Fable Books")
                    .with("app_url", "https://fable.example"),
                Json.Obj.EMPTY),
            LibraryShelf.EMPTY));
  }

  private static Workflow workflow(String source) {
    return switch (WorkflowReader.read(new WorkflowKey("new-comment"), json(source))) {
      case WorkflowReader.Read.Ok(var read) -> read;
      case WorkflowReader.Read.Refused(var problems, _) ->
          throw new IllegalStateException(problems.toString());
    };
  }

  private static Channel channel(String key, ChannelType type, int id) {
    return new Channel(
        new ChannelId(new UUID(7, id)), key, key, type, "p", Json.object(), NOW, NOW);
  }

  private static Recipient recipient(
      RecipientId id, String properties, Map<String, Json.Obj> preferences) {
    return new Recipient(id, json(properties), Optional.empty(), NOW, preferences, Map.of());
  }

  /** The step has no setting that is a text. */
  private static final class NoTexts implements Texts {
    @Override
    public Resolved say(Step step, String field, Step.Text text) {
      return new Resolved.Nothing();
    }

    @Override
    public Resolved json(Step step, String field, Step.Text text) {
      return new Resolved.Nothing();
    }
  }
}
