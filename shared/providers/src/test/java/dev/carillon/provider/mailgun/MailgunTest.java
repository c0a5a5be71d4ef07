package dev.carillon.provider.mailgun;

import static dev.carillon.provider.email.Letters.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.email.Letters;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailgunTest {
  private static final Mailgun MAILGUN = new Mailgun();
  private static final String SETTINGS = "{\"api_key\": \"k\", \"domain\": \"mg.acme.test\"}";

  @Test
  void a_mail_without_files_is_a_form() {
    ProviderCall.Http call = call(SETTINGS, Letters.plain());
    assertThat(call.url()).isEqualTo("https://api.mailgun.net/v3/mg.acme.test/messages");
    assertThat(call.headers()).containsEntry("Content-Type", "application/x-www-form-urlencoded");
    assertThat(text(call))
        .isEqualTo(
            "from=no-reply%40acme.test&to=ana%40example.com&subject=Hi&text=t"
                + "&v%3Asender=carillon&v%3Aknock_recipient_id=u1&o%3Atag=new-comment"
                + "&o%3Atracking-opens=no&o%3Atracking-clicks=no"
                + "&v%3Aknock_message_id=37pcsdaWZgZounTGP8TSxTMWo8w");
  }

  @Test
  void files_make_it_a_form_of_parts_with_one_boundary_each_time() {
    ProviderCall.Http call = call(SETTINGS, Letters.full());
    String boundary =
        call.headers().get("Content-Type").replace("multipart/form-data; boundary=", "");
    assertThat(text(call))
        .contains(
            "--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"attachment\";"
                + " filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhi\r\n",
            "name=\"inline\"; filename=\"logo\"\r\nContent-Type: image/png\r\n\r\n")
        .endsWith("\r\n--" + boundary + "--\r\n");
    assertThat(text(call(SETTINGS, Letters.full()))).isEqualTo(text(call));
  }

  @Test
  void an_override_replaces_drops_and_repeats_fields() {
    var overrides =
        json(
            """
            {"o:tag": ["a", "b"], "text": null, "o:testmode": "yes", "v:knock_message_id": "x"}
            """);
    assertThat(text(call(SETTINGS, Letters.with(Letters.plain(), overrides))))
        .contains("&o%3Atag=a&o%3Atag=b", "&o%3Atestmode=yes", Letters.MID)
        .doesNotContain("text=", "=x", "new-comment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "..", "mg.acme.test?x", "mg acme"})
  void a_domain_is_one(String domain) {
    String settings = "{\"api_key\": \"k\", \"domain\": \"" + domain + "\"}";
    assertThat(
            Letters.refusal(MAILGUN.prepare(Letters.request(MAILGUN, settings, Letters.plain()))))
        .isEqualTo(new DeliveryResult.Misconfigured("not valid: domain"));
  }

  private static ProviderCall.Http call(String settings, Content.Email mail) {
    return Letters.http(MAILGUN.prepare(Letters.request(MAILGUN, settings, mail)));
  }

  private static String text(ProviderCall.Http call) {
    return new String(call.body(), StandardCharsets.ISO_8859_1);
  }
}
