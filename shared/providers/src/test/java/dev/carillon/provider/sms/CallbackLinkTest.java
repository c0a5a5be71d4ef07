package dev.carillon.provider.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.message.Content.Field;
import dev.carillon.message.MessageId;
import java.net.URI;
import org.junit.jupiter.api.Test;

class CallbackLinkTest {
  private static final MessageId ID = SmsAttempt.ID;
  private static final MessageId OTHER =
      new MessageId(Ksuid.of(SmsAttempt.NOW, Digest.of("another")));
  private static final URI CALLBACK = URI.create("https://hooks.acme.test/c/ch1");

  @Test
  void a_link_names_its_message_to_those_with_the_key() {
    String link = CallbackLink.to(CALLBACK, ID, "key");
    assertThat(link).startsWith("https://hooks.acme.test/c/ch1?m=" + ID + "&s=");
    assertThat(CallbackLink.message(link, "key")).contains(ID);
    assertThat(CallbackLink.message(link + "&id=1&status=sent", "key")).contains(ID);
    assertThat(CallbackLink.message(link, "kez")).isEmpty();
    assertThat(link).doesNotContain("key");
  }

  @Test
  void a_query_that_is_there_stays() {
    String link = CallbackLink.to(URI.create(CALLBACK + "?a=b"), ID, "key");
    assertThat(link).contains("?a=b&m=");
    assertThat(CallbackLink.message(link, "key")).contains(ID);
    assertThat(CallbackLink.others(link).fields()).containsExactly(new Field("a", "b"));
  }

  @Test
  void it_proves_nothing_of_another_message() {
    String link = CallbackLink.to(CALLBACK, ID, "key");
    assertThat(CallbackLink.message(link.replace(ID.value(), OTHER.value()), "key")).isEmpty();
    assertThat(CallbackLink.message(link.replace("&s=", "&t="), "key")).isEmpty();
    assertThat(CallbackLink.message(link.replaceFirst("s=..", "s="), "key")).isEmpty();
    assertThat(CallbackLink.message(link.replace("?m=", "?m=x&m="), "key")).isEmpty();
    assertThat(CallbackLink.message(CALLBACK.toString(), "key")).isEmpty();
    assertThat(CallbackLink.message("", "key")).isEmpty();
    assertThat(CallbackLink.message("?m=%%%&s=1", "key")).isEmpty();
  }

  @Test
  void without_a_key_nobody_proves_anything() {
    assertThat(CallbackLink.message(CallbackLink.to(CALLBACK, ID, ""), "")).isEmpty();
  }
}
