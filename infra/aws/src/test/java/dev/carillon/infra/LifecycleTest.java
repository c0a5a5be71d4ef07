package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.infra.Synthesized.Resource;
import dev.carillon.infra.settings.WorkQueue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is deployed, kept and destroyed together, and how little the stacks know of each other. */
class LifecycleTest {
  private final Synthesized stack = Synthesized.DEFAULTS;
  private final Map<String, Resource> queues = stack.all("AWS::SQS::Queue");
  private final Map<String, Resource> functions = stack.all("AWS::Lambda::Function");

  @Test
  void what_must_not_be_lost_lies_in_a_stack_of_its_own_that_refuses_to_be_deleted() {
    assertThat(typesIn("Carillon-Data"))
        .contains("AWS::DynamoDB::GlobalTable", "AWS::SQS::Queue", "AWS::KMS::Key")
        .noneMatch(type -> type.startsWith("AWS::Lambda::"));
    assertThat(typesIn("Carillon-Services"))
        .doesNotContain("AWS::DynamoDB::GlobalTable", "AWS::SQS::Queue", "AWS::KMS::Key")
        .doesNotContain("AWS::ApiGatewayV2::Api");
    assertThat(typesIn("Carillon-Edge"))
        .containsExactlyInAnyOrder(
            "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage", "AWS::Logs::LogGroup");
    assertThat(stack.stacks().data().getTerminationProtection()).isTrue();
    assertThat(stack.stacks().edge().getTerminationProtection()).isNotEqualTo(true);
    assertThat(stack.stacks().services().getTerminationProtection()).isNotEqualTo(true);
  }

  @Test
  void data_and_edge_are_deployed_before_the_services_and_destroyed_after_them() {
    assertThat(stack.stacks().services().getDependencies())
        .containsExactlyInAnyOrder(stack.stacks().data(), stack.stacks().edge());
    assertThat(stack.stacks().data().getDependencies()).isEmpty();
    assertThat(stack.stacks().edge().getDependencies()).isEmpty();
  }

  @Test
  void stacks_know_each_other_by_names_and_lock_only_the_ids_of_the_two_apis() {
    assertThat(imports(stack.templates().get("Carillon-Services")))
        .containsExactlyInAnyOrder("Carillon-HttpApi", "Carillon-SocketApi");
    assertThat(imports(stack.templates().get("Carillon-Data"))).isEmpty();
    assertThat(imports(stack.templates().get("Carillon-Edge"))).isEmpty();
    assertThat(stack.outputs().values())
        .map(output -> Tree.map(output).get("Export"))
        .filteredOn(Objects::nonNull)
        .map(Tree::text)
        .containsExactlyInAnyOrder("{Name=Carillon-HttpApi}", "{Name=Carillon-SocketApi}");
  }

  @Test
  void every_name_that_the_services_use_is_one_that_the_data_stack_gives() {
    var services = stack.templates().get("Carillon-Services").toString();
    var used =
        Pattern.compile(":(Carillon-[A-Za-z]+)[,\\]}]")
            .matcher(services)
            .results()
            .map(it -> it.group(1))
            .collect(Collectors.toSet());
    assertThat(queues.values())
        .map(queue -> Tree.text(queue.at("QueueName")))
        .containsAll(used)
        .hasSize(2 * WorkQueue.values().length);
    assertThat(used).hasSize(WorkQueue.values().length);
    var table = stack.only("AWS::DynamoDB::GlobalTable").at("TableName");
    var configuration = stack.only("AWS::SES::ConfigurationSet").at("Name");
    assertThat(functions.values())
        .map(function -> Tree.map(function.at("Environment", "Variables")))
        .allSatisfy(
            variables -> {
              assertThat(variables).containsEntry("TABLE_NAME", table);
              assertThat(variables.getOrDefault("SES_CONFIGURATION_SET", configuration))
                  .isEqualTo(configuration);
            });
  }

  private Set<String> typesIn(String name) {
    return Tree.map(stack.templates().get(name).get("Resources")).values().stream()
        .map(resource -> Tree.text(Tree.map(resource).get("Type")))
        .collect(Collectors.toSet());
  }

  private static Set<String> imports(Object value) {
    return switch (value) {
      case Map<?, ?> map when map.get("Fn::ImportValue") instanceof String name -> Set.of(name);
      case Map<?, ?> map -> imports(List.copyOf(map.values()));
      case List<?> list ->
          list.stream()
              .filter(Objects::nonNull)
              .flatMap(it -> imports(it).stream())
              .collect(Collectors.toSet());
      default -> Set.of();
    };
  }
}
