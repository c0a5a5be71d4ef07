package dev.carillon.message;

import dev.carillon.batch.Collected;
import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What a message says; written once and never changed.
 *
 * @param content as it goes to the provider
 * @param shown the same without the values of secret variables, for all who look at it afterwards
 * @param data the run's data as the message was made
 * @param batch what it tells of, if that was collected in a batch
 */
public record MessageContent(
    Content content, Content shown, Json.Obj data, Optional<Collected> batch) {
  /** Says nothing: what is shown of a message whose content is gone. */
  public static final MessageContent NOTHING =
      new MessageContent(new Content.InAppFeed(new Json.Arr(List.of())), Json.Obj.EMPTY);

  /** Of one trigger, with nothing to hide. */
  public MessageContent(Content content, Json.Obj data) {
    this(content, content, data, Optional.empty());
  }
}
