package dev.carillon.local.launch;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.project.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** The interface of a deployment, or of a local stack that runs, with one credential. */
final class ApiOverHttp implements Api {
  /** Somewhat above what API Gateway lets a call take. */
  private static final Duration LONGEST = Duration.ofSeconds(40);

  private static final int TOO_MANY = 429;

  /** An import is in no hurry: calls that come too fast are made again. */
  private static final int MOST_WAITS = 60;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LONGEST).build();
  private final URI origin;
  private final String credential;

  /**
   * @param origin such as {@code http://localhost:8080}
   * @param credential a service token or a secret key
   */
  ApiOverHttp(URI origin, String credential) {
    this.origin = origin;
    this.credential = credential;
  }

  @Override
  public Answer call(String method, String path, Optional<Json.Obj> body) {
    try {
      HttpResponse<String> response = answered(method, path, body);
      for (int i = 0; i < MOST_WAITS && response.statusCode() == TOO_MANY; i++) {
        Thread.sleep(wait(response));
        response = answered(method, path, body);
      }
      return new Answer(
          response.statusCode(),
          response.body().isEmpty() ? Json.NULL : JsonText.parse(response.body()));
    } catch (IOException e) {
      throw new UpOptions.Refused("Nothing answers at " + origin + ": " + e.getMessage());
    } catch (MalformedJson e) {
      throw new UpOptions.Refused("What answers at " + origin + " is no Carillon.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As long as it asks for, or a second. */
  private static Duration wait(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("retry-after")
        .filter(it -> it.matches("\\d{1,3}"))
        .map(it -> Duration.ofSeconds(Long.parseLong(it)))
        .orElse(Duration.ofSeconds(1));
  }

  private HttpResponse<String> answered(String method, String path, Optional<Json.Obj> body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(origin.toString().replaceFirst("/+$", "") + path))
            .timeout(LONGEST)
            .header("Authorization", "Bearer " + credential)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.map(it -> BodyPublishers.ofByteArray(JsonText.bytes(it)))
                    .orElse(BodyPublishers.noBody()))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
