package dev.carillon.functions.steps.render;

import dev.carillon.channel.Channel;
import dev.carillon.content.Assets;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.run.NamesIgnored;
import dev.carillon.run.SkipReason;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Workflow;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Turns the template of a step into what its messages say. The same arguments, the same words, but
 * for what templates load: that is as it stands when they are rendered.
 */
@FunctionalInterface
public interface Render {

  Wording render(StepTemplate template, ChannelData known, Json.Obj scope, Surroundings around);

  /**
   * Where and among whom it is rendered.
   *
   * @param environment whose users, objects and tenants templates may load; empty for none
   * @param zone whose clocks count where a template names none that there is
   */
  record Surroundings(Optional<EnvironmentId> environment, ZoneId zone) {}

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
    public static final ChannelData NONE = new ChannelData(Json.Obj.EMPTY, Json.Obj.EMPTY);
  }

  sealed interface Wording {
    /**
     * @param contents one for each message: one, or one for each device or conversation; never none
     * @param footer where the links of a mail's footer lead, which are never tracked
     * @param ignored the names of zones and currencies that a template asked for and that do not
     *     exist
     */
    record Words(List<Content> contents, List<String> footer, NamesIgnored ignored)
        implements Wording {
      public Words {
        contents = List.copyOf(contents);
        footer = List.copyOf(footer);
      }
    }

    /** What the channel cannot do without came out empty: the step is skipped, for this reason. */
    record Lacking(SkipReason reason) implements Wording {}

    /** The template failed; what it says is safe to show to anybody who wrote it. */
    record Failed(String problem) implements Wording {}
  }
}
