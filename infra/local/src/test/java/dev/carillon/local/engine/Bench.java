package dev.carillon.local.engine;

import dev.carillon.local.clock.StackClock;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.sqs.QueueAttributes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** Running engines with a clock that stands still, and SDK clients that call them. */
public final class Bench implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  public static final String ACCOUNT = "000000000000";

  public final RecordingHooks hooks = new RecordingHooks();
  public final StackClock clock;
  public final Engines engines;

  public Bench(Optional<Path> data) {
    this(data, AccessControl.unrestricted());
  }

  public Bench(Optional<Path> data, AccessControl access) {
    clock = StackClock.open(() -> START, data);
    engines = Engines.start(clock, data, hooks, access);
  }

  public static Bench inMemory() {
    return new Bench(Optional.empty());
  }

  /** A client of the function {@code steps} that tries each call once. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return client(builder, engines.endpoint());
  }

  /** The same for engines in another process. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint) {
    return client(builder, endpoint, Duration.ofSeconds(20));
  }

  /** The same, giving up on an answer after this time. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, Duration patience) {
    return client(builder, engines.endpoint(), patience);
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint, Duration patience) {
    return client(
        builder, endpoint, UrlConnectionHttpClient.builder().socketTimeout(patience).build());
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint, SdkHttpClient http) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("AKIALOCALSTEPS", "secret")))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .build())
        .httpClient(http)
        .build();
  }

  /** A client that calls these engines without a socket, as functions in their process do. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C direct(
      B builder, Duration patience) {
    var connections = engines.connections().orElseThrow();
    return client(
        builder,
        engines.endpoint(),
        UrlConnectionHttpClient.create(
            uri -> {
              var connection = connections.apply(uri);
              connection.setReadTimeout((int) patience.toMillis());
              return connection;
            }));
  }

  public void pass(Duration time) {
    clock.moveTo(clock.instant().plus(time));
  }

  /** A queue with 30 seconds of visibility and a dead-letter queue after two tries. */
  public String queue(String name) {
    var dead = name + "-dead";
    create(dead, Optional.empty());
    create(name, Optional.of(new QueueAttributes.Redrive(2, dead)));
    return url(name);
  }

  private void create(String name, Optional<QueueAttributes.Redrive> redrive) {
    engines
        .queues()
        .create(
            new QueueAttributes(
                name, url(name), arn(name), Duration.ofSeconds(30), Duration.ZERO, redrive));
  }

  public String url(String queue) {
    return URI.create(engines.endpoint() + "/" + ACCOUNT + "/" + queue).toString();
  }

  public static String arn(String queue) {
    return "arn:aws:sqs:us-east-1:" + ACCOUNT + ":" + queue;
  }

  @Override
  public void close() {
    engines.close();
  }
}
