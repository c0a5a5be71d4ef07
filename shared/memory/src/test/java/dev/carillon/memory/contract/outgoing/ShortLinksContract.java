package dev.carillon.memory.contract.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.MessageId;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.tracking.link.ShortKey;
import dev.carillon.tracking.link.ShortLinks;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class ShortLinksContract {
  private final EnvironmentId environment = Samples.environment();
  private ShortLinks links;

  protected abstract ShortLinks shortLinks();

  @BeforeEach
  void prepare() {
    links = shortLinks();
  }

  @Test
  void a_link_is_found_as_it_was_stored() {
    for (String url :
        List.of(
            "https://acme.example",
            "HTTPS://Acme.example/?a=%20&b=\"<>{}|^`\\#'",
            "https://a/" + "x".repeat(LinkTarget.LONGEST - 10))) {
      for (TrackedLink.Kind kind : TrackedLink.Kind.values()) {
        var link = link(url, kind, TrackedLink.GREATEST_INDEX);
        ShortKey key = key(url + kind);
        assertThat(links.put(key, link)).isTrue();
        assertThat(links.find(key)).contains(link);
      }
    }
  }

  @Test
  void nothing_is_found_under_a_key_that_leads_nowhere() {
    assertThat(links.find(key("nowhere"))).isEmpty();
  }

  @Test
  void a_key_that_leads_somewhere_keeps_leading_there() {
    var first = link("https://acme.example/1", TrackedLink.Kind.LINK, 0);
    ShortKey key = key("taken");
    assertThat(links.put(key, first)).isTrue();
    assertThat(links.put(key, link("https://acme.example/2", TrackedLink.Kind.LINK, 0))).isFalse();
    assertThat(links.put(key, link("https://acme.example/1", TrackedLink.Kind.LINK, 1))).isFalse();
    assertThat(links.find(key)).contains(first);
  }

  @Test
  void storing_the_same_link_again_is_no_conflict() {
    var link = link("https://acme.example/1", TrackedLink.Kind.LINK, 0);
    ShortKey key = key("again");
    assertThat(links.put(key, link)).isTrue();
    assertThat(links.put(key, link)).isTrue();
  }

  @Test
  void keys_that_differ_in_case_alone_are_two() {
    String hash = key("case").value();
    var lower = new ShortKey(hash.substring(0, 9) + "a");
    var upper = new ShortKey(hash.substring(0, 9) + "A");
    links.put(lower, link("https://acme.example/a", TrackedLink.Kind.LINK, 0));
    assertThat(links.find(upper)).isEmpty();
  }

  @Test
  void of_different_links_for_one_key_at_once_one_is_stored() throws Exception {
    for (int round = 0; round < 10; round++) {
      ShortKey key = key("race" + round);
      var next = new AtomicInteger();
      assertThat(
              Race.winners(
                  4,
                  () ->
                      links.put(
                          key,
                          link(
                              "https://acme.example/",
                              TrackedLink.Kind.LINK,
                              next.getAndIncrement()))))
          .isOne();
    }
  }

  private TrackedLink link(String url, TrackedLink.Kind kind, int index) {
    var message = new MessageId(Ksuid.of(Samples.NOW, Digest.of("short link")));
    return new TrackedLink(environment, message, kind, index, LinkTarget.of(url).orElseThrow());
  }

  /** One that no other test uses: keys know no environment. */
  private ShortKey key(String name) {
    return new ShortKey(Digest.of(environment.value(), name).hex().substring(0, ShortKey.LENGTH));
  }
}
