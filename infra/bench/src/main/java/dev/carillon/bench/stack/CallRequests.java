package dev.carillon.bench.stack;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.dynamo.SdkJson;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Recorded calls as requests of the SDK. */
final class CallRequests {
  private static final int DEPTH = 200;

  private CallRequests() {}

  /** Empty for what is not called through a client of the SDK here, such as SES. */
  static Optional<SdkPojo> of(Json.Obj line) {
    String name = line.text("service").orElse("") + ":" + line.text("operation").orElse("");
    byte[] body = Base64.getDecoder().decode(line.text("body").orElse(""));
    return switch (name) {
      case "dynamodb:GetItem" -> read(body, GetItemRequest.builder(), it -> it.build());
      case "dynamodb:BatchGetItem" -> read(body, BatchGetItemRequest.builder(), it -> it.build());
      case "dynamodb:Query" -> read(body, QueryRequest.builder(), it -> it.build());
      case "dynamodb:PutItem" -> read(body, PutItemRequest.builder(), it -> it.build());
      case "dynamodb:UpdateItem" -> read(body, UpdateItemRequest.builder(), it -> it.build());
      case "dynamodb:DeleteItem" -> read(body, DeleteItemRequest.builder(), it -> it.build());
      case "dynamodb:TransactWriteItems" ->
          read(body, TransactWriteItemsRequest.builder(), it -> it.build());
      case "sqs:SendMessage" -> read(body, SendMessageRequest.builder(), it -> it.build());
      case "sqs:SendMessageBatch" ->
          read(body, SendMessageBatchRequest.builder(), it -> it.build());
      case "secretsmanager:GetSecretValue" ->
          read(body, GetSecretValueRequest.builder(), it -> it.build());
      default -> Optional.empty();
    };
  }

  private static <B extends SdkPojo> Optional<SdkPojo> read(
      byte[] body, B builder, Function<B, SdkPojo> build) {
    return Optional.of(build.apply(SdkJson.read((Json.Obj) JsonText.parse(body, DEPTH), builder)));
  }
}
