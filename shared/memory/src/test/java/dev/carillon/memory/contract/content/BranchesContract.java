package dev.carillon.memory.contract.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.content.Branch;
import dev.carillon.content.Branches;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.contract.Samples;
import dev.carillon.workflow.VersionId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of who branches, rebases and deletes. */
public abstract class BranchesContract {
  private static final Instant AT = Instant.parse("2026-01-05T09:00:00Z");
  private static final Instant LATER = AT.plusSeconds(60);
  private static final ContentId WELCOME = new ContentId(ContentType.WORKFLOW, "welcome");
  private static final ContentId GERMAN = new ContentId(ContentType.TRANSLATION, "de/shop");

  private final EnvironmentId environment = Samples.environment();
  private Branches branches;

  protected abstract Branches branches();

  @BeforeEach
  void prepare() {
    branches = branches();
  }

  private static VersionId version(int number) {
    return new VersionId(new UUID(0, number));
  }

  private Branch fresh(String slug) {
    return new Branch(
        environment, slug, AT, AT, Map.of(WELCOME, version(1), GERMAN, version(2)), 0);
  }

  private Branch found(String slug) {
    return branches.find(environment, slug).orElseThrow();
  }

  @Test
  void is_found_as_it_was_made_and_listed_in_its_environment_only() {
    assertThat(branches.find(environment, "new")).isEmpty();
    assertThat(branches.save(fresh("new"))).isTrue();
    assertThat(branches.save(fresh("other"))).isTrue();
    assertThat(found("new").base()).isEqualTo(fresh("new").base());
    assertThat(found("new").id()).isEqualTo(fresh("new").id()).isNotEqualTo(fresh("other").id());
    assertThat(branches.all(environment))
        .extracting(Branch::slug)
        .containsExactlyInAnyOrder("new", "other");
    assertThat(branches.all(Samples.environment())).isEmpty();
  }

  @Test
  void is_made_once() {
    assertThat(branches.save(fresh("new"))).isTrue();
    assertThat(branches.save(fresh("new").rebased(Map.of(), LATER))).isFalse();
    assertThat(found("new").base()).isNotEmpty();
  }

  @Test
  void of_two_who_read_the_same_one_changes_it() {
    branches.save(fresh("new"));
    Branch read = found("new");
    assertThat(branches.save(read.rebased(Map.of(WELCOME, version(3)), LATER))).isTrue();
    assertThat(branches.save(read.rebased(Map.of(), LATER))).isFalse();
    assertThat(branches.delete(read)).isFalse();
    assertThat(found("new").base()).containsOnly(Map.entry(WELCOME, version(3)));
    assertThat(found("new").updatedAt()).isEqualTo(LATER);
    assertThat(found("new").createdAt()).isEqualTo(AT);
  }

  @Test
  void is_gone_when_deleted_and_stays_so_for_who_read_it_before() {
    branches.save(fresh("new"));
    Branch read = found("new");
    assertThat(branches.delete(read)).isTrue();
    assertThat(branches.delete(read)).isFalse();
    assertThat(branches.save(read.rebased(Map.of(), LATER))).isFalse();
    assertThat(branches.find(environment, "new")).isEmpty();
    assertThat(branches.save(fresh("new"))).isTrue();
  }
}
