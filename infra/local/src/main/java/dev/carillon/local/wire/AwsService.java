package dev.carillon.local.wire;

import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.Optional;

/**
 * The AWS services behind the endpoint: the name each signs with, the error it answers when it is
 * called too often, and how its errors look on the wire.
 */
public enum AwsService {
  DYNAMODB(
      "dynamodb",
      Format.JSON_1_0,
      new Throttling(
          400,
          "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
          "The level of configured provisioned throughput for the table was exceeded. Consider"
              + " increasing your provisioning level with the UpdateTable API.")),
  SQS(
      "sqs",
      Format.JSON_1_0,
      new Throttling(400, "com.amazonaws.sqs#RequestThrottled", "Request is throttled.")),
  SCHEDULER("scheduler", Format.REST, new Throttling(429, "ThrottlingException", "Rate exceeded")),
  SES(
      "ses",
      Format.REST,
      new Throttling(429, "TooManyRequestsException", "Maximum sending rate exceeded.")),
  SECRETS(
      "secretsmanager",
      Format.JSON_1_1,
      new Throttling(400, "ThrottlingException", "Rate exceeded")),
  CONNECTIONS(
      "execute-api",
      Format.REST,
      new Throttling(429, "LimitExceededException", "Too many messages.")),
  LAMBDA("lambda", Format.REST, new Throttling(429, "TooManyRequestsException", "Rate Exceeded."));

  private enum Format {
    JSON_1_0("application/x-amz-json-1.0"),
    JSON_1_1("application/x-amz-json-1.1"),
    REST("application/json");

    final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }
  }

  private record Throttling(int status, String code, String sentence) {}

  private final String signingName;
  private final Format format;
  private final Throttling throttling;

  AwsService(String signingName, Format format, Throttling throttling) {
    this.signingName = signingName;
    this.format = format;
    this.throttling = throttling;
  }

  public String signingName() {
    return signingName;
  }

  public static Optional<AwsService> signing(String name) {
    return Arrays.stream(values()).filter(service -> service.signingName.equals(name)).findFirst();
  }

  /** A successful answer in this service's content type. */
  public AwsResponse ok(Json body) {
    return AwsResponse.json(200, format.contentType, body);
  }

  /** An error as the SDK recognises it. */
  public AwsResponse problem(int status, String code, String sentence) {
    var body =
        switch (format) {
          case JSON_1_0, JSON_1_1 -> Json.object().with("__type", code).with("message", sentence);
          case REST -> Json.object().with("message", sentence);
        };
    var answer = AwsResponse.json(status, format.contentType, body);
    return switch (format) {
      // What the query protocol called the error: SQS clients from before the JSON one expect it.
      case JSON_1_0, JSON_1_1 ->
          this == SQS
              ? answer.withHeader("x-amzn-query-error", queryCode(code) + ";Sender")
              : answer;
      case REST -> answer.withHeader("x-amzn-ErrorType", code);
    };
  }

  public AwsResponse problem(AwsError refusal) {
    return problem(refusal.status(), refusal.code(), refusal.getMessage());
  }

  /** The service's own "too many requests". */
  public AwsResponse throttled() {
    return problem(throttling.status(), throttling.code(), throttling.sentence());
  }

  /** The caller's policies do not allow the call. */
  public AwsResponse denied(String sentence) {
    return switch (this) {
      case DYNAMODB -> problem(400, "com.amazon.coral.service#AccessDeniedException", sentence);
      case SQS -> problem(403, "com.amazon.coral.service#AccessDeniedException", sentence);
      case SECRETS -> problem(400, "AccessDeniedException", sentence);
      case SCHEDULER, SES, LAMBDA -> problem(403, "AccessDeniedException", sentence);
      case CONNECTIONS -> problem(403, "ForbiddenException", sentence);
    };
  }

  /** An error with this status, named as the service would most likely name it. */
  public AwsResponse problem(int status) {
    return switch (status) {
      case 429 -> throttled();
      case 400 ->
          problem(status, this == SES ? "MessageRejected" : "ValidationException", INJECTED);
      case 401, 403 -> problem(status, "AccessDeniedException", INJECTED);
      case 404 ->
          problem(
              status, this == SES ? "NotFoundException" : "ResourceNotFoundException", INJECTED);
      case 503 -> problem(status, "ServiceUnavailable", INJECTED);
      default ->
          problem(status, status < 500 ? "ValidationException" : "InternalServerError", INJECTED);
    };
  }

  private static String queryCode(String code) {
    var name = code.substring(code.indexOf('#') + 1);
    return switch (name) {
      case "AccessDeniedException" -> "AccessDenied";
      case "QueueDoesNotExist" -> "AWS.SimpleQueueService.NonExistentQueue";
      case "BatchEntryIdsNotDistinct",
          "BatchRequestTooLong",
          "EmptyBatchRequest",
          "InvalidBatchEntryId",
          "MessageNotInflight",
          "TooManyEntriesInBatchRequest" ->
          "AWS.SimpleQueueService." + name;
      default -> name;
    };
  }

  private static final String INJECTED = "This error was asked for.";
}
