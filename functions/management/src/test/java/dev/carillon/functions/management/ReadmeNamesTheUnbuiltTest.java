package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.management.unbuilt.UnbuiltRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says is not there is what answers that it is not. */
class ReadmeNamesTheUnbuiltTest {
  private static final String BEGINS = "- Of the management API's 97 operations these answer 501";
  private static final Pattern NAMED = Pattern.compile("`((?:GET|PUT|POST|DELETE) /[^`]*)`");

  @Test
  void the_readme_names_the_operations_that_are_not_built_and_no_others() throws IOException {
    String readme = Files.readString(Path.of("..", "..", "README.md"));
    List<String> named =
        readme
            .lines()
            .filter(line -> line.startsWith(BEGINS))
            .flatMap(line -> NAMED.matcher(line).results())
            .map(match -> match.group(1))
            .toList();
    assertThat(named)
        .containsExactlyElementsOf(
            UnbuiltRoutes.names().stream().map(it -> it.replace(" /v1/", " /")).toList());
  }
}
