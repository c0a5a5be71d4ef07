package dev.carillon.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.local.iam.AccessDecision;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.iam.AccessRequest.Need;
import dev.carillon.local.iam.AccountPolicies;
import dev.carillon.local.iam.GrantParts;
import dev.carillon.local.iam.Permissions;
import dev.carillon.local.iam.Principal;
import dev.carillon.local.template.StackTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every grant of the template is needed: one story over all functions is told once, each call on
 * record, and then each part of each statement is taken away in turn and the recorded calls are
 * decided anew. A part whose absence no call notices is unused, and is named.
 */
class GrantsInUseTest {
  /** Not the handler but the JVM reads it; AwsClients refuses to start without what it says. */
  private static final String OF_THE_JVM = "JAVA_TOOL_OPTIONS";

  private static StackTemplate template;
  private static List<Recorded> recorded;
  private static List<String> refused;
  private static List<String> unread;

  private record Recorded(String caller, AccessRequest request) {
    String sentence() {
      return "%s may not %s on %s".formatted(caller, request.action(), request.resource());
    }
  }

  @BeforeAll
  static void tellTheStory() throws Exception {
    template = DeployedStack.template();
    try (var stack = DeployedStack.start(template)) {
      new FullScenario(stack).run();
      unread =
          template.functions().stream()
              .flatMap(
                  function ->
                      function.variables().keySet().stream()
                          .filter(name -> !name.equals(OF_THE_JVM))
                          .filter(
                              name -> !stack.stack().variablesAsked(function.verb()).contains(name))
                          .map(name -> function.verb() + " never asks for " + name))
              .toList();
      var records = stack.get("/_local/access");
      refused = records.list("refused").stream().map(item -> ((Json.Str) item).value()).toList();
      recorded = records.list("used").stream().map(item -> recorded((Json.Obj) item)).toList();
    }
  }

  @AfterAll
  static void forget() {
    recorded = List.of();
  }

  @Test
  void nothing_that_a_function_does_is_refused() {
    assertThat(refused).as("grants that ServicesStack lacks").isEmpty();
  }

  @Test
  void without_any_part_of_any_grant_a_call_is_refused() {
    var policies = template.permissions().policies();
    var unused = new ArrayList<String>();
    var parts = GrantParts.of(policies);
    for (var part : parts) {
      if (refusedBy(GrantParts.without(policies, part)).isPresent()) {
        continue;
      }
      unused.add(
          "%s of statement %d of %s is not used: %s"
              .formatted(part.kind(), part.statement(), part.policy(), part.text()));
    }
    System.out.println(
        "grants: "
            + parts.size()
            + " actions, resources and values of "
            + parts.stream().map(part -> part.policy() + part.statement()).distinct().count()
            + " statements; "
            + recorded.size()
            + " kinds of call recorded; unused "
            + unused.size());
    assertThat(unused).as("tell of it in FullScenario, or take it out of ServicesStack").isEmpty();
  }

  @Test
  void every_variable_of_every_function_is_asked_for() {
    assertThat(unread).as("tell of it in FullScenario, or take it out of ServicesStack").isEmpty();
  }

  private static Optional<Recorded> refusedBy(AccountPolicies policies) {
    return recorded.stream()
        .filter(call -> !(policies.decide(call.request()) instanceof AccessDecision.Allowed))
        .findFirst();
  }

  private static Recorded recorded(Json.Obj json) {
    var caller = json.text("caller").orElseThrow();
    var need = Need.of(json.text("action").orElseThrow(), json.text("resource").orElseThrow());
    for (var entry : json.object("context").fields().entrySet()) {
      need =
          need.with(
              entry.getKey(),
              ((Json.Arr) entry.getValue())
                  .items().stream().map(value -> ((Json.Str) value).value()).toList());
    }
    return new Recorded(caller, AccessRequest.of(principal(caller), need));
  }

  private static Principal principal(String caller) {
    Permissions permissions = template.permissions();
    if (permissions.functions().containsKey(caller)) {
      return permissions.functions().get(caller);
    }
    return caller.endsWith(".amazonaws.com")
        ? new Principal.Service(caller)
        : new Principal.RoleSession("arn:aws:iam::000000000000:role/" + caller, "session");
  }
}
