package dev.carillon.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.json.Json;
import dev.carillon.local.e2e.Browser.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The links of a mail in the outbox, followed in Chromium to the pages that the stack serves, and
 * what is sent after that. Without Chromium it is skipped and says so.
 */
class PreferencePageTest {
  private static final String NEWS =
      """
      {"name": "News", "settings": {"is_commercial": true}, "steps": [
        {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
         "template": {"subject": "News", "settings": {"layout_key": ""}, "html_body":
           "<p><a id='manage' href='{{vars.manage_preferences_url}}'>Manage</a> <a id='leave' href='{{vars.commercial_unsubscribe_url}}'>Unsubscribe</a></p>"}}]}
      """;

  private static final String EMAIL = "input[name=\"channel_types.email\"]";

  @TempDir private Path folder;

  @Test
  void who_unsubscribes_on_the_page_of_a_mail_gets_no_more_of_it() throws Exception {
    var chromium = Browser.installed();
    assumeTrue(
        chromium.isPresent(), "There is no Chromium on this machine; install it to run this.");
    Path workflow = Files.createDirectories(folder.resolve("project/workflows/news"));
    Files.writeString(workflow.resolve("workflow.json"), NEWS);
    try (var stack = RunningStack.start("--workflows", folder.resolve("project").toString());
        var browser = Browser.start(chromium.get(), folder.resolve("profile"))) {
      Json.Obj mail = send(stack, "ana", 1);

      Page manage = browser.open(link(mail, "manage"));
      manage.await("document.querySelector('" + EMAIL + "').checked");
      assertThat(manage.value("document.body.innerText")).contains("ana@example.com");
      assertThat(manage.value("document.scripts.length")).isEqualTo("0");
      set(manage, false);
      send(stack, "ana", 1);
      set(manage, true);
      send(stack, "ana", 2);

      // Looking at the page ends nothing, its one button does, and takes it back.
      Page leave = browser.open(link(mail, "leave"));
      leave.await("document.querySelector('h1').innerText === 'Unsubscribe'");
      send(stack, "ana", 3);
      leave.click("button");
      leave.await("document.querySelector('h1').innerText === 'You are unsubscribed'");
      send(stack, "ana", 3);
      leave.click("button");
      leave.await("document.querySelector('h1').innerText === 'Unsubscribe'");
      send(stack, "ana", 4);

      send(stack, "bob", 5);
    }
  }

  private static void set(Page page, boolean on) {
    page.value(
        "document.querySelector('%s').checked = %s, document.title = 'Changing'"
            .formatted(EMAIL, on));
    page.click("button");
    page.await(
        "document.title !== 'Changing' && document.body.innerText.includes('are saved')"
            + " && document.querySelector('%s').checked === %s".formatted(EMAIL, on));
  }

  /** Triggers it, and tells the newest mail; there are so many then. */
  private static Json.Obj send(RunningStack stack, String user, int mails) throws Exception {
    var answer =
        stack.post(
            "/v1/workflows/news/trigger",
            "{\"recipients\": [{\"id\": \"%s\", \"email\": \"%s@example.com\"}]}"
                .formatted(user, user));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    stack.settle();
    List<Json.Obj> outbox = stack.outbox();
    assertThat(outbox).hasSize(mails);
    return outbox.getFirst();
  }

  private static String link(Json.Obj mail, String id) {
    var link =
        Pattern.compile("id=.%s. href=.(http://localhost:[0-9]+/p/[^'\"]+)".formatted(id))
            .matcher(mail.text("html").orElseThrow());
    assertThat(link.find()).as(mail.text("html").orElseThrow()).isTrue();
    return link.group(1);
  }
}
