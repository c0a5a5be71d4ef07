package dev.carillon.storage;

import dev.carillon.runtime.Environment;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Makes clients of AWS services from a function's environment: region, endpoints and credentials
 * come from its variables and from nowhere else. All clients share one pool of connections. A
 * client is made when it is first asked for, and is the same for all who ask.
 */
public final class AwsClients {
  private static final String RETRY_POST = "sun.net.http.retryPost";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration READ = Duration.ofSeconds(10);

  private final Environment environment;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final Map<Class<?>, Object> made = new ConcurrentHashMap<>();

  private AwsClients(
      Environment environment, SdkHttpClient http, AwsCredentialsProvider credentials) {
    this.environment = environment;
    this.http = http;
    this.credentials = credentials;
  }

  /**
   * @throws IllegalStateException when the JVM may send a POST twice on its own, or has already
   *     decided to: one attempt recorded must be one request made
   */
  public static AwsClients of(Environment environment) {
    if (!"false".equals(System.getProperty(RETRY_POST))) {
      throw new IllegalStateException(
          "The JVM must run with -D" + RETRY_POST + "=false, or it repeats requests unasked");
    }
    SdkHttpClient http =
        environment
            .connections()
            .map(AwsClients::over)
            .orElseGet(
                () ->
                    UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(READ)
                        .build());
    return new AwsClients(environment, http, credentials(environment));
  }

  private static SdkHttpClient over(Function<URI, HttpURLConnection> connections) {
    return UrlConnectionHttpClient.create(
        uri -> {
          var connection = connections.apply(uri);
          connection.setConnectTimeout((int) CONNECT.toMillis());
          connection.setReadTimeout((int) READ.toMillis());
          return connection;
        });
  }

  private static AwsCredentialsProvider credentials(Environment environment) {
    if (environment.find(ContainerCredentials.ADDRESS).isPresent()) {
      return new ContainerCredentials(environment);
    }
    String id = environment.require("AWS_ACCESS_KEY_ID");
    String secret = environment.require("AWS_SECRET_ACCESS_KEY");
    return environment
        .find("AWS_SESSION_TOKEN")
        .<AwsCredentialsProvider>map(
            token ->
                StaticCredentialsProvider.create(AwsSessionCredentials.create(id, secret, token)))
        .orElseGet(() -> StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)));
  }

  /** Whom the function acts as, now; for requests that no client of the SDK makes. */
  public AwsCredentialsIdentity identity() {
    return credentials.resolveCredentials();
  }

  /** Where the service is to be called instead of AWS's own endpoint; empty when nowhere else. */
  public Optional<String> endpoint(String service) {
    return environment
        .find("AWS_ENDPOINT_URL_" + service)
        .or(() -> environment.find("AWS_ENDPOINT_URL"));
  }

  public String region() {
    return environment.require("AWS_REGION");
  }

  /** Safe to repeat: every write is conditional or says the same again. */
  public DynamoDbClient dynamo() {
    return only(
        DynamoDbClient.class, () -> repeating(DynamoDbClient.builder(), "DYNAMODB").build());
  }

  /** Safe to repeat: a task may come twice. */
  public SqsClient sqs() {
    return only(SqsClient.class, () -> repeating(SqsClient.builder(), "SQS").build());
  }

  /** Safe to repeat: a schedule has a name. */
  public SchedulerCalls scheduler() {
    return new SchedulerCalls(
        http,
        credentials,
        region(),
        URI.create(
            endpoint("SCHEDULER")
                .orElseGet(() -> "https://scheduler." + region() + "." + domain(region()))));
  }

  /** What the SDK knows of it is in a table of all services. */
  private static String domain(String region) {
    if (region.startsWith("cn-")) {
      return "amazonaws.com.cn";
    }
    return region.startsWith("eusc-") ? "amazonaws.eu" : "amazonaws.com";
  }

  public SecretsManagerClient secrets() {
    return only(
        SecretsManagerClient.class,
        () -> repeating(SecretsManagerClient.builder(), "SECRETS_MANAGER").build());
  }

  private <C> C only(Class<C> type, Supplier<C> make) {
    return type.cast(made.computeIfAbsent(type, _ -> make.get()));
  }

  /** What is throttled all the same is {@link dev.carillon.runtime.Overloaded}. */
  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B repeating(
      B builder, String service) {
    return configured(
        builder,
        service,
        configuration ->
            configuration
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                .addExecutionInterceptor(new ThrottledCalls(service)));
  }

  /**
   * To send to the connections of a WebSocket API. Safe to repeat: who is told twice asks twice.
   *
   * @param url where AWS has them: {@code https://…/<stage>}; another endpoint has the stage too
   */
  public ApiGatewayManagementApiClient connections(String url) {
    var stage = URI.create(url).getPath();
    var builder =
        configured(
            ApiGatewayManagementApiClient.builder(),
            "APIGATEWAYMANAGEMENTAPI",
            AwsRetryStrategy.standardRetryStrategy());
    return builder
        .endpointOverride(
            URI.create(endpoint("APIGATEWAYMANAGEMENTAPI").map(other -> other + stage).orElse(url)))
        .build();
  }

  /**
   * Gives the builder of any other client what these have.
   *
   * @param service as in {@code AWS_ENDPOINT_URL_<SERVICE>}
   * @param retries {@link AwsRetryStrategy#doNotRetry()} when a repeated call is not harmless
   */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder, String service, RetryStrategy retries) {
    return configured(builder, service, it -> it.retryStrategy(retries));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder, String service, Consumer<ClientOverrideConfiguration.Builder> configuration) {
    endpoint(service).map(URI::create).ifPresent(builder::endpointOverride);
    return builder
        .region(Region.of(region()))
        .credentialsProvider(credentials)
        .overrideConfiguration(configuration)
        .httpClient(http);
  }
}
