package dev.carillon.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The template that the CDK app synthesizes, as the local stack understands it. */
class DeploymentTest {
  private final Blueprint blueprint =
      BlueprintReader.read(Path.of("../aws/target/cdk.out").toAbsolutePath(), Place.LOCAL);

  @Test
  void every_function_has_a_jar_and_a_name_of_its_own() {
    assertThat(blueprint.functions()).isNotEmpty();
    assertThat(blueprint.functions())
        .extracting(Blueprint.Function::verb)
        .doesNotHaveDuplicates()
        .contains("intake", "operator");
  }

  @Test
  void every_mapping_and_every_route_leads_to_a_function() {
    var functions =
        blueprint.functions().stream()
            .map(Blueprint.Function::name)
            .collect(Collectors.toUnmodifiableSet());
    var queues =
        blueprint.queues().stream()
            .map(Blueprint.Queue::name)
            .collect(Collectors.toUnmodifiableSet());

    assertThat(blueprint.mappings())
        .isNotEmpty()
        .allSatisfy(
            mapping -> {
              assertThat(functions).contains(mapping.function());
              assertThat(queues).contains(mapping.queue());
            });
    assertThat(blueprint.apis()).hasSize(1);
    assertThat(blueprint.apis().getFirst().routes())
        .isNotEmpty()
        .allSatisfy(route -> assertThat(functions).contains(route.function()));
  }

  @Test
  void every_dead_letter_queue_is_built_too() {
    var queues = blueprint.queues().stream().map(Blueprint.Queue::name).toList();

    assertThat(blueprint.queues())
        .flatExtracting(queue -> queue.redrive().stream().toList())
        .isNotEmpty()
        .allSatisfy(redrive -> assertThat(queues).contains(redrive.deadLetterQueue()));
  }
}
