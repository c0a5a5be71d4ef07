package dev.carillon.local.dynamo;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * An operation of DynamoDB that the stack has: how its request is built and made.
 *
 * @param builder a new, empty builder of the request
 * @param call makes the call with what was built
 */
record DynamoOperation(
    Supplier<SdkPojo> builder, BiFunction<DynamoDbClient, SdkPojo, SdkPojo> call) {

  private static final Map<String, DynamoOperation> BY_NAME =
      Map.ofEntries(
          of(GetItemRequest.class, GetItemRequest::builder, DynamoDbClient::getItem),
          of(PutItemRequest.class, PutItemRequest::builder, DynamoDbClient::putItem),
          of(UpdateItemRequest.class, UpdateItemRequest::builder, DynamoDbClient::updateItem),
          of(DeleteItemRequest.class, DeleteItemRequest::builder, DynamoDbClient::deleteItem),
          of(QueryRequest.class, QueryRequest::builder, DynamoDbClient::query),
          of(ScanRequest.class, ScanRequest::builder, DynamoDbClient::scan),
          of(BatchGetItemRequest.class, BatchGetItemRequest::builder, DynamoDbClient::batchGetItem),
          of(
              BatchWriteItemRequest.class,
              BatchWriteItemRequest::builder,
              DynamoDbClient::batchWriteItem),
          of(
              TransactGetItemsRequest.class,
              TransactGetItemsRequest::builder,
              DynamoDbClient::transactGetItems),
          of(
              TransactWriteItemsRequest.class,
              TransactWriteItemsRequest::builder,
              DynamoDbClient::transactWriteItems),
          of(CreateTableRequest.class, CreateTableRequest::builder, DynamoDbClient::createTable),
          of(UpdateTableRequest.class, UpdateTableRequest::builder, DynamoDbClient::updateTable),
          of(DeleteTableRequest.class, DeleteTableRequest::builder, DynamoDbClient::deleteTable),
          of(
              DescribeTableRequest.class,
              DescribeTableRequest::builder,
              DynamoDbClient::describeTable),
          of(ListTablesRequest.class, ListTablesRequest::builder, DynamoDbClient::listTables),
          of(
              UpdateTimeToLiveRequest.class,
              UpdateTimeToLiveRequest::builder,
              DynamoDbClient::updateTimeToLive),
          of(
              DescribeTimeToLiveRequest.class,
              DescribeTimeToLiveRequest::builder,
              DynamoDbClient::describeTimeToLive));

  /** Makes the call with a builder that has been filled. */
  SdkPojo run(DynamoDbClient client, SdkPojo filled) {
    return call.apply(client, filled);
  }

  /** The operation of this name; empty when the stack has none such. */
  static Optional<DynamoOperation> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static <R> Map.Entry<String, DynamoOperation> of(
      Class<R> request,
      Supplier<?> builder,
      BiFunction<DynamoDbClient, R, ? extends SdkPojo> call) {
    return Map.entry(
        request.getSimpleName().replaceFirst("Request$", ""),
        new DynamoOperation(
            () -> (SdkPojo) builder.get(),
            (client, filled) ->
                call.apply(client, request.cast(((SdkBuilder<?, ?>) filled).build()))));
  }
}
