package dev.carillon.local.rescue;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Where the deployment is: in AWS, found as the AWS CLI finds it, or on a local stack.
 *
 * @param endpoint the local stack's
 */
record DeployedAws(Optional<URI> endpoint) {

  static DeployedAws here() {
    return new DeployedAws(Optional.empty());
  }

  static DeployedAws at(URI endpoint) {
    return new DeployedAws(Optional.of(endpoint));
  }

  /** A client that the caller closes. */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C of(B builder) {
    endpoint.ifPresent(
        it ->
            builder
                .endpointOverride(it)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIALOCALREMOTE", "local"))));
    return builder.httpClient(UrlConnectionHttpClient.create()).build();
  }
}
