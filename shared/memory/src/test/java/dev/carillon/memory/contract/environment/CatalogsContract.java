package dev.carillon.memory.contract.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.catalog.Catalog;
import dev.carillon.catalog.CatalogName;
import dev.carillon.catalog.Catalogs;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Of the lists that a team keeps. */
public abstract class CatalogsContract {
  private static final int AT_ONCE = 8;

  private final Optional<EnvironmentId> environment = Optional.of(Samples.environment());

  protected abstract Catalogs catalogs();

  @Test
  void an_entry_is_kept_with_its_times_until_it_is_taken_out() {
    Catalogs catalogs = catalogs();
    assertThat(catalogs.find(environment, CatalogName.TAGS)).isEqualTo(Catalog.EMPTY);
    Json.Obj red = Json.object().with("color", "#f00");
    catalogs.change(environment, CatalogName.TAGS, it -> it.with("new", red, Samples.NOW));
    catalogs.change(
        environment, CatalogName.TAGS, it -> it.with("old", Json.Obj.EMPTY, Samples.NOW));
    Json.Obj blue = Json.object().with("color", "#00f");
    Catalog changed =
        catalogs.change(
            environment, CatalogName.TAGS, it -> it.with("new", blue, Samples.later(5)));
    assertThat(catalogs.find(environment, CatalogName.TAGS)).isEqualTo(changed);
    assertThat(changed.find("new"))
        .contains(new Catalog.Entry(blue, Samples.NOW, Samples.later(5)));
    catalogs.change(environment, CatalogName.TAGS, it -> it.without("new"));
    assertThat(catalogs.find(environment, CatalogName.TAGS).entries()).containsOnlyKeys("old");
  }

  @Test
  void lists_environments_and_the_deployment_do_not_know_of_each_other() {
    Catalogs catalogs = catalogs();
    catalogs.change(environment, CatalogName.TAGS, it -> it.with("a", Json.Obj.EMPTY, Samples.NOW));
    assertThat(catalogs.find(environment, CatalogName.MEMBERS)).isEqualTo(Catalog.EMPTY);
    assertThat(catalogs.find(Optional.of(Samples.environment()), CatalogName.TAGS))
        .isEqualTo(Catalog.EMPTY);
    assertThat(catalogs.find(Optional.empty(), CatalogName.TAGS).find("a")).isEmpty();
  }

  @Test
  void of_changes_at_once_none_is_lost() throws Exception {
    Catalogs catalogs = catalogs();
    var racers = new AtomicInteger();
    Race.run(
        AT_ONCE,
        () -> {
          String name = "tag-" + racers.incrementAndGet();
          return catalogs.change(
              environment, CatalogName.TAGS, it -> it.with(name, Json.Obj.EMPTY, Samples.NOW));
        });
    assertThat(catalogs.find(environment, CatalogName.TAGS).entries()).hasSize(AT_ONCE);
  }

  @Test
  void what_a_change_throws_goes_through_and_nothing_changes() {
    Catalogs catalogs = catalogs();
    assertThatThrownBy(
            () ->
                catalogs.change(
                    environment,
                    CatalogName.TAGS,
                    _ -> {
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(catalogs.find(environment, CatalogName.TAGS)).isEqualTo(Catalog.EMPTY);
  }
}
