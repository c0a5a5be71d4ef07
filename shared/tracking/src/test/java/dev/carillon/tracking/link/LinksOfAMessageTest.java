package dev.carillon.tracking.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.Tracking;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinksOfAMessageTest {
  private static final LinkTarget TARGET = Tracking.target("https://acme.example/orders/7");

  private final KeyRing keys = KeyRing.of(Tracking.key(1));
  private final LinkTokens tokens = new LinkTokens(keys);

  /** Enough of the port for the rules about keys; its twin and contract are elsewhere. */
  private static final class Kept implements ShortLinks {
    private final Map<ShortKey, TrackedLink> links = new HashMap<>();
    private int refusals;

    @Override
    public boolean put(ShortKey key, TrackedLink link) {
      if (refusals > 0) {
        refusals--;
        return false;
      }
      return link.equals(links.computeIfAbsent(key, _ -> link));
    }

    @Override
    public Optional<TrackedLink> find(ShortKey key) {
      return Optional.ofNullable(links.get(key));
    }
  }

  private StandardLinks standard() {
    return new StandardLinks(tokens, Tracking.DOMAINS, Tracking.ENVIRONMENT, Tracking.MESSAGE);
  }

  private ShortenedLinks shortened(LinkKeys with, ShortLinks kept) {
    return new ShortenedLinks(with, kept, Tracking.DOMAINS, Tracking.ENVIRONMENT, Tracking.MESSAGE);
  }

  @Test
  void standard_links_encode_the_target_and_metadata_into_a_token_in_the_path() {
    String address = standard().to(TARGET, TrackedLink.Kind.LINK);
    assertThat(address).startsWith("https://links.acme.example/l/");
    var asked = TrackingPaths.read(address.substring("https://links.acme.example".length()));
    assertThat(asked)
        .isInstanceOfSatisfying(
            TrackingPaths.Asked.Standard.class,
            it -> assertThat(tokens.open(it.token())).contains(Tracking.link(TARGET.value())));
  }

  @Test
  void links_are_numbered_as_they_come() {
    var links = standard();
    for (int i = 0; i < 3; i++) {
      String address = links.to(TARGET, TrackedLink.Kind.LINK);
      var opened = tokens.open(address.substring(address.lastIndexOf('/') + 1));
      assertThat(((TrackedLink) opened.orElseThrow()).index()).isEqualTo(i);
    }
  }

  @Test
  void the_key_of_a_short_link_is_10_characters_and_the_link_31() {
    String address = shortened(keys, new Kept()).to(TARGET, TrackedLink.Kind.LINK);
    assertThat(Tracking.DOMAINS.shortLinks()).hasSize(12);
    assertThat(address).hasSize(31).matches("https://go\\.acme\\.test/[0-9A-Za-z]{10}");
  }

  @Test
  void a_short_link_maps_to_a_record_of_its_target() {
    var kept = new Kept();
    String address = shortened(keys, kept).to(TARGET, TrackedLink.Kind.LINK);
    var key = new ShortKey(address.substring(address.lastIndexOf('/') + 1));
    assertThat(kept.find(key)).contains(Tracking.link(TARGET.value()));
    assertThat(TrackingPaths.read("/" + key)).isEqualTo(new TrackingPaths.Asked.Short(key));
  }

  @Test
  void a_message_rendered_again_has_the_same_short_links() {
    var kept = new Kept();
    String first = shortened(keys, kept).to(TARGET, TrackedLink.Kind.LINK);
    assertThat(shortened(keys, kept).to(TARGET, TrackedLink.Kind.LINK)).isEqualTo(first);
    assertThat(kept.links).hasSize(1);
  }

  @Test
  void short_links_outlive_the_key_they_were_named_with() {
    var kept = new Kept();
    String first = shortened(keys, kept).to(TARGET, TrackedLink.Kind.LINK);
    String second =
        shortened(keys.rotated(Tracking.key(2)), kept).to(TARGET, TrackedLink.Kind.LINK);
    assertThat(second).isNotEqualTo(first);
    assertThat(kept.links)
        .hasSize(2)
        .allSatisfy((_, link) -> assertThat(link.target()).isEqualTo(TARGET));
  }

  @Test
  void a_link_whose_key_is_taken_gets_another() {
    var kept = new Kept();
    String first = shortened(keys, kept).to(TARGET, TrackedLink.Kind.LINK);
    kept.refusals = 7;
    assertThat(shortened(keys, kept).to(TARGET, TrackedLink.Kind.LINK)).isNotEqualTo(first);
    kept.refusals = 8;
    assertThatThrownBy(() -> shortened(keys, kept).to(TARGET, TrackedLink.Kind.LINK))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void ten_thousand_short_links_of_one_environment_have_keys_of_their_own() {
    var kept = new Kept();
    var links = shortened(keys, kept);
    for (int i = 0; i < 10_000; i++) {
      links.to(TARGET, TrackedLink.Kind.LINK);
    }
    assertThat(kept.links).hasSize(10_000);
  }

  @Test
  void each_use_has_its_own_domain() {
    assertThat(standard().pixel()).startsWith("https://opens.acme.example/o/").endsWith(".png");
    assertThat(Tracking.DOMAINS.contain("go.acme.test")).isTrue();
    assertThat(Tracking.DOMAINS.contain("acme.test")).isFalse();
  }

  @Test
  void a_domain_is_a_bare_host_name() {
    for (String wrong :
        new String[] {
          "",
          "a",
          "acme",
          "Acme.example",
          "acme.example/",
          "acme.example:1",
          "https://acme.example",
          "-a.example",
          "a..example",
          "10.0.0.1",
          "[::1]",
          "a b.example"
        }) {
      assertThat(LinkDomains.isValid(wrong)).as(wrong).isFalse();
    }
    assertThat(LinkDomains.isValid("l.io")).isTrue();
    assertThat(LinkDomains.isValid("xn--ber-goa.example")).isTrue();
  }

  @Test
  void a_path_asks_for_what_it_names() {
    assertThat(TrackingPaths.read("/o/abc.png"))
        .isEqualTo(new TrackingPaths.Asked.Pixel("abc", TrackingPaths.Image.PNG));
    assertThat(TrackingPaths.read("/v1/track/open/abc"))
        .isEqualTo(new TrackingPaths.Asked.Pixel("abc", TrackingPaths.Image.GIF));
    assertThat(TrackingPaths.read("/v1/track/click/abc"))
        .isEqualTo(new TrackingPaths.Asked.Standard("abc", true));
    for (String path :
        new String[] {"", "/", "/x", "/0123456789a", "/012345678_", "//0123456789", "/l", "/v1"}) {
      assertThat(TrackingPaths.read(path)).as(path).isEqualTo(new TrackingPaths.Asked.Nothing());
    }
  }
}
