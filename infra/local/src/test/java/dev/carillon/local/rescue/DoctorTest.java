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
          new Look.Found<>(Doctor.QUEUES.stream().map(it -> queue(it, 0, 0, 0)).toList()),
          new Look.Found<>(new Table(true, true, true)),
          new Look.Found<>("Carillon"),
          new Look.Found<>(List.of(PRODUCTION)),
          new Look.Found<>(new MailAccount(true, true, 1)));

  @Test
  void a_deployment_that_lacks_nothing_hears_nothing() {
    assertThat(Doctor.findings(FINE)).isEmpty();
    assertThat(Doctor.findings(mail(new Look.Nothing<>()))).isEmpty();
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
        Arguments.of(queues(new Look.Nothing<>()), "no queue whose name begins with Carillon-"),
        Arguments.of(
            queues(new Look.Failed<>("access denied")), "not look at the queues: access denied"),
        Arguments.of(
            queues(all -> all.subList(1, all.size())),
            "no queue Carillon-Fanout with dead letters"),
        Arguments.of(
            queues(all -> with(all, queue("Wake", 7, 0, 0))), "7 tasks of Carillon-Wake failed"),
        Arguments.of(
            queues(all -> with(all, queue("Steps", 0, 40, 0))),
            "40 tasks wait in Carillon-Steps and nobody works on any"),
        Arguments.of(table(new Look.Nothing<>()), "no table Carillon"),
        Arguments.of(table(new Look.Found<>(new Table(false, true, true))), "not active"),
        Arguments.of(
            table(new Look.Found<>(new Table(true, false, true))), "point-in-time recovery"),
        Arguments.of(table(new Look.Found<>(new Table(true, true, false))), "deletion protection"),
        Arguments.of(configurationSet(new Look.Nothing<>()), "no configuration set Carillon"),
        Arguments.of(configurationSet(new Look.Failed<>("no.")), "SES's configuration set: no."),
        Arguments.of(table(new Look.Failed<>("throttled")), "not look at the table: throttled"),
        Arguments.of(operator(new Look.Failed<>("it failed.")), "the environments: it failed."),
        Arguments.of(mail(new Look.Failed<>("no")), "lets this account do: no"),
        Arguments.of(operator(new Look.Nothing<>()), "no function Carillon-operator"),
        Arguments.of(operator(new Look.Found<>(List.of())), "There is no environment"),
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
        Arguments.of(mail(new Look.Found<>(new MailAccount(true, false, 1))), "paused"),
        Arguments.of(mail(new Look.Found<>(new MailAccount(false, true, 1))), "sandbox"),
        Arguments.of(mail(new Look.Found<>(new MailAccount(true, true, 0))), "no verified"));
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
    return queues(
        new Look.Found<>(
            change.apply(Doctor.QUEUES.stream().map(it -> queue(it, 0, 0, 0)).toList())));
  }

  private static Facts queues(Look<List<Buried>> queues) {
    return new Facts(
        "Carillon", queues, FINE.table(), FINE.configurationSet(), FINE.operator(), FINE.mail());
  }

  private static Facts table(Look<Table> table) {
    return new Facts(
        "Carillon", FINE.queues(), table, FINE.configurationSet(), FINE.operator(), FINE.mail());
  }

  private static Facts configurationSet(Look<String> set) {
    return new Facts("Carillon", FINE.queues(), FINE.table(), set, FINE.operator(), FINE.mail());
  }

  private static Facts operator(Look<List<EnvironmentFacts>> operator) {
    return new Facts(
        "Carillon", FINE.queues(), FINE.table(), FINE.configurationSet(), operator, FINE.mail());
  }

  private static Facts environment(EnvironmentFacts environment) {
    return operator(new Look.Found<>(List.of(environment)));
  }

  private static Facts mail(Look<MailAccount> mail) {
    return new Facts(
        "Carillon", FINE.queues(), FINE.table(), FINE.configurationSet(), FINE.operator(), mail);
  }
}
