package dev.carillon.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.steps.render.Rehearsal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
  @ParameterizedTest
  @ValueSource(strings = {"handlebars", "liquid"})
  void the_mail_that_loads_what_mails_need_is_a_whole_one(String language) {
    var mail = Rehearsal.render(language);
    assertThat(mail.text("subject_line")).contains("For Nobody");
    assertThat(mail.text("html_body").orElseThrow()).contains("<body>", "none", "color: red");
    assertThat(mail.text("text_body").orElseThrow()).contains("none");
  }
}
