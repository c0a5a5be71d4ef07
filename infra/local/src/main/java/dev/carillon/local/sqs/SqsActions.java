package dev.carillon.local.sqs;

import dev.carillon.json.Json;
import dev.carillon.local.iam.AccessRequest.Need;
import dev.carillon.local.template.AccountRegion;
import java.util.List;

/** What a call of SQS needs of its caller's policies: a batch needs what one message does. */
final class SqsActions {
  private SqsActions() {}

  static List<Need> of(String operation, Json.Obj request) {
    var action = "sqs:" + operation.replaceFirst("Batch$", "");
    if (operation.equals("ListQueues")) {
      return List.of(Need.of(action, "*"));
    }
    if (operation.equals("StartMessageMoveTask")) {
      return List.of(Need.of(action, request.text("SourceArn").orElse("")));
    }
    var url = request.text("QueueUrl").or(() -> request.text("QueueName")).orElse("");
    return List.of(
        Need.of(action, AccountRegion.LOCAL.arn("sqs", url.substring(url.lastIndexOf('/') + 1))));
  }
}
