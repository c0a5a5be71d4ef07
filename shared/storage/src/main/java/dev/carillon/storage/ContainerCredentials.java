package dev.carillon.storage;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Credentials from the address that Lambda names, which is all that a function restored from a
 * snapshot is given. The SDK's own provider reads the variables of the process; this one reads
 * those of the function, as several may live in one process.
 */
final class ContainerCredentials implements AwsCredentialsProvider {
  static final String ADDRESS = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
  private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int TRIES = 3;

  /** Renewed this long before they end; in the meantime a failure to renew does no harm. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  private record Held(AwsCredentials credentials, Instant end) {}

  private final Environment environment;
  private Optional<Held> held = Optional.empty();

  ContainerCredentials(Environment environment) {
    this.environment = environment;
  }

  @Override
  public synchronized AwsCredentials resolveCredentials() {
    Instant now = environment.clock().instant();
    if (held.isEmpty() || !now.isBefore(held.get().end().minus(EARLY))) {
      try {
        held = Optional.of(fetch());
      } catch (IOException e) {
        if (held.isEmpty() || !now.isBefore(held.get().end())) {
          throw new UncheckedIOException("No credentials could be had", e);
        }
      }
    }
    return held.get().credentials();
  }

  private Held fetch() throws IOException {
    IOException last = new IOException("not tried");
    for (int attempt = 0; attempt < TRIES; attempt++) {
      try {
        return read(answer());
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private byte[] answer() throws IOException {
    var connection =
        (HttpURLConnection) URI.create(environment.require(ADDRESS)).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    Optional<String> file = environment.find(TOKEN_FILE);
    Optional<String> token =
        file.isPresent()
            ? Optional.of(Files.readString(Path.of(file.get())).strip())
            : environment.find(TOKEN);
    token.ifPresent(it -> connection.setRequestProperty("Authorization", it));
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("Credentials were answered " + connection.getResponseCode());
    }
    try (var in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  private static Held read(byte[] answer) throws IOException {
    if (!(JsonText.parse(answer) instanceof Json.Obj json)) {
      throw new IOException("Credentials are no JSON object");
    }
    return new Held(
        AwsSessionCredentials.create(
            text(json, "AccessKeyId"), text(json, "SecretAccessKey"), text(json, "Token")),
        json.text("Expiration").map(Instant::parse).orElse(Instant.MAX));
  }

  private static String text(Json.Obj json, String name) throws IOException {
    return json.text(name).orElseThrow(() -> new IOException("Credentials lack " + name));
  }
}
