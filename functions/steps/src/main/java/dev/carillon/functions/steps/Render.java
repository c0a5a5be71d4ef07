package dev.carillon.functions.steps;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.run.SkipReason;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Workflow;
import java.util.List;

/**
 * Turns the template of a step into what its messages say. Pure: the same arguments, the same
 * words.
 */
@FunctionalInterface
interface Render {

  Wording render(StepTemplate template, ChannelData known, Json.Obj scope);

  /** What is rendered: the template of a step, for one of its channels. */
  record StepTemplate(
      Workflow workflow, ChannelStep step, Channel channel, Assets.Library library) {}

  /**
   * What the channel knows people by: tokens of devices, connections to conversations.
   *
   * @param recipient empty when the recipient has none for this channel
   * @param tenant what the tenant has: its token comes before anybody's own
   */
  record ChannelData(Json.Obj recipient, Json.Obj tenant) {
    static final ChannelData NONE = new ChannelData(Json.Obj.EMPTY, Json.Obj.EMPTY);
  }

  sealed interface Wording {
    /** One content for each message: one, or one for each device or conversation. Never none. */
    record Words(List<Content> contents) implements Wording {
      public Words {
        contents = List.copyOf(contents);
      }
    }

    /** What the channel cannot do without came out empty: the step is skipped, for this reason. */
    record Lacking(SkipReason reason) implements Wording {}

    /** The template failed; what it says is safe to show to anybody who wrote it. */
    record Failed(String problem) implements Wording {}
  }
}
