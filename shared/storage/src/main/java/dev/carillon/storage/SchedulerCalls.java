package dev.carillon.storage;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.runtime.Overloaded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * The one call of EventBridge Scheduler that is made here. Its client in the SDK is a megabyte of
 * each jar, most of it a directory of all endpoints of all services. Asks three times, as the SDK's
 * clients do. Safe for many threads.
 */
public final class SchedulerCalls {
  private static final String SERVICE = "scheduler";
  private static final String CONFLICT = "ConflictException";

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final String region;
  private final URI endpoint;
  private final RetryStrategy retries = AwsRetryStrategy.standardRetryStrategy();

  SchedulerCalls(
      SdkHttpClient http, AwsCredentialsProvider credentials, String region, URI endpoint) {
    this.http = http;
    this.credentials = credentials;
    this.region = region;
    this.endpoint = endpoint;
  }

  /**
   * Makes a schedule. Calling it twice is safe.
   *
   * @param schedule the body of CreateSchedule
   * @return false when there is one with this name already
   * @throws Overloaded when it is throttled every time
   * @throws AwsServiceException when it is refused
   */
  boolean create(String name, Json.Obj schedule) {
    byte[] body = JsonText.bytes(schedule);
    RetryToken token =
        retries.acquireInitialToken(AcquireInitialTokenRequest.create(SERVICE)).token();
    while (true) {
      try {
        return created("/schedules/" + name, body);
      } catch (AwsServiceException | UncheckedIOException e) {
        try {
          var next =
              retries.refreshRetryToken(
                  RefreshRetryTokenRequest.builder().token(token).failure(e).build());
          token = next.token();
          LockSupport.parkNanos(next.delay().toNanos());
        } catch (TokenAcquisitionFailedException _) {
          if (e instanceof AwsServiceException refusal && refusal.isThrottlingException()) {
            throw new Overloaded("SCHEDULER throttles", refusal);
          }
          throw e;
        }
      }
    }
  }

  private boolean created(String path, byte[] body) {
    var request =
        SdkHttpRequest.builder()
            .uri(endpoint.resolve(path))
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", "application/json")
            .build();
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                it ->
                    it.identity(credentials.resolveCredentials())
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    try {
      HttpExecuteResponse answer =
          http.prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(() -> new ByteArrayInputStream(body))
                      .build())
              .call();
      byte[] said = read(answer);
      if (answer.httpResponse().isSuccessful()) {
        return true;
      }
      String error = error(answer, said);
      if (error.equals(CONFLICT)) {
        return false;
      }
      throw AwsServiceException.builder()
          .statusCode(answer.httpResponse().statusCode())
          .awsErrorDetails(
              AwsErrorDetails.builder().errorCode(error).serviceName("Scheduler").build())
          .message("The Scheduler answered " + error)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("The Scheduler was not reached", e);
    }
  }

  private static byte[] read(HttpExecuteResponse answer) throws IOException {
    if (answer.responseBody().isEmpty()) {
      return new byte[0];
    }
    try (var in = answer.responseBody().get()) {
      return in.readAllBytes();
    }
  }

  /** By the header, as in {@code ConflictException:http://…}; else by the body. */
  private static String error(HttpExecuteResponse answer, byte[] said) {
    Optional<String> named =
        answer
            .httpResponse()
            .firstMatchingHeader("x-amzn-ErrorType")
            .map(it -> it.split(":", 2)[0]);
    return named.orElseGet(
        () -> {
          try {
            return JsonText.parse(said) instanceof Json.Obj json
                ? json.text("__type").orElse("an error").replaceAll(".*#", "")
                : "an error";
          } catch (MalformedJson _) {
            return "an error";
          }
        });
  }
}
