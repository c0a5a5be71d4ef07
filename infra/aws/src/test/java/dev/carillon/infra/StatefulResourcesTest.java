package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What must not be replaced by an upgrade, because it holds something or is known to somebody:
 * CloudFormation makes a new resource when its logical id changes, or one of the properties that
 * cannot be changed. Both are kept in {@code stateful.txt}; a line that goes or changes there takes
 * what the resource holds with it, so it needs a way for what is deployed already.
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

  @Test
  void nothing_that_holds_something_is_replaced() throws IOException {
    assertThat(String.join("\n", lines(Synthesized.DEFAULTS)))
        .as("Replacing one of these loses what it holds: see this test, and stateful.txt")
        .isEqualTo(Files.readString(KEPT).strip());
  }

  private static List<String> lines(Synthesized stack) {
    return REPLACED_BY.keySet().stream()
        .flatMap(type -> stack.all(type).values().stream())
        .map(StatefulResourcesTest::line)
        .sorted()
        .toList();
  }

  private static String line(Synthesized.Resource resource) {
    return resource.type()
        + " "
        + resource.id()
        + REPLACED_BY.get(resource.type()).stream()
            .filter(resource::has)
            .map(property -> " " + property + "=" + Tree.text(resource.at(property)))
            .collect(Collectors.joining());
  }
}
