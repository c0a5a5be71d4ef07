package dev.carillon.bench.bare;

import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The SDK's clients as the functions have them, each made when the first call needs it. Safe for
 * many threads.
 */
public final class BareClients implements AutoCloseable {
  private final URI endpoint;
  private final AwsCredentialsProvider credentials;
  private final SdkHttpClient http = UrlConnectionHttpClient.builder().build();
  private final Lazy<DynamoDbClient> dynamo =
      new Lazy<>(() -> configured(DynamoDbClient.builder()));
  private final Lazy<SqsClient> sqs = new Lazy<>(() -> configured(SqsClient.builder()));
  private final Lazy<SecretsManagerClient> secrets =
      new Lazy<>(() -> configured(SecretsManagerClient.builder()));

  private static final class Lazy<T> {
    private final Supplier<T> make;
    private volatile T made;

    Lazy(Supplier<T> make) {
      this.make = make;
    }

    T get() {
      T current = made;
      if (current == null) {
        synchronized (this) {
          current = made;
          if (current == null) {
            current = make.get();
            made = current;
          }
        }
      }
      return current;
    }
  }

  public BareClients(URI endpoint, String accessKey) {
    this.endpoint = endpoint;
    credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "local"));
  }

  /** By the variables of this process. */
  static BareClients ofProcess() {
    return new BareClients(
        URI.create(System.getenv("AWS_ENDPOINT_URL")), System.getenv("AWS_ACCESS_KEY_ID"));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C configured(
      B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .overrideConfiguration(it -> it.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .httpClient(http)
        .build();
  }

  /** An empty builder of the request with this class name. */
  static SdkPojo builder(String request) throws IOException {
    return (SdkPojo)
        switch (request) {
          case "GetItemRequest" -> GetItemRequest.builder();
          case "BatchGetItemRequest" -> BatchGetItemRequest.builder();
          case "QueryRequest" -> QueryRequest.builder();
          case "PutItemRequest" -> PutItemRequest.builder();
          case "UpdateItemRequest" -> UpdateItemRequest.builder();
          case "DeleteItemRequest" -> DeleteItemRequest.builder();
          case "TransactWriteItemsRequest" -> TransactWriteItemsRequest.builder();
          case "SendMessageRequest" -> SendMessageRequest.builder();
          case "SendMessageBatchRequest" -> SendMessageBatchRequest.builder();
          case "GetSecretValueRequest" -> GetSecretValueRequest.builder();
          default -> throw new IOException("No call is known by " + request);
        };
  }

  /**
   * Makes the call.
   *
   * @return false when it was answered with an error, such as of a condition that no longer holds
   */
  public boolean make(SdkPojo request) {
    try {
      switch (request) {
        case GetItemRequest it -> dynamo.get().getItem(it);
        case BatchGetItemRequest it -> dynamo.get().batchGetItem(it);
        case QueryRequest it -> dynamo.get().query(it);
        case PutItemRequest it -> dynamo.get().putItem(it);
        case UpdateItemRequest it -> dynamo.get().updateItem(it);
        case DeleteItemRequest it -> dynamo.get().deleteItem(it);
        case TransactWriteItemsRequest it -> dynamo.get().transactWriteItems(it);
        case SendMessageRequest it -> sqs.get().sendMessage(it);
        case SendMessageBatchRequest it -> sqs.get().sendMessageBatch(it);
        case GetSecretValueRequest it -> secrets.get().getSecretValue(it);
        default -> throw new IllegalArgumentException("No call is known by " + request.getClass());
      }
      return true;
    } catch (AwsServiceException _) {
      return false;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
