package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How far the stack is from what AWS takes; a test that fails leaves time to split it. */
class LimitsOfCloudFormationTest {
  /** What is left over at least: a tenth. */
  private static final double FULL = 0.9;

  private static final int TEMPLATE_BYTES = 1_000_000;
  private static final int RESOURCES = 500;
  private static final int OUTPUTS = 200;

  /** All inline policies of one role together, without white space. */
  private static final int POLICY_CHARACTERS = 10_240;

  /** All variables of one function together. */
  private static final int VARIABLES_BYTES = 4_096;

  private final Synthesized stack = Synthesized.DEFAULTS;

  @Test
  void the_template_its_policies_and_variables_have_room_to_grow() {
    stack
        .written()
        .forEach(
            (file, text) -> {
              if (file.endsWith(".template.json")) {
                within("bytes of " + file, text.length(), TEMPLATE_BYTES);
              }
            });
    stack
        .templates()
        .forEach(
            (name, template) -> {
              var resources = Tree.map(template.get("Resources")).size();
              within("resources of " + name, resources, RESOURCES);
              within("outputs of " + name, Tree.map(template.get("Outputs")).size(), OUTPUTS);
            });
    within(
        "characters in the policies of a role",
        stack.all("AWS::IAM::Role").keySet().stream().mapToInt(this::policies).max().orElseThrow(),
        POLICY_CHARACTERS);
    within(
        "bytes of a function's variables",
        stack.all("AWS::Lambda::Function").values().stream()
            .mapToInt(LimitsOfCloudFormationTest::variables)
            .max()
            .orElseThrow(),
        VARIABLES_BYTES);
  }

  /** References stand for names of up to eighty characters, which the text here is close to. */
  private int policies(String role) {
    return stack.all("AWS::IAM::Policy").values().stream()
        .filter(policy -> Tree.text(policy.at("Roles")).contains(role))
        .mapToInt(policy -> Tree.text(policy.at("PolicyDocument")).replace(" ", "").length())
        .sum();
  }

  private static int variables(Synthesized.Resource function) {
    Map<String, Object> variables = Tree.map(function.at("Environment", "Variables"));
    return variables.entrySet().stream()
        .map(entry -> entry.getKey() + Tree.text(entry.getValue()))
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8)
        .length;
  }

  private static void within(String what, int used, int limit) {
    System.out.println(used + " of " + limit + " " + what);
    assertThat(used).as(what).isLessThan((int) (limit * FULL));
  }
}
