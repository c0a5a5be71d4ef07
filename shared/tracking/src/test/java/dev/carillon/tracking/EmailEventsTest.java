package dev.carillon.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.tracking.visitor.MachineSign;
import dev.carillon.tracking.visitor.Visitor;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmailEventsTest {

  private static TrackingEvent event(Tracked subject, Visitor visitor) {
    return new TrackingEvent(
        "0123456789abcdef0123456789abcdef",
        subject,
        Tracking.NOON,
        visitor,
        Optional.of("Safari"),
        Optional.of("203.0.113.9"),
        Optional.of("https://mail.example/"));
  }

  @Test
  void an_open_is_an_email_event_of_type_opened_with_user_agent_and_ip_address() {
    var shown = EmailEvents.shown(event(Tracking.mail(), new Visitor.Person()));
    assertThat(shown.text("type")).contains("opened");
    assertThat(shown.text("email_id")).contains(Tracking.MESSAGE.value());
    assertThat(shown.get("url")).contains(Json.NULL);
    assertThat(shown.get("machine")).contains(Json.NULL);
    assertThat(shown.object("metadata").text("user_agent")).contains("Safari");
    assertThat(shown.object("metadata").text("ip_address")).contains("203.0.113.9");
  }

  @Test
  void a_click_is_an_email_event_of_type_clicked_with_user_agent_ip_address_and_referer() {
    var shown =
        EmailEvents.shown(
            event(
                Tracking.link("https://acme.example/x"),
                new Visitor.Automaton(MachineSign.MAIL_SCANNER)));
    assertThat(shown.text("type")).contains("clicked");
    assertThat(shown.text("url")).contains("https://acme.example/x");
    assertThat(shown.text("machine")).contains("mail_scanner");
    assertThat(shown.object("metadata").text("referer")).contains("https://mail.example/");
  }
}
