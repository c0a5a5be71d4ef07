package dev.carillon.tracking.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.tracking.TrackedLink;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedLinksTest {
  private static final List<Json> BLOCKS =
      ((Json.Arr)
              JsonLiteral.parse(
                      """
                      [{"type": "markdown", "name": "body", "content": "[x](https://x.example/{{id}})",
                        "rendered": "<p><a href=\\"https://x.example/1\\">x</a></p>"},
                       {"type": "text", "name": "action_url", "content": "{{url}}",
                        "rendered": "https://x.example/2"},
                       {"type": "text", "name": "note", "content": "", "rendered": "https://x.example/3"},
                       {"type": "button_set", "name": "actions", "buttons": [
                        {"name": "primary", "label": "Go", "action": "https://x.example/4"},
                        {"name": "secondary", "label": "No", "action": "acme://app"}]}]\
                      """)
                  .orElseThrow())
          .items();

  private final Rewritten rewritten = new Rewritten();

  @Test
  void links_in_the_body_are_tracked_and_its_template_stays() {
    var after = FeedLinks.rewrite(BLOCKS, FeedLinks.Actions.LEFT, rewritten.rewriting);
    assertThat(rewritten.targets).containsExactly("https://x.example/1");
    assertThat(after.getFirst().toString()).contains("{{id}}", "https://t/0");
    assertThat(after.subList(1, 4)).isEqualTo(BLOCKS.subList(1, 4));
  }

  @Test
  void what_an_item_and_its_buttons_open_is_tracked_as_an_action_if_wanted() {
    var after = FeedLinks.rewrite(BLOCKS, FeedLinks.Actions.TRACKED, rewritten.rewriting);
    assertThat(rewritten.targets)
        .containsExactly("https://x.example/1", "https://x.example/2", "https://x.example/4");
    assertThat(rewritten.kinds)
        .containsExactly(TrackedLink.Kind.LINK, TrackedLink.Kind.ACTION, TrackedLink.Kind.ACTION);
    assertThat(after.get(2)).isEqualTo(BLOCKS.get(2));
    assertThat(after.get(3).toString()).contains("acme://app", "https://t/2");
  }
}
