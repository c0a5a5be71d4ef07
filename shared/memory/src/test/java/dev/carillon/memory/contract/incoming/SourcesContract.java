package dev.carillon.memory.contract.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Path;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.source.ActionMapping;
import dev.carillon.source.ActionType;
import dev.carillon.source.Source;
import dev.carillon.source.SourceId;
import dev.carillon.source.SourceProvider;
import dev.carillon.source.SourceSettings;
import dev.carillon.source.Sources;
import dev.carillon.source.Verification;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class SourcesContract {
  private final EnvironmentId environment = Samples.environment();
  private Sources sources;

  protected abstract Sources sources();

  @BeforeEach
  void prepare() {
    sources = sources();
  }

  private Source source(String key) {
    return new Source(
        environment,
        key,
        sources.freshId(),
        new Source.About("Shop", Optional.of("What is bought"), Optional.empty()),
        SourceProvider.SEGMENT.settings(),
        List.of(
            new ActionMapping(
                "Order Placed",
                ActionType.WORKFLOWS_TRIGGER,
                Json.object().with("key", "receipt").with("recipients", "user_id"),
                true,
                Samples.NOW,
                Samples.NOW)),
        0,
        new Source.Instants(Samples.NOW, Samples.NOW));
  }

  @Test
  void a_source_is_found_as_it_was_stored_by_its_key_and_by_where_it_receives() {
    Source source = source("shop");
    assertThat(sources.save(source)).isTrue();
    assertThat(sources.find(environment, "shop")).contains(source.stored());
    assertThat(sources.receivingAt(source.id())).contains(source.stored());
    var verified =
        source
            .stored()
            .with(
                new SourceSettings(
                    Path.of("body.kind"),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false,
                    true,
                    Optional.of(new Verification(Verification.Scheme.STRIPE, "stripe-signature"))),
                List.of(),
                Samples.NOW.plusSeconds(1));
    assertThat(sources.save(verified)).isTrue();
    assertThat(sources.find(environment, "shop")).contains(verified.stored());
  }

  @Test
  void what_nobody_stored_is_not_found() {
    assertThat(sources.find(environment, "shop")).isEmpty();
    assertThat(sources.receivingAt(sources.freshId())).isEmpty();
    assertThat(sources.secret(environment, "shop")).isEmpty();
  }

  @Test
  void no_two_receive_at_one_id() {
    SourceId first = sources.freshId();
    assertThat(sources.freshId()).isNotEqualTo(first);
  }

  @Test
  void the_sources_of_an_environment_are_listed_by_their_keys_and_no_secret_among_them() {
    sources.save(source("b"));
    sources.save(source("a"));
    sources.keepSecret(environment, "a", "s3cret");
    assertThat(sources.all(environment)).extracting(Source::key).containsExactly("a", "b");
    assertThat(sources.all(Samples.environment())).isEmpty();
  }

  @Test
  void a_secret_is_kept_for_each_source() {
    sources.keepSecret(environment, "a", "one");
    sources.keepSecret(environment, "a", "two");
    sources.keepSecret(environment, "b", "three");
    assertThat(sources.secret(environment, "a")).contains("two");
    assertThat(sources.secret(environment, "b")).contains("three");
  }

  @Test
  void of_several_that_store_a_source_at_once_one_wins() throws Exception {
    Source source = source("shop");
    assertThat(Race.winners(4, () -> sources.save(source))).isOne();
    assertThat(sources.save(source)).isFalse();
  }
}
