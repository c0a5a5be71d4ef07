package dev.carillon.functions.delivery.call;

import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderCall.Authentication.AwsSignature;
import dev.carillon.provider.ProviderCall.AwsKeys;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Requests to AWS, signed. They go to AWS's own endpoints, or where {@code AWS_ENDPOINT_URL} says,
 * which on a developer's machine is a loopback address: so they have a client of their own, and a
 * customer's URL does not reach what is allowed to these.
 */
public final class AwsRequests {
  private final Supplier<GuardedHttp> http;
  private final Optional<Supplier<GuardedHttp>> gateway;
  private final Function<String, Optional<String>> endpoint;
  private final Supplier<AwsCredentialsIdentity> own;
  private final String region;
  private final InstantSource clock;

  /**
   * @param endpoint where a service is called instead, by its name in signatures
   * @param own the function's own credentials
   * @param region of what names none
   */
  public AwsRequests(
      Supplier<GuardedHttp> http,
      Function<String, Optional<String>> endpoint,
      Supplier<AwsCredentialsIdentity> own,
      String region,
      InstantSource clock) {
    this(http, Optional.empty(), endpoint, own, region, clock);
  }

  /**
   * @param gateway through which services are called that have no endpoint of their own, as other
   *     providers are
   */
  public AwsRequests(
      Supplier<GuardedHttp> http,
      Optional<Supplier<GuardedHttp>> gateway,
      Function<String, Optional<String>> endpoint,
      Supplier<AwsCredentialsIdentity> own,
      String region,
      InstantSource clock) {
    this.http = http;
    this.gateway = gateway;
    this.endpoint = endpoint;
    this.own = own;
    this.region = region;
    this.clock = clock;
  }

  /**
   * @param remarks for the gateway alone
   */
  OutboundResult send(ProviderCall.Http call, AwsSignature signature, Map<String, String> remarks) {
    URI uri = URI.create(call.url());
    Optional<String> elsewhere = endpoint.apply(signature.service());
    URI target =
        elsewhere.map(URI::create).map(base -> base.resolve(pathAndQuery(uri))).orElse(uri);
    var request =
        SdkHttpRequest.builder().uri(target).method(SdkHttpMethod.fromValue(call.method()));
    call.headers().forEach(request::putHeader);
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                it ->
                    it.identity(signature.keys().map(AwsRequests::identity).orElseGet(own))
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(call.body()))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, signature.service())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, signature.region().orElse(region))
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock.withZone(ZoneOffset.UTC)));
    Map<String, String> headers = new LinkedHashMap<>();
    signed
        .request()
        .headers()
        .forEach(
            (name, values) -> {
              // The client names the host itself, as it was signed.
              if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                headers.put(name, String.join(",", values));
              }
            });
    var made = new OutboundRequest(call.method(), target.toString(), headers, call.body());
    return gateway
        .filter(_ -> elsewhere.isEmpty())
        .map(through -> through.get().send(made, Optional.empty(), remarks))
        .orElseGet(() -> http.get().send(made));
  }

  private static String pathAndQuery(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static AwsCredentialsIdentity identity(AwsKeys keys) {
    return keys.sessionToken()
        .<AwsCredentialsIdentity>map(
            token ->
                AwsSessionCredentialsIdentity.create(
                    keys.accessKeyId(), keys.secretAccessKey(), token))
        .orElseGet(() -> AwsCredentialsIdentity.create(keys.accessKeyId(), keys.secretAccessKey()));
  }
}
