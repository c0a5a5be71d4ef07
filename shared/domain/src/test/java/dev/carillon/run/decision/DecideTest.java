package dev.carillon.run.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelSet;
import dev.carillon.channel.ChannelType;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.Conditions.All;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.Facts;
import dev.carillon.condition.Operator;
import dev.carillon.condition.Verdict;
import dev.carillon.content.LibraryShelf;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.EnvironmentContext;
import dev.carillon.run.Participants;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.SkipReason;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.variable.Variables;
import dev.carillon.window.Period;
import dev.carillon.window.SendWindowMode;
import dev.carillon.window.SendWindows;
import dev.carillon.window.TimeUnit;
import dev.carillon.window.Window;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Step.Delay;
import dev.carillon.workflow.Step.Destination;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecideTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final Channel EMAIL = channel("email", ChannelType.EMAIL, 1);
  private static final Channel FEED = channel("feed", ChannelType.IN_APP_FEED, 2);
  private static final Channel WEBHOOK = channel("webhook", ChannelType.HTTP, 3);
  private static final Texts NO_TEXTS =
      new Texts() {
        @Override
        public Resolved say(Step step, String field, Step.Text text) {
          throw new AssertionError("Nothing here has texts");
        }

        @Override
        public Resolved json(Step step, String field, Step.Text text) {
          throw new AssertionError("Nothing here has texts");
        }
      };
  private static final Conditions NEVER =
      new All(List.of(new Condition("data.x", Operator.EQUAL_TO, Json.of("no"))));

  @Test
  void a_channel_step_delivers_when_nothing_speaks_against_it() {
    assertThat(Decide.at(step(EMAIL), situation().now()))
        .isEqualTo(new Decide.Decision(deliver(step(EMAIL), EMAIL), always()));
  }

  @Test
  void a_channel_is_named_by_its_key_or_its_id() {
    var byId = step(EMAIL, EMAIL.id().toString().toUpperCase(Locale.ROOT), "{}");
    assertThat(Decide.at(byId, situation().now()).move()).isEqualTo(deliver(byId, EMAIL));
  }

  /**
   * The checks stand in Knock's order: whatever else is wrong too, the first one is the reason.
   * Each row removes one obstacle more.
   */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # conditions, channel, email, preferences: reason
          false, false, false, false, conditions_not_met
          true,  false, false, false, channel_not_configured
          true,  true,  false, false, recipient_has_no_email
          true,  true,  true,  false, opted_out
          true,  true,  true,  true,
          """)
  void conditions_come_first_then_the_channel_then_the_recipient_then_preferences(
      boolean met, boolean configured, boolean address, boolean wanted, String reason) {
    var step =
        new ChannelStep(
            new StepRef("email_1"),
            met ? Conditions.ALWAYS : NEVER,
            ChannelType.EMAIL,
            new Destination.One("email"),
            Json.object(),
            Json.object(),
            SendWindows.ALWAYS,
            SendWindowMode.QUEUE_MESSAGE);
    StepInput situation =
        situation()
            .channels(configured ? List.of(EMAIL) : List.of(FEED))
            .recipient(
                address ? "{\"email\": \"mira@example.com\"}" : "{}",
                wanted ? "{}" : "{\"channel_types\": {\"email\": false}}")
            .now();
    Move move = Decide.at(step, situation).move();
    if (reason == null) {
      assertThat(move).isEqualTo(deliver(step, EMAIL));
    } else {
      assertThat(move)
          .isInstanceOfSatisfying(
              Move.Skip.class,
              skip -> {
                assertThat(skip.reason().wireName()).isEqualTo(reason);
                assertThat(skip.ok()).isTrue();
              });
    }
  }

  @Test
  void a_skipped_step_says_what_its_conditions_compared() {
    var step = new Delay(new StepRef("d"), NEVER, new Window.Fixed(days(1)));
    var decision = Decide.at(step, situation().data("{\"x\": \"yes\"}").now());
    assertThat(decision.verdict().findings()).hasSize(1);
    assertThat(decision.verdict().findings().getFirst().value()).isEqualTo(Json.of("yes"));
  }

  @Test
  void a_channel_of_another_type_is_not_the_one_meant() {
    var step = step(EMAIL, "feed", "{}");
    assertThat(reason(step, situation().now())).isEqualTo("channel_not_configured");
  }

  @Test
  void a_step_on_a_type_of_channel_that_cannot_be_configured_yet_is_skipped() {
    for (var type : List.of(ChannelType.SMS, ChannelType.PUSH, ChannelType.CHAT)) {
      var step = step(channel("twilio", type, 4));
      assertThat(reason(step, situation().now()))
          .as(type.name())
          .isEqualTo("channel_not_configured");
    }
  }

  @Test
  void a_channel_that_lacks_what_its_provider_needs_is_not_configured() {
    var all = List.of(EMAIL, FEED, WEBHOOK);
    var lacking = new ChannelSet(all, Map.of(EMAIL.id(), List.of("api_key")));
    var skip =
        (Move.Skip) Decide.at(step(EMAIL), situation().nobody().channels(lacking).now()).move();
    assertThat(skip.reason()).isEqualTo(SkipReason.CHANNEL_NOT_CONFIGURED);
    assertThat(skip.ok()).isTrue();
    assertThat(skip.why())
        .isEqualTo(
            Json.object()
                .with("channel", EMAIL.key())
                .with("lacks", Json.texts(List.of("api_key"))));
    assertThat(Decide.at(step(FEED), situation().channels(lacking).now()).move())
        .isEqualTo(deliver(step(FEED), FEED));
  }

  @Test
  void a_channel_that_another_takes_over_from_sends_though_it_lacks_something() {
    var main = channel("main", Json.object().with("failover", Json.texts(List.of("backup"))), 8);
    var backup = channel("backup", Json.object(), 9);
    var all = List.of(main, backup);
    var step = step(main);
    assertThat(
            Decide.at(
                    step,
                    situation()
                        .channels(new ChannelSet(all, Map.of(main.id(), List.of("api_key"))))
                        .now())
                .move())
        .isEqualTo(deliver(step, main));
    assertThat(
            reason(
                step,
                situation()
                    .channels(
                        new ChannelSet(
                            all,
                            Map.of(main.id(), List.of("api_key"), backup.id(), List.of("api_key"))))
                    .now()))
        .isEqualTo("channel_not_configured");
  }

  /** Each row: the recipient's properties, the step's overrides, and whether it is skipped. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"email": "mira@example.com"} | {}                                | false
          {"email": ""}                 | {}                                | true
          {"email": " "}                | {}                                | true
          {"email": null}               | {}                                | true
          {"email": 5}                  | {}                                | true
          {}                            | {}                                | true
          {}                            | {"to_address": "{{data.to}}"}     | false
          {}                            | {"to_address": " "}               | true
          {}                            | {"to_address": null}              | true
          """)
  void an_email_needs_an_address_or_a_step_that_gives_one(
      String properties, String overrides, boolean skipped) {
    Move move =
        Decide.at(step(EMAIL, "email", overrides), situation().recipient(properties, "{}").now())
            .move();
    assertThat(move instanceof Move.Skip).isEqualTo(skipped);
  }

  @Test
  void feeds_and_webhooks_need_nothing_of_the_recipient() {
    for (Channel channel : List.of(FEED, WEBHOOK)) {
      assertThat(Decide.at(step(channel), situation().nobody().now()).move())
          .isEqualTo(deliver(step(channel), channel));
    }
    assertThat(reason(step(EMAIL), situation().nobody().now())).isEqualTo("recipient_has_no_email");
  }

  @Test
  void an_opt_out_names_the_preference() {
    StepInput situation =
        situation()
            .recipient("{\"email\": \"m@example.com\"}", "{\"workflows\": {\"hello\": false}}")
            .now();
    assertThat(Decide.at(step(EMAIL), situation).move())
        .isEqualTo(
            new Move.Skip(
                SkipReason.OPTED_OUT,
                true,
                Json.object().with("preference", "workflows.hello").with("layer", "recipient")));
  }

  @Test
  void a_delay_waits_for_its_period() {
    assertThat(shown(delay(new Window.Fixed(new Period(30, TimeUnit.SECONDS)), "{}")))
        .isEqualTo(NOON.plusSeconds(30).toString());
    assertThat(shown(delay(new Window.Fixed(days(365)), "{}"))).isEqualTo("2027-03-10T12:00:00Z");
  }

  @Test
  void a_delay_of_no_time_is_no_failure() {
    assertThat(delay(new Window.Fixed(days(0)), "{}"))
        .isInstanceOfSatisfying(
            Move.Skip.class,
            skip -> {
              assertThat(skip.reason().wireName()).isEqualTo("delay_is_empty");
              assertThat(skip.ok()).isTrue();
            });
  }

  /** Twelve months are 366 days when a 29 February lies in them, and no longer than allowed. */
  @Test
  void a_delay_of_twelve_months_is_a_year_in_leap_years_too() {
    Instant start = Instant.parse("2027-03-10T12:00:00Z");
    StepInput situation = situation().at(start).now();
    var step =
        new Delay(
            new StepRef("d"), Conditions.ALWAYS, new Window.Fixed(new Period(12, TimeUnit.MONTHS)));
    assertThat(shown(Decide.at(step, situation).move())).isEqualTo("2028-03-10T12:00:00Z");
  }

  /** Each row: what the data holds, and until when the run waits or why it does not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "2026-03-11T12:00:00Z"         | 2026-03-11T12:00:00Z
          "2026-03-11"                   | 2026-03-11T00:00:00Z
          "2026-03-10T15:00:00+02:00"    | 2026-03-10T13:00:00Z
          "2027-03-10T12:00:00Z"         | 2027-03-10T12:00:00Z
          "2027-03-10T12:00:01Z"         | delay_too_long
          "2026-03-10T11:59:59Z"         | delay_in_the_past
          "tomorrow"                     | delay_invalid
          ""                             | delay_invalid
          null                           | delay_invalid
          5                              | delay_invalid
          {}                             | delay_invalid
          {"unit": "years", "value": 1}  | delay_invalid
          {"unit": "days", "value": 1.5} | delay_invalid
          {"unit": "hours", "value": 2}  | 2026-03-10T14:00:00Z
          {"unit": "day", "value": 1.0}  | 2026-03-11T12:00:00Z
          {"unit": "months", "value": 1} | 2026-04-10T12:00:00Z
          {"unit": "days", "value": -1}  | delay_in_the_past
          {"unit": "days", "value": 400} | delay_too_long
          {"unit": "weeks", "value": 1000000000}  | delay_too_long
          {"unit": "weeks", "value": 1e12}        | delay_invalid
          {"unit": "weeks", "value": 1e99}        | delay_invalid
          """)
  void a_delay_can_wait_until_what_the_data_says(String value, String expected) {
    assertThat(shown(delay(new Window.Field("data.at"), "{\"at\": " + value + "}")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "2026-03-11T12:00:00Z" | -2 | HOURS  | 2026-03-11T10:00:00Z
          "2026-03-11T12:00:00Z" | 1  | DAYS   | 2026-03-12T12:00:00Z
          "2026-03-31T12:00:00Z" | 1  | MONTHS | 2026-04-30T12:00:00Z
          "2026-03-09T12:00:00Z" | 2  | DAYS   | 2026-03-11T12:00:00Z
          "2026-03-10T13:00:00Z" | -2 | HOURS  | delay_in_the_past
          "2026-03-11T12:00:00Z" | 400| DAYS   | delay_too_long
          "later"                | 1  | DAYS   | delay_invalid
          {"unit": "days", "value": 1} | 1 | DAYS | delay_invalid
          "+999999999-12-31T23:59:59Z" | 1000000000 | WEEKS | delay_too_long
          """)
  void a_relative_delay_counts_from_what_the_data_says(
      String value, long amount, TimeUnit unit, String expected) {
    var until = new Window.Relative(new Period(amount, unit), "data.at");
    assertThat(shown(delay(until, "{\"at\": " + value + "}"))).isEqualTo(expected);
  }

  @Test
  void a_delay_until_a_rule_comes_goes_by_the_clocks_of_the_recipient() {
    var step = new Delay(new StepRef("d"), Conditions.ALWAYS, new Window.Field("data.at"));
    var situation = situation().data("{\"at\": {\"frequency\": \"daily\", \"hours\": 9}}");
    assertThat(shown(Decide.at(step, situation.now()).move())).isEqualTo("2026-03-11T09:00:00Z");
    var berliner = situation.recipient("{\"timezone\": \"Europe/Berlin\"}", "{}");
    assertThat(shown(Decide.at(step, berliner.now()).move())).isEqualTo("2026-03-11T08:00:00Z");
  }

  @Test
  void a_delay_that_leads_nowhere_says_so() {
    assertThat(delay(new Window.Field("data.at"), "{}"))
        .isEqualTo(
            new Move.Skip(
                SkipReason.DELAY_INVALID,
                false,
                Json.object().with("path", "data.at").with("problem", "nothing there")));
  }

  @ParameterizedTest
  @EnumSource(TimeUnit.class)
  void a_call_can_skip_every_delay(TimeUnit unit) {
    var step =
        new Delay(new StepRef("d"), Conditions.ALWAYS, new Window.Fixed(new Period(1, unit)));
    StepInput situation = situation().settings(new Trigger.Settings(false, true)).now();
    assertThat(Decide.at(step, situation).move())
        .isEqualTo(new Move.Skip(SkipReason.SKIP_DELAY, true, Json.object()));
  }

  @Test
  void skipping_delays_skips_nothing_else() {
    StepInput situation = situation().settings(new Trigger.Settings(true, true)).now();
    assertThat(Decide.at(step(EMAIL), situation).move()).isInstanceOf(Move.Deliver.class);
  }

  private static String shown(Move move) {
    return switch (move) {
      case Move.WaitUntil(var at, _) -> at.toString();
      case Move.Skip(var reason, var ok, _) -> ok ? reason.wireName() + " (ok)" : reason.wireName();
      default -> throw new AssertionError("Not what a delay does: " + move);
    };
  }

  private static Move delay(Window until, String data) {
    return Decide.at(
            new Delay(new StepRef("delay_1"), Conditions.ALWAYS, until),
            situation().data(data).now())
        .move();
  }

  private static String reason(Step step, StepInput situation) {
    return ((Move.Skip) Decide.at(step, situation).move()).reason().wireName();
  }

  private static Move.Deliver deliver(ChannelStep step, Channel channel) {
    var offer = new Move.Offer(channel, Json.object());
    return new Move.Deliver(step, List.of(offer), Json.object());
  }

  private static Verdict always() {
    return new Verdict(true, List.of());
  }

  private static Period days(long count) {
    return new Period(count, TimeUnit.DAYS);
  }

  private static ChannelStep step(Channel channel) {
    return step(channel, channel.key(), "{}");
  }

  private static ChannelStep step(Channel channel, String named, String overrides) {
    return new ChannelStep(
        new StepRef("it"),
        Conditions.ALWAYS,
        channel.type(),
        new Destination.One(named),
        Json.object(),
        json(overrides),
        SendWindows.ALWAYS,
        SendWindowMode.QUEUE_MESSAGE);
  }

  private static Channel channel(String key, Json.Obj settings, int id) {
    return new Channel(
        new ChannelId(new UUID(0xABCDEF, id)),
        key,
        key,
        ChannelType.EMAIL,
        "p",
        settings,
        NOON,
        NOON);
  }

  private static Channel channel(String key, ChannelType type, int id) {
    return new Channel(
        new ChannelId(new UUID(0xABCDEF, id)), key, key, type, "p", Json.object(), NOON, NOON);
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonLiteral.parse(text).orElseThrow();
  }

  private static Setting situation() {
    return new Setting(
        Optional.of(known("{\"email\": \"mira@example.com\"}", "{}")),
        ChannelSet.of(List.of(EMAIL, FEED, WEBHOOK)),
        Trigger.Settings.NONE,
        "{}",
        NOON);
  }

  private static Recipient known(String properties, String preferences) {
    return new Recipient(
        RecipientId.user("mira"),
        json(properties),
        Optional.empty(),
        NOON,
        Map.of("default", json(preferences)),
        Map.of());
  }

  private record Setting(
      Optional<Recipient> recipient,
      ChannelSet channels,
      Trigger.Settings settings,
      String data,
      Instant time) {

    Setting nobody() {
      return new Setting(Optional.empty(), channels, settings, data, time);
    }

    Setting recipient(String properties, String preferences) {
      return new Setting(
          Optional.of(known(properties, preferences)), channels, settings, data, time);
    }

    Setting channels(List<Channel> others) {
      return channels(ChannelSet.of(others));
    }

    Setting channels(ChannelSet others) {
      return new Setting(recipient, others, settings, data, time);
    }

    Setting settings(Trigger.Settings others) {
      return new Setting(recipient, channels, others, data, time);
    }

    Setting data(String other) {
      return new Setting(recipient, channels, settings, other, time);
    }

    Setting at(Instant other) {
      return new Setting(recipient, channels, settings, data, other);
    }

    StepInput now() {
      var workflow =
          new Workflow(
              new WorkflowKey("hello"),
              new VersionId(new UUID(0, 1)),
              "Hello",
              List.of(),
              Conditions.ALWAYS,
              List.of(),
              Json.object());
      var facts = new Facts(Json.object().with("data", json(data)), Map.of(), Set.of(), time);
      var trigger =
          new Trigger(
              new EnvironmentId("test"),
              TriggerId.of(time, "decide"),
              workflow.key(),
              workflow.version(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              Json.Obj.EMPTY,
              Optional.empty(),
              settings,
              new Trigger.Source.Api());
      var context =
          new RunContext(
              trigger,
              workflow,
              Participants.of(recipient),
              Optional.empty(),
              new EnvironmentContext(
                  EnvironmentSettings.NONE, channels, Variables.Values.EMPTY, LibraryShelf.EMPTY));
      return new StepInput(
          context,
          Run.start(trigger, RecipientId.user("mira"), Optional.empty(), time),
          facts,
          facts,
          NO_TEXTS);
    }
  }
}
