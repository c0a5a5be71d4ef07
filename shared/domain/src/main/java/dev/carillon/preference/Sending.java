package dev.carillon.preference;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.workflow.Workflow;
import java.util.List;

/**
 * What is about to be sent, as far as preferences can speak of it.
 *
 * @param workflow the workflow's key
 * @param commercial whether the subscription to commercial messages counts
 * @param overriding whether no preference counts
 */
public record Sending(
    String workflow,
    List<String> categories,
    boolean commercial,
    boolean overriding,
    Channel channel) {

  public Sending {
    categories = List.copyOf(categories);
  }

  public static Sending of(Workflow workflow, Channel channel) {
    var settings = workflow.source().object("settings").fields();
    return new Sending(
        workflow.key().value(),
        workflow.categories(),
        Json.TRUE.equals(settings.get("is_commercial")),
        Json.TRUE.equals(settings.get("override_preferences")),
        channel);
  }
}
