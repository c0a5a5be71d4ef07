package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.infra.Synthesized.Resource;
import dev.carillon.infra.settings.WorkQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What must not be replaced by an upgrade, because it holds something or is known to somebody:
 * CloudFormation makes a new resource when it goes to another stack, when its logical id changes,
 * or one of the properties that cannot be changed. These are kept in {@code stateful.txt}, and what
 * becomes of the resource when it is taken away; a line that goes or changes there takes what the
 * resource holds with it, so it needs a way for what is deployed already.
 */
class StatefulResourcesTest {
  private static final Path KEPT = Path.of("src", "test", "resources", "stateful.txt");

  /**
   * By type, the properties whose change means another resource ("Update requires: Replacement").
   */
  private static final Map<String, List<String>> REPLACED_BY =
      Map.of(
          "AWS::DynamoDB::GlobalTable", List.of("TableName", "KeySchema", "LocalSecondaryIndexes"),
          "AWS::SQS::Queue", List.of("QueueName", "FifoQueue"),
          "AWS::KMS::Key", List.of("KeySpec", "KeyUsage", "MultiRegion"),
          "AWS::S3::Bucket", List.of("BucketName", "ObjectLockEnabled"),
          "AWS::SNS::Topic", List.of("TopicName", "FifoTopic"),
          "AWS::SES::ConfigurationSet", List.of("Name"),
          "AWS::Scheduler::ScheduleGroup", List.of("Name"),
          "AWS::ApiGatewayV2::Api", List.of("ProtocolType"));

  private final Synthesized stack = Synthesized.DEFAULTS;

  @Test
  void nothing_that_holds_something_is_replaced() throws IOException {
    assertThat(String.join("\n", lines()))
        .as("Replacing one of these loses what it holds: see this test, and stateful.txt")
        .isEqualTo(Files.readString(KEPT).strip());
  }

  @ParameterizedTest
  @CsvSource({
    "AWS::DynamoDB::GlobalTable, KeySchema",
    "AWS::DynamoDB::GlobalTable, TableName",
    "AWS::SQS::Queue, QueueName",
    "AWS::SES::ConfigurationSet, Name",
    "AWS::ApiGatewayV2::Api, ProtocolType"
  })
  void a_change_that_replaces_is_noticed(String type, String property) {
    var resource = stack.all(type).values().iterator().next();
    var properties = Tree.map(resource.body().get("Properties"));
    properties.put(property, "other");
    var body = Tree.map(resource.body());
    body.put("Properties", properties);
    assertThat(line("Carillon-Data", new Resource(resource.id(), body)))
        .isNotEqualTo(line("Carillon-Data", resource));
  }

  @Test
  void what_holds_something_is_not_deleted_with_its_stack() {
    assertThat(lines())
        .filteredOn(
            line -> line.contains("DynamoDB") || line.contains("SQS") || line.contains("KMS"))
        .hasSize(1 + 2 * WorkQueue.values().length + 1)
        .allMatch(line -> line.startsWith("Carillon-Data RetainExceptOnCreate/Retain "));
  }

  private List<String> lines() {
    return stack.templates().entrySet().stream()
        .flatMap(
            template ->
                Tree.map(template.getValue().get("Resources")).entrySet().stream()
                    .map(it -> new Resource(it.getKey(), Tree.map(it.getValue())))
                    .filter(it -> REPLACED_BY.containsKey(it.type()))
                    .map(it -> line(template.getKey(), it)))
        .sorted()
        .toList();
  }

  private static String line(String stack, Resource resource) {
    return stack
        + " "
        + resource.body().getOrDefault("DeletionPolicy", "Delete")
        + "/"
        + resource.body().getOrDefault("UpdateReplacePolicy", "Delete")
        + " "
        + resource.type()
        + " "
        + resource.id()
        + REPLACED_BY.get(resource.type()).stream()
            .filter(resource::has)
            .map(property -> " " + property + "=" + Tree.text(resource.at(property)))
            .collect(Collectors.joining());
  }
}
