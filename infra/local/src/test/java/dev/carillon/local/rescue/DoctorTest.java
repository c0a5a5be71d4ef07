package dev.carillon.local.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.local.rescue.DeadLetters.Buried;
import dev.carillon.local.rescue.Doctor.ChannelFacts;
import dev.carillon.local.rescue.Doctor.EnvironmentFacts;
import dev.carillon.local.rescue.Doctor.Facts;
import dev.carillon.local.rescue.Doctor.MailAccount;
import dev.carillon.local.rescue.Doctor.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DoctorTest {
  private static final EnvironmentFacts PRODUCTION =
      new EnvironmentFacts(
          "production", true, List.of(new ChannelFacts("mail", "email_sendgrid", List.of())), 1);
  private static final Facts FINE =
      new Facts(
          "Carillon",
          Doctor.QUEUES.stream().map(it -> queue(it, 0, 0, 0)).toList(),
          Optional.of(new Table(true, true, true)),
          true,
          Optional.of(List.of(PRODUCTION)),
          Optional.of(new MailAccount(true, true, 1)));

  @Test
  void a_deployment_that_lacks_nothing_hears_nothing() {
    assertThat(Doctor.findings(FINE)).isEmpty();
    assertThat(Doctor.findings(mail(Optional.empty()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void each_lack_is_a_sentence(Facts facts, String sentence) {
    assertThat(Doctor.findings(facts))
        .singleElement()
        .satisfies(found -> assertThat(found).contains(sentence).endsWith("."));
  }

  static Stream<Arguments> each_lack_is_a_sentence() {
    return Stream.of(
        Arguments.of(queues(_ -> List.of()), "no queue whose name begins with Carillon-"),
        Arguments.of(
            queues(all -> all.subList(1, all.size())),
            "no queue Carillon-Fanout with dead letters"),
        Arguments.of(
            queues(all -> with(all, queue("Wake", 7, 0, 0))), "7 tasks of Carillon-Wake failed"),
        Arguments.of(
            queues(all -> with(all, queue("Steps", 0, 40, 0))),
            "40 tasks wait in Carillon-Steps and nobody works on any"),
        Arguments.of(table(Optional.empty()), "no table Carillon"),
        Arguments.of(table(Optional.of(new Table(false, true, true))), "not active"),
        Arguments.of(table(Optional.of(new Table(true, false, true))), "point-in-time recovery"),
        Arguments.of(table(Optional.of(new Table(true, true, false))), "deletion protection"),
        Arguments.of(
            new Facts("Carillon", FINE.queues(), FINE.table(), false, FINE.operator(), FINE.mail()),
            "no configuration set Carillon"),
        Arguments.of(operator(Optional.empty()), "no function Carillon-operator"),
        Arguments.of(operator(Optional.of(List.of())), "There is no environment"),
        Arguments.of(
            environment(new EnvironmentFacts("qa", false, PRODUCTION.channels(), 1)),
            "qa has no secret key"),
        Arguments.of(
            environment(new EnvironmentFacts("qa", true, List.of(), 1)), "qa has no channel"),
        Arguments.of(
            environment(new EnvironmentFacts("qa", true, PRODUCTION.channels(), 0)),
            "qa has no committed workflow"),
        Arguments.of(
            environment(
                new EnvironmentFacts(
                    "qa",
                    true,
                    List.of(new ChannelFacts("texts", "sms_twilio", List.of("auth_token", "key"))),
                    1)),
            "The channel texts of qa (sms_twilio) lacks auth_token, key"),
        Arguments.of(mail(Optional.of(new MailAccount(true, false, 1))), "paused"),
        Arguments.of(mail(Optional.of(new MailAccount(false, true, 1))), "sandbox"),
        Arguments.of(mail(Optional.of(new MailAccount(true, true, 0))), "no verified"));
  }

  @Test
  void a_busy_queue_is_no_trouble() {
    assertThat(Doctor.findings(queues(all -> with(all, queue("Steps", 0, 40, 10))))).isEmpty();
  }

  private static Buried queue(String function, int letters, int waiting, int taken) {
    return new Buried("Carillon-" + function, "arn:dead", letters, waiting, taken);
  }

  private static List<Buried> with(List<Buried> all, Buried changed) {
    var list = new ArrayList<>(all);
    list.replaceAll(it -> it.queue().equals(changed.queue()) ? changed : it);
    return list;
  }

  private static Facts queues(UnaryOperator<List<Buried>> change) {
    return new Facts(
        "Carillon", change.apply(FINE.queues()), FINE.table(), true, FINE.operator(), FINE.mail());
  }

  private static Facts table(Optional<Table> table) {
    return new Facts("Carillon", FINE.queues(), table, true, FINE.operator(), FINE.mail());
  }

  private static Facts operator(Optional<List<EnvironmentFacts>> operator) {
    return new Facts("Carillon", FINE.queues(), FINE.table(), true, operator, FINE.mail());
  }

  private static Facts environment(EnvironmentFacts environment) {
    return operator(Optional.of(List.of(environment)));
  }

  private static Facts mail(Optional<MailAccount> mail) {
    return new Facts("Carillon", FINE.queues(), FINE.table(), true, FINE.operator(), mail);
  }
}
