package dev.carillon.testing.simulation;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audience.Segment;
import dev.carillon.audience.DynamicMembers;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.Operator;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.TestWorkflows;
import dev.carillon.testing.simulation.ClientCall.Wish;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * People who come into a dynamic audience by what is known of them, which triggers a workflow, and
 * some of whom leave it again, which the run that it triggered may hear of.
 */
final class AudiencePlot {
  private static final String AUDIENCE = "members";
  private static final String LEVEL = "level";

  private AudiencePlot() {}

  /** From now on there is the audience. */
  static void setting(InProcessEngine engine) {
    engine
        .ports()
        .audiences()
        .put(
            InProcessEngine.ENVIRONMENT,
            AUDIENCE,
            new Audience.Dynamic(
                List.of(
                    new Segment(
                        List.of(
                            new Condition(
                                "recipient." + LEVEL, Operator.EQUAL_TO, Json.of("member")))))));
  }

  static ClientCall enrol(RecipientId user, boolean forGood) {
    return new ClientCall(level(user, "member"), new Wish.Enrol(user, forGood));
  }

  static ClientCall resign(Wish.Enrol enrolled) {
    return new ClientCall(level(enrolled.user(), "guest"), new Wish.Resign(enrolled.user()));
  }

  private static Call level(RecipientId user, String level) {
    return Call.put("/v1/users/" + user.id(), Json.object().with(LEVEL, level));
  }

  /**
   * Who stays in came in once; who left is out, and came in once at most: who is out again before
   * anybody looked never was in.
   *
   * @param entries the runs that the audience triggered
   */
  static void check(
      InProcessEngine engine, ClientScript story, List<Run> entries, Consumer<String> wrong) {
    Map<RecipientId, Long> times =
        entries.stream().collect(Collectors.groupingBy(Run::recipient, Collectors.counting()));
    story
        .wishing(Wish.Enrol.class)
        .values()
        .forEach(
            wish -> {
              var stays =
                  engine.ports().dynamicMembers().of(InProcessEngine.ENVIRONMENT, wish.user());
              boolean in =
                  stays.stream().anyMatch(it -> it.state() == DynamicMembers.State.IN)
                      && stays.size() == 1;
              long came = times.getOrDefault(wish.user(), 0L);
              if (wish.forGood() ? !in : !stays.isEmpty()) {
                wrong.accept(wish + " has the stays " + stays);
              }
              if (came > 1 || wish.forGood() && came == 0) {
                wrong.accept(wish + " came in " + came + " times");
              }
            });
    times.keySet().stream()
        .filter(
            it ->
                story.wishing(Wish.Enrol.class).values().stream()
                    .noneMatch(w -> w.user().equals(it)))
        .forEach(it -> wrong.accept("nobody let in " + it));
  }

  /** Whether these workflows have the one that the audience triggers. */
  static boolean isIn(Map<String, String> workflows) {
    return workflows.containsKey(TestWorkflows.WELCOME);
  }
}
