package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.edge.route.OpenApi;
import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.functions.api.ApiRoutes;
import dev.carillon.functions.delivery.DeliveryRoutes;
import dev.carillon.functions.feeds.FeedsRoutes;
import dev.carillon.functions.intake.IntakeRoutes;
import dev.carillon.functions.management.ManagementRoutes;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.testing.scenarios.GuideEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The document of the API says what the routes say. After a route was added: {@code ./carillon test
 * -pl infra/testing -am -Dtest=OpenApiTest -Dopenapi.write=true} writes it anew.
 */
class OpenApiTest {
  private static final Path FILE =
      Path.of("../../functions/api/src/main/resources/dev/carillon/functions/api/reference")
          .resolve("openapi.json");

  private static List<RouteDeclaration> routes() {
    return Stream.of(
            ApiRoutes.declared(),
            FeedsRoutes.declared(),
            IntakeRoutes.declared(),
            DeliveryRoutes.declared(),
            ManagementRoutes.declared())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void the_document_is_made_from_the_routes() throws IOException {
    Json.Obj made = OpenApi.document(routes());
    if (Boolean.getBoolean("openapi.write")) {
      // A line for each path, so that what a change adds can be read, and merged.
      Files.writeString(FILE, JsonText.write(made).replace("},\"/v1/", "},\n\"/v1/") + "\n");
    }
    assertThat(JsonText.parse(Files.readString(FILE)))
        .as("write it anew with -Dopenapi.write=true")
        .isEqualTo(made);
  }

  @Test
  void every_operation_has_a_name_of_its_own_and_tells_who_may_call_it() {
    Json.Obj paths = OpenApi.document(routes()).object("paths");
    List<Json.Obj> operations =
        paths.fields().values().stream()
            .flatMap(path -> ((Json.Obj) path).fields().values().stream())
            .map(Json.Obj.class::cast)
            .toList();
    assertThat(operations).hasSize(routes().size());
    assertThat(operations).extracting(it -> it.text("operationId")).doesNotHaveDuplicates();
    assertThat(operations).allMatch(it -> !it.list("security").isEmpty());
  }

  @Test
  void the_document_is_answered_to_who_has_a_key() throws IOException {
    var engine = GuideEngine.open().engine;
    var answer =
        engine.call(
            new Call(
                "GET", "/v1/openapi", Map.of("authorization", "Bearer sk_test"), Optional.empty()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(JsonText.parse(Files.readString(FILE, StandardCharsets.UTF_8)));
  }
}
