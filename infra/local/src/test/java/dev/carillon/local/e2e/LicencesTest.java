package dev.carillon.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the functions bring along is under licences that ask nothing of who deploys them. The build
 * writes a bill of materials beside each function's jar.
 */
class LicencesTest {
  /** Ids of the SPDX list. Where a library offers several, one of these is enough. */
  private static final Set<String> WELCOME =
      Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "EPL-2.0", "MIT", "MIT-0");

  @Test
  void every_library_in_a_function_is_under_a_licence_that_asks_nothing_of_who_deploys_it()
      throws IOException {
    var unwelcome = new TreeMap<String, List<String>>();
    int libraries = 0;
    for (Path bill : bills()) {
      for (Json.Obj library : libraries(bill)) {
        libraries++;
        List<String> licences = licences(library);
        if (licences.stream().noneMatch(WELCOME::contains)) {
          unwelcome.put(library.text("purl").orElse("?"), licences);
        }
      }
    }
    assertThat(libraries).isPositive();
    assertThat(unwelcome).isEmpty();
  }

  /** One for each function that was built. */
  private static List<Path> bills() throws IOException {
    try (Stream<Path> functions = Files.list(Path.of("..", "..", "functions"))) {
      var built =
          functions
              .filter(it -> Files.exists(it.resolve("target").resolve("function.jar")))
              .map(it -> it.resolve("target").resolve("bom.json"))
              .toList();
      assertThat(built).isNotEmpty();
      assumeThat(built)
          .as("Maven makes no bill of materials while it is offline")
          .allSatisfy(bill -> assertThat(bill).exists());
      return built;
    }
  }

  /** Without our own modules. */
  private static List<Json.Obj> libraries(Path bill) throws IOException {
    var whole = (Json.Obj) JsonText.parse(Files.readString(bill));
    return objects(whole, "components")
        .filter(it -> !it.text("group").equals(Optional.of("dev.carillon")))
        .toList();
  }

  private static List<String> licences(Json.Obj library) {
    return objects(library, "licenses")
        .map(it -> it.object("license"))
        .flatMap(it -> it.text("id").or(() -> it.text("name")).stream())
        .toList();
  }

  private static Stream<Json.Obj> objects(Json.Obj of, String list) {
    return of.list(list).stream().filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
  }
}
