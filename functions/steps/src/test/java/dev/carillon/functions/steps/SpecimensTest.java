package dev.carillon.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelType;
import dev.carillon.content.Assets;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.functions.steps.render.Render;
import dev.carillon.functions.steps.render.RenderTemplates;
import dev.carillon.functions.steps.render.Specimens;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.workflow.Step.ChannelStep;
import org.junit.jupiter.api.Test;

/** What mails are stored as differences from. */
class SpecimensTest {
  private final StepsFixture stage = new StepsFixture();

  private Render.StepTemplate template(ChannelType type, String step) {
    var workflow = StepsFixture.workflow(StepsFixture.steps(step));
    return new Render.StepTemplate(
        workflow,
        (ChannelStep) workflow.steps().getFirst(),
        stage.channel(type, Json.object().with("from_address", "hello@carillon.example")),
        Assets.Library.EMPTY);
  }

  @Test
  void a_specimen_is_the_template_without_what_anybody_is_told() {
    String step =
        """
        {"type": "channel", "ref": "email", "channel_key": "email", "channel_type": "email",
         "template": {"subject": "For {{recipient.name}}",
                      "html_body": "<p>Hello {{recipient.name}}, {{vars.secret}} it is.</p>"}}\
        """;
    var specimens = new Specimens(new RenderTemplates(new TemplateCache()));
    assertThat(specimens.of(StepsFixture.LOCAL, template(ChannelType.EMAIL, step)))
        .hasValueSatisfying(
            specimen -> {
              assertThat(((Content.Email) specimen).html())
                  .contains(">Hello ,")
                  .doesNotContain("nobody@");
              assertThat(((Content.Email) specimen).subject()).doesNotContain("Ellie");
            });
  }

  @Test
  void what_makes_no_mail_without_data_has_none() {
    var specimens = new Specimens(new RenderTemplates(new TemplateCache()));
    assertThat(
            specimens.of(StepsFixture.LOCAL, template(ChannelType.IN_APP_FEED, StepsFixture.FEED)))
        .isEmpty();
  }
}
