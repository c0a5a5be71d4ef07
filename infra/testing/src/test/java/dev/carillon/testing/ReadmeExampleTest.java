package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the README shows of testing one's own workflows is this code, and it passes. */
class ReadmeExampleTest {
  private static final String BEGINS = "  // What the README shows begins here.\n";
  private static final String ENDS = "  // What the README shows ends here.\n";

  // What the README shows begins here.
  private final Carillon carillon = Carillon.load(Path.of("..", "local", "demo"));

  @Test
  void who_has_not_seen_a_comment_after_30_seconds_gets_an_email() {
    carillon.trigger(
        "new-comment",
        """
        {"recipients": ["ada"], "actor": {"id": "grace", "name": "Grace"},
         "data": {"page_name": "Sailing directions", "comment": "Is there more of this?"}}
        """);
    assertThat(carillon.messages()).extracting(Carillon.Message::channel).containsExactly("feed");

    carillon.advance(Duration.ofSeconds(30));

    var email = carillon.messages().getLast();
    assertThat(email.subject()).isEqualTo("Grace commented on Sailing directions");
    assertThat(email.html()).contains("Is there more of this?");
  }

  // What the README shows ends here.

  @Test
  void the_readme_shows_the_example_as_it_is_compiled() throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java/dev/carillon/testing", getClass().getSimpleName() + ".java"));
    String example =
        source
            .substring(source.indexOf(BEGINS) + BEGINS.length(), source.lastIndexOf("\n" + ENDS))
            .stripTrailing()
            .indent(-2);

    assertThat(Files.readString(Path.of("..", "..", "README.md")))
        .contains("```java\n" + example + "```\n");
  }
}
