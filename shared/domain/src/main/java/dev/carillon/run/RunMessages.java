package dev.carillon.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What runs say of the messages that their steps made, and those messages. */
public final class RunMessages {
  /** How many messages the port gives at once. */
  private static final int AT_ONCE = 100;

  private RunMessages() {}

  /** In the order of the steps. */
  public static List<MessageId> ids(Run run) {
    return run.outcomes().values().stream()
        .flatMap(
            outcome ->
                switch (outcome) {
                  case StepOutcome.Sent(var ids) -> ids.stream();
                  case StepOutcome.Skipped _, StepOutcome.Done _, StepOutcome.Awaited _ ->
                      Stream.<MessageId>empty();
                })
        .toList();
  }

  /** The messages of all these runs, as far as they are stored. */
  public static Map<MessageId, Message> by(
      List<Run> runs, EnvironmentId environment, Messages messages) {
    List<MessageId> ids = runs.stream().flatMap(run -> ids(run).stream()).toList();
    var made = new HashMap<MessageId, Message>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      made.putAll(
          messages.findAll(environment, ids.subList(from, Math.min(ids.size(), from + AT_ONCE))));
    }
    return made;
  }

  /** Those of the run among them, in the order of its steps. */
  public static List<Message> of(Run run, Map<MessageId, Message> made) {
    return ids(run).stream().map(made::get).filter(Objects::nonNull).toList();
  }
}
