package dev.carillon.local.endpoint;

import dev.carillon.local.engine.Hooks;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.wire.AwsError;
import dev.carillon.local.wire.AwsRequest;
import dev.carillon.local.wire.AwsResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code POST /<stage>/@connections/<id>} of a WebSocket API; nothing else of it. */
public final class ConnectionsProtocol {
  private static final int SEGMENTS = 3;
  private static final int MOST_BYTES = 128 * 1024;

  private final Hooks hooks;

  public ConnectionsProtocol(Hooks hooks) {
    this.hooks = hooks;
  }

  static String operation(AwsRequest request) {
    var path = request.segments();
    return request.method().equals("POST")
            && path.size() == SEGMENTS
            && path.get(1).equals("@connections")
        ? "PostToConnection"
        : "Unknown";
  }

  /** What the caller's policy must allow. */
  List<AccessRequest.Need> needs(AwsRequest request) {
    var path = request.segments();
    if (path.size() != SEGMENTS) {
      return List.of();
    }
    return List.of(
        AccessRequest.Need.of(
            "execute-api:ManageConnections",
            AccountRegion.LOCAL.arn(
                "execute-api",
                "%s/%s/%s/%s/%s"
                    .formatted(
                        hooks.socketApi(path.get(0)),
                        path.get(0),
                        request.method(),
                        path.get(1),
                        path.get(2)))));
  }

  /**
   * Carries the call out.
   *
   * @throws AwsError as API Gateway would refuse it
   */
  public AwsResponse answer(AwsRequest request) {
    if (!operation(request).equals("PostToConnection")) {
      throw new AwsError(
          404, "UnknownOperationException", "The local stack has no such call of API Gateway.");
    }
    if (request.body().length > MOST_BYTES) {
      throw new AwsError(413, "PayloadTooLargeException", "Message too long");
    }
    var path = request.segments();
    if (!hooks.sent(path.get(0), path.get(2), new String(request.body(), StandardCharsets.UTF_8))) {
      throw new AwsError(410, "GoneException", "");
    }
    return new AwsResponse(200, Map.of(), new byte[0]);
  }
}
