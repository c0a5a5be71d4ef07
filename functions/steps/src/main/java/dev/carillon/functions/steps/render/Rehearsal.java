package dev.carillon.functions.steps.render;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.content.Assets;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.ContentCodec;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Renders a mail of nobody's in each template language, so that what the first mail needs is loaded
 * before SnapStart's snapshot: a run of nobody's ends before it comes to that.
 */
public final class Rehearsal {
  private static final String MAIL =
      """
      {"name": "Rehearsal", "template_language": "%s", "steps": [
        {"type": "channel", "ref": "mail", "channel_key": "mail", "channel_type": "email",
         "template": {"subject": "For {{ recipient.name }}",
           "html_body": "<style>p { color: red }</style><p>{{ data.word }}</p>",
           "settings": {"layout_key": "plain"}}}]}
      """;
  private static final String LAYOUT =
      """
      {"plain": {"html_layout": "<html><body>{{{content}}}</body></html>"}}
      """;
  private static final String VARIABLES =
      """
      {"recipient": {"name": "Nobody", "email": "nobody@example.com"}, "data": {"word": "none"}}
      """;

  private Rehearsal() {}

  /** What the mail says, without effect on anything. */
  public static Json.Obj render(String language) {
    var workflow =
        switch (WorkflowReader.read(new WorkflowKey("rehearsal"), json(MAIL.formatted(language)))) {
          case WorkflowReader.Read.Ok(var read) -> read;
          case WorkflowReader.Read.Refused(var problems, _) ->
              throw new IllegalStateException(problems.toString());
        };
    var channel =
        new Channel(
            new ChannelId(new UUID(0, 0)),
            "mail",
            "Rehearsal",
            ChannelType.EMAIL,
            "email_aws_ses",
            Json.object().with("from_address", "nobody@example.com"),
            Instant.EPOCH,
            Instant.EPOCH);
    var template =
        new Render.StepTemplate(
            workflow,
            (ChannelStep) workflow.steps().getFirst(),
            channel,
            new Assets.Library(json(LAYOUT), Json.Obj.EMPTY));
    return switch (new RenderTemplates(new TemplateCache())
        .render(
            template,
            Render.ChannelData.NONE,
            json(VARIABLES),
            new Render.Surroundings(Optional.empty(), ZoneOffset.UTC))) {
      case Render.Wording.Words words -> ContentCodec.write(words.contents().getFirst());
      case Render.Wording.Lacking(var reason) -> throw new IllegalStateException(reason.toString());
      case Render.Wording.Failed(var problem) -> throw new IllegalStateException(problem);
    };
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text);
  }
}
