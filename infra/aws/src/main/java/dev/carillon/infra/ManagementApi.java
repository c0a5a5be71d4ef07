package dev.carillon.infra;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;

/**
 * The routes of the management API, from the file that {@code DeclaredRoutesTest} writes of what
 * its function declares: the classes of functions stay off the class path of what is synthesized.
 */
final class ManagementApi {
  static final String ROUTES = "management-routes.txt";

  private ManagementApi() {}

  static HttpFunction answeredBy(HttpFunction management) {
    routes()
        .lines()
        .map(route -> route.split(" ", 2))
        .forEach(route -> management.answers(HttpMethod.valueOf(route[0]), route[1]));
    return management;
  }

  static String routes() {
    try (InputStream file = ManagementApi.class.getResourceAsStream(ROUTES)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
