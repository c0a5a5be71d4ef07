package dev.carillon.local.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.local.rescue.DeadLetters.Buried;
import dev.carillon.local.rescue.Doctor.Facts;
import dev.carillon.local.rescue.Doctor.MailAccount;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private static final Buried FINE = new Buried("Carillon-Steps", "arn:dead", 0);

  @Test
  void a_deployment_that_lacks_nothing_hears_nothing() {
    assertThat(
            Doctor.findings(
                new Facts("Carillon", List.of(FINE), Optional.of(new MailAccount(true, true, 1)))))
        .isEmpty();
    assertThat(Doctor.findings(new Facts("Carillon", List.of(FINE), Optional.empty()))).isEmpty();
  }

  @Test
  void each_lack_is_a_sentence() {
    assertThat(
            Doctor.findings(
                new Facts("Carillon", List.of(), Optional.of(new MailAccount(false, false, 0)))))
        .hasSize(4)
        .allSatisfy(sentence -> assertThat(sentence).endsWith("."))
        .anyMatch(sentence -> sentence.contains("sandbox"))
        .anyMatch(sentence -> sentence.contains("paused"))
        .anyMatch(sentence -> sentence.contains("no verified"))
        .anyMatch(sentence -> sentence.contains("Carillon-"));
    assertThat(
            Doctor.findings(
                new Facts(
                    "Carillon",
                    List.of(FINE, new Buried("Carillon-Wake", "arn:dead", 7)),
                    Optional.empty())))
        .singleElement()
        .asString()
        .startsWith("7 tasks of Carillon-Wake failed");
  }
}
