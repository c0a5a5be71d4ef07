package dev.carillon.local.control;

import dev.carillon.local.http.HttpApiResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The calls of the API as Swagger UI shows them, from {@code /v1/openapi}; each can be tried, with
 * the keys of the demo. Its files come out of a jar: a browser loads nothing from elsewhere.
 */
final class ReferencePage {
  static final String PATH = "/_local/reference";

  private static final String LIBRARY = "swagger-ui";

  /** What the page loads, by what it is. */
  private static final Map<String, String> FILES =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  /** Swagger UI writes styles into elements and pictures into styles; scripts are files. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action"
          + " 'none'";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Carillon: the calls of the API</title>
          <link rel="stylesheet" href="reference/swagger-ui.css">
          <link rel="icon" type="image/png" href="reference/favicon-32x32.png">
        </head>
        <body>
          <div id="reference"></div>
          <script src="reference/swagger-ui-bundle.js"></script>
          <script src="reference/start.js"></script>
        </body>
      </html>
      """;

  /** The document itself is asked for with a key, like all calls. */
  private static final String START =
      """
      const keys = { secretKey: "sk_local", publicKey: "pk_local", serviceToken: "knock_st_local" };
      const reference = SwaggerUIBundle({
        url: "/v1/openapi",
        dom_id: "#reference",
        deepLinking: true,
        docExpansion: "none",
        filter: true,
        tryItOutEnabled: true,
        validatorUrl: null,
        requestInterceptor: (request) => {
          if (request.loadSpec) {
            request.headers.Authorization = "Bearer " + keys.secretKey;
          }
          return request;
        },
        onComplete: () => {
          for (const [name, key] of Object.entries(keys)) {
            reference.preauthorizeApiKey(name, key);
          }
        },
      });
      """;

  private ReferencePage() {}

  /**
   * @param path below {@link #PATH}, without a slash before it; empty for the page
   * @return empty when there is no such file
   */
  static Optional<HttpApiResponse> file(String path) {
    return switch (path) {
      case "" -> Optional.of(answer("text/html; charset=utf-8", PAGE));
      case "start.js" -> Optional.of(answer("text/javascript; charset=utf-8", START));
      default ->
          Optional.ofNullable(FILES.get(path))
              .map(
                  type ->
                      HttpApiResponse.of(200, type, ofLibrary(path))
                          .with("cache-control", "max-age=86400"));
    };
  }

  private static HttpApiResponse answer(String type, String text) {
    return HttpApiResponse.of(200, type, text.getBytes(StandardCharsets.UTF_8))
        .with("content-security-policy", POLICY)
        .with("x-frame-options", "DENY")
        .with("cache-control", "no-store");
  }

  private static byte[] ofLibrary(String name) {
    return resource("/META-INF/resources/webjars/" + LIBRARY + "/" + version() + "/" + name);
  }

  /** As the jar says it: the paths of its files hold it. */
  private static String version() {
    var properties = new Properties();
    try (var file =
        ReferencePage.class.getResourceAsStream(
            "/META-INF/maven/org.webjars/" + LIBRARY + "/pom.properties")) {
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) {
    try (var file = ReferencePage.class.getResourceAsStream(name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
