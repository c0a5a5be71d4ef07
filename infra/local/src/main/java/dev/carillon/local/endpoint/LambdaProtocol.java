package dev.carillon.local.endpoint;

import dev.carillon.local.engine.Hooks;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.wire.AwsError;
import dev.carillon.local.wire.AwsRequest;
import dev.carillon.local.wire.AwsResponse;
import java.util.List;
import java.util.Map;

/** {@code Invoke} of the Lambda API; nothing else of it. */
public final class LambdaProtocol {
  private static final int MAX_PAYLOAD = 6 * 1024 * 1024;
  private static final int SEGMENTS = 4;

  private final Hooks hooks;

  public LambdaProtocol(Hooks hooks) {
    this.hooks = hooks;
  }

  static String operation(AwsRequest request) {
    var path = request.segments();
    return request.method().equals("POST")
            && path.size() == SEGMENTS
            && List.of(path.get(0), path.get(1), path.get(3))
                .equals(List.of("2015-03-31", "functions", "invocations"))
        ? "Invoke"
        : "Unknown";
  }

  /** What the call needs of its caller's policies. */
  public List<AccessRequest.Need> needs(AwsRequest request) {
    var path = request.segments();
    var function = path.size() > 2 ? path.get(2) : "*";
    return List.of(
        AccessRequest.Need.of(
            "lambda:InvokeFunction",
            function.startsWith("arn:")
                ? function
                : AccountRegion.LOCAL.arn("lambda", "function:" + function)));
  }

  /**
   * Carries the call out.
   *
   * @throws AwsError as Lambda would refuse it
   */
  public AwsResponse answer(AwsRequest request) {
    if (!operation(request).equals("Invoke")) {
      throw new AwsError(
          404, "UnknownOperationException", "The local stack has no such call of Lambda.");
    }
    if (request.body().length > MAX_PAYLOAD) {
      throw new AwsError(
          413,
          "RequestTooLargeException",
          "Request must be smaller than %d bytes for the InvokeFunction operation"
              .formatted(MAX_PAYLOAD));
    }
    var name = name(request.segments().get(2));
    if (request.header("x-amz-invocation-type").orElse("").equals("Event")) {
      Thread.startVirtualThread(() -> hooks.invoke(name, request.body()));
      return new AwsResponse(202, Map.of(), new byte[0]);
    }
    var invoked =
        hooks
            .invoke(name, request.body())
            .orElseThrow(
                () ->
                    new AwsError(404, "ResourceNotFoundException", "Function not found: " + name));
    var answer =
        new AwsResponse(
            200,
            Map.of("Content-Type", "application/json", "X-Amz-Executed-Version", "$LATEST"),
            invoked.payload());
    return invoked.failed() ? answer.withHeader("X-Amz-Function-Error", "Unhandled") : answer;
  }

  /** From a name, a name with a qualifier, or an ARN with or without one. */
  private static String name(String given) {
    var marker = ":function:";
    var at = given.indexOf(marker);
    return (at < 0 ? given : given.substring(at + marker.length())).split(":")[0];
  }
}
