package dev.carillon.storage.dynamo;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * The table as it is deployed, one for all tests: on DynamoDB Local in this process, or wherever
 * {@code AWS_ENDPOINT_URL} says, such as LocalStack. There it has a name of its own each time.
 */
public final class LocalTable {
  public static final String NAME =
      elsewhere().isEmpty() ? "carillon" : "carillon-" + UUID.randomUUID();
  private static final LocalTable ONE = new LocalTable();

  private final URI endpoint;
  private final DynamoDbClient client;

  private LocalTable() {
    this(elsewhere().orElseGet(LocalTable::embedded));
  }

  /** Another, at another endpoint. */
  LocalTable(URI endpoint) {
    this.endpoint = endpoint;
    client = connected(UrlConnectionHttpClient.create());
    create();
  }

  private static Optional<URI> elsewhere() {
    return Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL"))
        .filter(url -> !url.isBlank())
        .map(URI::create);
  }

  private static URI embedded() {
    try {
      int port = freePort();
      DynamoDBProxyServer server =
          ServerRunner.createServerFromCommandLineArgs(
              new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
      server.start();
      return URI.create("http://127.0.0.1:" + port);
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not start", e);
    }
  }

  private DynamoDbClient connected(SdkHttpClient http) {
    return connected(http, ClientOverrideConfiguration.builder().build());
  }

  private DynamoDbClient connected(SdkHttpClient http, ClientOverrideConfiguration settings) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClient(http)
        .overrideConfiguration(settings)
        .build();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public static DynamoTable table(InstantSource clock) {
    return ONE.at(clock);
  }

  DynamoTable at(InstantSource clock) {
    return new DynamoTable(() -> client, NAME, clock);
  }

  /** The table behind a client whose requests and answers go by that way. */
  static DynamoTable table(SdkHttpClient http, InstantSource clock) {
    return new DynamoTable(() -> ONE.connected(http), NAME, clock);
  }

  public static DynamoDbClient client() {
    return ONE.client;
  }

  /** A client whose requests the interceptor sees. */
  public static DynamoDbClient client(ExecutionInterceptor interceptor) {
    return ONE.connected(
        UrlConnectionHttpClient.create(),
        ClientOverrideConfiguration.builder().addExecutionInterceptor(interceptor).build());
  }

  public static URI endpoint() {
    return ONE.endpoint;
  }

  private void create() {
    client.createTable(
        request ->
            request
                .tableName(NAME)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    List.of("pk", "sk", "a_pk", "a_sk", "b_pk", "b_sk").stream()
                        .map(LocalTable::text)
                        .toList())
                .keySchema(keys("pk", "sk"))
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName("runs")
                        .keySchema(keys("a_pk", "a_sk"))
                        .projection(
                            Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build())
                        .build(),
                    GlobalSecondaryIndex.builder()
                        .indexName("feed")
                        .keySchema(keys("b_pk", "b_sk"))
                        .projection(
                            Projection.builder()
                                .projectionType(ProjectionType.INCLUDE)
                                .nonKeyAttributes("mid", "tn", "wf", "ct", "td", "at")
                                .build())
                        .build()));
    try (var waiter = client.waiter()) {
      waiter.waitUntilTableExists(request -> request.tableName(NAME));
    }
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static List<KeySchemaElement> keys(String hash, String range) {
    return List.of(
        KeySchemaElement.builder().attributeName(hash).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(range).keyType(KeyType.RANGE).build());
  }
}
