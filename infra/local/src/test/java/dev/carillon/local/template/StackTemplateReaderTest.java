package dev.carillon.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.local.sample.SampleApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTemplateReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void synthesize() {
    SampleApp.in(folder);
  }

  @Test
  void a_function_knows_its_class_its_jar_and_its_resolved_variables() {
    var greet = read().functions().getFirst();

    assertThat(greet.handler()).isEqualTo("dev.carillon.greet.GreetHandler");
    assertThat(greet.verb()).isEqualTo("greet");
    assertThat(greet.archive()).isEqualTo(folder.resolve("sample.jar"));
    assertThat(greet.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(greet.memoryMegabytes()).isEqualTo(512);
    assertThat(greet.variables())
        .containsEntry("TABLE_NAME", "Sample-Table")
        .containsEntry("QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/000000000000/work")
        .containsEntry("STAGE", "x-test-us-east-1-${kept}");
  }

  @Test
  void a_mapping_finds_its_function_through_the_alias_and_its_queue_in_another_stack() {
    assertThat(read().mappings())
        .containsExactly(
            new StackTemplate.Mapping("Sample-Work", "work", 5, Duration.ZERO, true, 3));
  }

  @Test
  void a_queue_knows_its_dead_letter_queue() {
    assertThat(read().queues().getFirst())
        .isEqualTo(
            new StackTemplate.Queue(
                "work",
                "https://sqs.us-east-1.amazonaws.com/000000000000/work",
                "arn:aws:sqs:us-east-1:000000000000:work",
                Duration.ofSeconds(60),
                Duration.ZERO,
                Optional.of(new StackTemplate.Redrive("shared-DeadLetters", 2))));
  }

  @Test
  void a_route_leads_through_its_integration_to_the_function() {
    var api = read().apis().getFirst();

    assertThat(api.routes())
        .containsExactly(
            new StackTemplate.Route(
                "ANY /greet/{name}",
                "Sample-Greet",
                "arn:aws:lambda:us-east-1:000000000000:function:Sample-Greet:live"));
    assertThat(api.cors().orElseThrow().maxAge()).contains(60);
  }

  @Test
  void mail_events_go_through_the_topic_to_the_queue() {
    var template = read();

    assertThat(template.emailEvents())
        .containsExactly(
            new StackTemplate.EmailEvents(
                "Sample-Mail",
                Set.of("bounce"),
                "arn:aws:sns:us-east-1:000000000000:Sample-Reports"));
    assertThat(template.subscriptions())
        .containsExactly(
            new StackTemplate.Subscription(
                "arn:aws:sns:us-east-1:000000000000:Sample-Reports",
                "arn:aws:sqs:us-east-1:000000000000:work",
                true));
  }

  @Test
  void what_has_no_effect_here_says_why() {
    assertThat(StackTemplateReader.withoutEffect(folder, AccountRegion.LOCAL)).containsKey("Log");
  }

  @Test
  void an_unknown_type_is_named() throws IOException {
    replace("AWS::IAM::Role", "AWS::Cuckoo::Clock");

    assertThatThrownBy(this::read)
        .isInstanceOf(UnsupportedTemplate.class)
        .hasMessageContaining("Role")
        .hasMessageContaining("AWS::Cuckoo::Clock");
  }

  @Test
  void an_unknown_property_is_named() throws IOException {
    replace("\"MemorySize\"", "\"MemoryColour\"");

    assertThatThrownBy(this::read)
        .isInstanceOf(UnsupportedTemplate.class)
        .hasMessageContaining("MemoryColour")
        .hasMessageContaining("Greet");
  }

  @Test
  void an_unknown_intrinsic_function_is_named() throws IOException {
    replace("Fn::ImportValue", "Fn::FindInMap");

    assertThatThrownBy(this::read)
        .isInstanceOf(UnsupportedTemplate.class)
        .hasMessageContaining("Fn::FindInMap");
  }

  @Test
  void a_missing_jar_is_named() throws IOException {
    Files.delete(folder.resolve("sample.jar"));

    assertThatThrownBy(this::read)
        .isInstanceOf(UnsupportedTemplate.class)
        .hasMessageContaining("sample.jar");
  }

  private StackTemplate read() {
    return StackTemplateReader.read(folder, AccountRegion.LOCAL);
  }

  private void replace(String what, String with) throws IOException {
    for (var name : List.of("Sample.template.json", "Shared.template.json")) {
      var file = folder.resolve(name);
      Files.writeString(file, Files.readString(file).replace(what, with));
    }
  }
}
