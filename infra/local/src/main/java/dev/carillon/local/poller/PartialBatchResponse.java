package dev.carillon.local.poller;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.local.sqs.ReceivedMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a function's answer to a batch means when the mapping asks for partial failures. Lambda's
 * rules: nothing, null, or an empty list is success of all; anything that cannot be understood,
 * names no message or an unknown one is failure of all.
 */
final class PartialBatchResponse {

  private PartialBatchResponse() {}

  /** The ids of the messages that stay in the queue. */
  static Set<String> failed(byte[] answer, List<ReceivedMessage> batch) {
    var all =
        batch.stream().map(ReceivedMessage::messageId).collect(Collectors.toUnmodifiableSet());
    if (answer.length == 0) {
      return Set.of();
    }
    try {
      return switch (JsonText.parse(answer)) {
        case Json.Null _ -> Set.of();
        case Json.Obj object -> named(object, all);
        case Json.Arr _, Json.Str _, Json.Num _, Json.Bool _ -> all;
      };
    } catch (MalformedJson _) {
      return all;
    }
  }

  private static Set<String> named(Json.Obj answer, Set<String> all) {
    var listed = answer.get("batchItemFailures");
    if (listed.isEmpty() || listed.equals(Optional.of(Json.NULL))) {
      return Set.of();
    }
    if (!(listed.get() instanceof Json.Arr(var items))) {
      return all;
    }
    var failed = new HashSet<String>();
    for (var item : items) {
      var id =
          item instanceof Json.Obj failure
              ? failure.text("itemIdentifier")
              : Optional.<String>empty();
      if (id.isEmpty() || !all.contains(id.get())) {
        return all;
      }
      failed.add(id.get());
    }
    return failed;
  }
}
