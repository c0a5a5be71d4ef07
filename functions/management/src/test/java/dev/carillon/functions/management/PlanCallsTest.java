package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.management.ManagementFixture.Reply;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.Wait;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.WorkflowKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlanCallsTest {
  private static final WorkflowKey NOTE = new WorkflowKey("note");
  private static final String FEED =
      "{'type': 'channel', 'ref': 'feed_1', 'channel_type': 'in_app_feed', 'channel_key': 'feed',"
          + " 'template': {'markdown_body': 'x'}}";
  private static final String MAIL =
      "{'type': 'channel', 'ref': 'email_1', 'channel_type': 'email', 'channel_key': 'mail',"
          + " 'template': {'subject': 's', 'html_body': 'b'}}";
  private static final String DELAY =
      "{'type': 'delay', 'ref': 'delay_1', 'settings': {'delay_for': {'unit': 'days', 'value':"
          + " 2}}}";

  private final ManagementFixture desk = new ManagementFixture();

  @BeforeEach
  void there_are_channels_and_people() {
    channel("feed", ChannelType.IN_APP_FEED);
    channel("mail", ChannelType.EMAIL);
    person("ana", Json.object().with("email", "ana@example.com").with("plan", "pro"));
    person("bob", Json.object().with("plan", "free"));
  }

  private void channel(String key, ChannelType type) {
    desk.ports
        .channels()
        .put(
            ManagementFixture.LOCAL,
            new Channel(
                new ChannelId(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))),
                key,
                key,
                type,
                "any",
                Json.Obj.EMPTY,
                desk.clock.instant(),
                desk.clock.instant()));
  }

  private void person(String id, Json.Obj properties) {
    desk.ports
        .recipients()
        .identify(
            ManagementFixture.LOCAL,
            RecipientId.user(id),
            new Identification(properties, Optional.empty(), Map.of(), Map.of()),
            "c",
            desk.clock.instant());
  }

  private void save(String query, String... steps) {
    Reply saved =
        desk.put(
            "/v1/workflows/note" + query,
            "{'workflow': {'name': 'Note', 'steps': [%s]}}".formatted(String.join(",", steps)));
    assertThat(saved.status()).as(saved.json().toString()).isEqualTo(200);
  }

  private Trigger triggered(Instant at, String... people) {
    var trigger =
        new Trigger(
            ManagementFixture.LOCAL,
            TriggerId.of(at, "call " + at),
            NOTE,
            desk.ports.workflows().live(ManagementFixture.LOCAL, NOTE).orElseThrow().version(),
            Stream.of(people)
                .map(
                    it -> new Trigger.Named(RecipientId.user(it), Optional.empty(), Json.Obj.EMPTY))
                .toList(),
            Optional.empty(),
            Optional.empty(),
            Json.Obj.EMPTY,
            Optional.empty(),
            Trigger.Settings.NONE,
            new Trigger.Source.Api());
    desk.ports.triggers().accept(trigger, Optional.empty(), at);
    return trigger;
  }

  private Instant ago(long minutes) {
    return desk.clock.instant().minus(Duration.ofMinutes(minutes));
  }

  private Reply plan() {
    Reply plan = desk.get("/v1/plan?environment=development&workflow=note");
    assertThat(plan.status()).as(plan.json().toString()).isEqualTo(200);
    return plan;
  }

  @Test
  void it_says_who_would_get_more_less_and_other() {
    save("?commit=true", FEED, MAIL);
    triggered(ago(50), "ana", "bob");
    triggered(ago(10), "ana");
    triggered(ago(61), "bob");
    save("", MAIL, MAIL.replace("email_1", "email_2").replace("'subject': 's'", "'subject': 't'"));
    Reply plan = plan();
    assertThat(plan.text("replayed.runs")).as("of the last hour").isEqualTo("3");
    assertThat(plan.text("workflows.0.recipients"))
        .isEqualTo("{\"more\":0,\"less\":1,\"other\":1,\"same\":0}");
    assertThat(plan.text("recipients.0.recipient")).isEqualTo("ana");
    assertThat(plan.text("recipients.0.effect"))
        .as("two mails for a mail and an item")
        .isEqualTo("other");
    assertThat(plan.text("recipients.0.before")).isEqualTo("{\"feed\":2,\"mail\":2}");
    assertThat(plan.text("recipients.0.after")).isEqualTo("{\"mail\":4}");
    assertThat(plan.text("recipients.1.recipient")).isEqualTo("bob");
    assertThat(plan.text("recipients.1.effect")).as("he has no address").isEqualTo("less");
    assertThat(plan.text("recipients.1.after")).isEqualTo("{}");
    assertThat(plan.text("complete")).isEqualTo("true");
  }

  @Test
  void conditions_branches_and_audiences_are_answered_as_things_are_now() {
    save("?commit=true", FEED);
    triggered(ago(5), "ana", "bob");
    save(
        "",
        FEED.replace(
            "'ref': 'feed_1',",
            "'ref': 'feed_1', 'conditions': {'variable': 'recipient.plan', 'operator': 'equal_to',"
                + " 'argument': 'pro'},"),
        DELAY,
        FEED.replace("feed_1", "feed_2")
            .replace(
                "'ref': 'feed_2',",
                "'ref': 'feed_2', 'conditions': {'variable': 'recipient', 'operator':"
                    + " 'is_audience_member', 'argument': 'beta'},"));
    Reply plan = plan();
    assertThat(plan.text("recipients.0.recipient")).isEqualTo("bob");
    assertThat(plan.text("recipients.0.effect")).isEqualTo("less");
    assertThat(plan.text("recipients.1")).as("nothing changes for ana").isEqualTo("null");
    assertThat(plan.text("workflows.0.audiences")).isEqualTo("[\"beta\"]");
  }

  @Test
  void what_comes_within_one_batch_is_one_message_and_that_this_is_assumed_is_said() {
    save("?commit=true", FEED);
    triggered(ago(9), "ana");
    triggered(ago(8), "ana");
    triggered(ago(7), "ana");
    save(
        "",
        "{'type': 'batch', 'ref': 'batch_1', 'settings': {'batch_window': {'unit': 'minutes',"
            + " 'value': 5}}}",
        FEED);
    Reply plan = plan();
    assertThat(plan.text("recipients.0.before")).isEqualTo("{\"feed\":3}");
    assertThat(plan.text("recipients.0.after")).isEqualTo("{\"feed\":1}");
    assertThat(plan.text("workflows.0.assumed")).isEqualTo("[\"batch\"]");
  }

  @Test
  void the_runs_that_wait_are_named_with_the_version_that_they_keep() {
    save("?commit=true", DELAY, FEED);
    Trigger trigger = triggered(ago(90), "ana");
    Instant due = desk.clock.instant().plus(Duration.ofDays(2));
    Run run =
        Run.start(trigger, RecipientId.user("ana"), Optional.empty(), ago(90))
            .in(
                new State.Waiting(
                    new Wait(
                        "w",
                        0,
                        new StepRef("delay_1"),
                        due,
                        Wait.minute(due, desk.clock.instant()),
                        new Wait.Kind.Elapse())),
                ago(90));
    assertThat(desk.ports.runs().save(run)).isTrue();
    desk.ports.timers().put(((State.Waiting) run.state()).on().timer(run));
    save("", FEED);
    Reply plan = plan();
    assertThat(plan.text("waiting_runs.0.workflow_recipient_run_id"))
        .isEqualTo(run.id().toString());
    assertThat(plan.text("waiting_runs.0.version")).isEqualTo(trigger.version().toString());
    assertThat(plan.text("waiting_runs.0.step_ref")).isEqualTo("delay_1");
    assertThat(plan.text("workflows.0.waiting_runs")).isEqualTo("1");
  }

  private static String mail(String body) {
    return MAIL.replace("'html_body': 'b'", "'html_body': '" + body + "'");
  }

  private void german(String id) {
    person(id, Json.object().with("email", id + "@example.com").with("locale", "de-CH"));
  }

  private void commitParts() {
    desk.put(
        "/v1/partials/card?commit=true",
        "{'partial': {'name': 'Card', 'type': 'html', 'content': '{% render \\\"inner\\\" %}'}}");
    desk.put(
        "/v1/partials/inner?commit=true",
        "{'partial': {'name': 'Inner', 'type': 'html', 'content': 'i'}}");
    desk.put(
        "/v1/partials/lonely?commit=true",
        "{'partial': {'name': 'Lonely', 'type': 'html', 'content': 'i'}}");
    desk.put(
        "/v1/email_layouts/default?commit=true",
        "{'email_layout': {'name': 'D', 'html_layout': '{{ content }}', 'text_layout':"
            + " '{{ content }}'}}");
    for (String locale : List.of("de", "fr")) {
      desk.put(
          "/v1/translations/" + locale + "?commit=true",
          "{'translation': {'format': 'json', 'content': '{}'}}");
    }
  }

  @Test
  void what_workflows_render_changes_what_comes_of_them_though_they_have_no_drafts() {
    commitParts();
    save("?commit=true", mail("{% render \\\"card\\\" %}"), FEED);
    triggered(ago(5), "ana", "bob");
    assertThat(plan().text("workflows")).as("no drafts").isEqualTo("[]");
    desk.put(
        "/v1/partials/inner",
        "{'partial': {'name': 'Inner', 'type': 'html', 'content': 'another'}}");
    desk.put(
        "/v1/partials/lonely",
        "{'partial': {'name': 'Lonely', 'type': 'html', 'content': 'another'}}");
    desk.put(
        "/v1/message_types/banner",
        "{'message_type': {'name': 'Banner', 'preview': '<p></p>', 'variants': []}}");
    Reply plan = plan();
    assertThat(plan.text("workflows.0.key")).isEqualTo("note");
    assertThat(plan.text("workflows.0.to_version"))
        .isEqualTo(plan.text("workflows.0.from_version"));
    assertThat(plan.text("workflows.0.parts"))
        .as("by way of another")
        .isEqualTo("[{\"resource_type\":\"partial\",\"resource_id\":\"inner\"}]");
    assertThat(plan.text("changed_parts"))
        .isEqualTo(
            "[{\"resource_type\":\"partial\",\"resource_id\":\"inner\",\"workflows\":[\"note\"]},"
                + "{\"resource_type\":\"partial\",\"resource_id\":\"lonely\",\"workflows\":[]},"
                + "{\"resource_type\":\"message_type\",\"resource_id\":\"banner\",\"workflows\":[]}]");
    assertThat(plan.text("workflows.0.recipients"))
        .as("ana has another mail, bob the same item")
        .isEqualTo("{\"more\":0,\"less\":0,\"other\":1,\"same\":1}");
    assertThat(plan.text("recipients.0.recipient")).isEqualTo("ana");
    assertThat(plan.text("recipients.0.after")).isEqualTo("{\"feed\":1,\"mail\":1}");
  }

  @Test
  void a_layout_changes_all_mails_that_say_nothing_of_one_and_texts_those_of_their_language() {
    commitParts();
    german("cora");
    save("?commit=true", mail("{{ \\\"bye\\\" | t }}"));
    triggered(ago(5), "ana", "cora");
    desk.put(
        "/v1/translations/de",
        "{'translation': {'format': 'json', 'content': '{\\\"bye\\\": \\\"Ade\\\"}'}}");
    Reply texts = plan();
    assertThat(texts.text("workflows.0.parts"))
        .isEqualTo("[{\"resource_type\":\"translation\",\"resource_id\":\"de\"}]");
    assertThat(texts.text("recipients.0.recipient")).isEqualTo("cora");
    assertThat(texts.text("recipients.1")).as("ana reads no German").isEqualTo("null");
    desk.put(
        "/v1/email_layouts/default",
        "{'email_layout': {'name': 'D', 'html_layout': '<p>{{ content }}</p>', 'text_layout':"
            + " '{{ content }}'}}");
    assertThat(plan().text("workflows.0.recipients"))
        .isEqualTo("{\"more\":0,\"less\":0,\"other\":2,\"same\":0}");
  }

  @Test
  void of_a_new_workflow_and_of_one_without_a_draft_there_is_nothing_to_say() {
    save("", FEED);
    Reply plan = plan();
    assertThat(plan.text("workflows.0.from_version")).isEqualTo("null");
    assertThat(plan.text("recipients")).isEqualTo("[]");
    desk.put("/v1/commits");
    assertThat(plan().text("workflows")).isEqualTo("[]");
    assertThat(desk.get("/v1/plan?workflow=nobody").text("code")).isEqualTo("workflow_missing");
  }

  @Test
  void it_sends_and_stores_nothing_and_is_for_who_may_write() {
    save("?commit=true", FEED, MAIL);
    triggered(ago(5), "ana");
    save("", FEED);
    int sent = desk.ports.tasks().sent().size();
    plan();
    assertThat(desk.ports.tasks().sent()).hasSize(sent);
    assertThat(desk.get("/v1/commits").body().list("entries")).hasSize(1);
    assertThat(List.copyOf(desk.ports.timers().all())).isEmpty();
    assertThat(desk.as("knock_st_reader").get("/v1/plan").status()).isEqualTo(403);
  }
}
