package dev.carillon.functions.steps;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.run.SkipReason;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Workflow;

/**
 * Turns the template of a step into what a message says. Pure: the same arguments, the same words.
 */
@FunctionalInterface
interface Render {

  Wording render(
      Workflow workflow, ChannelStep step, Channel channel, Assets.Library library, Json.Obj scope);

  sealed interface Wording {
    /** {@link dev.carillon.message.MessageContent#rendered}. */
    record Words(Json.Obj content) implements Wording {}

    /** What the channel cannot do without came out empty: the step is skipped, for this reason. */
    record Lacking(SkipReason reason) implements Wording {}

    /** The template failed; what it says is safe to show to whoever wrote it. */
    record Failed(String problem) implements Wording {}
  }
}
