package dev.carillon.functions.management.commits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.edge.ApiException;
import dev.carillon.workflow.VersionId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AtOnceTest {
  private final Map<ContentHead, VersionId> changes = new LinkedHashMap<>();

  private void change(ContentType type, int count) {
    for (int i = 0; i < count; i++) {
      changes.put(
          ContentHead.none(new ContentId(type, type.wireName() + i), Instant.EPOCH),
          new VersionId(new UUID(type.ordinal(), i)));
    }
  }

  @Test
  void what_others_use_comes_first_and_who_asked_is_told_of_the_rest() {
    change(ContentType.WORKFLOW, AtOnce.MOST);
    change(ContentType.EMAIL_LAYOUT, 1);
    change(ContentType.PARTIAL, 1);
    var part = AtOnce.of(changes);
    assertThat(part.heads()).hasSize(AtOnce.MOST);
    assertThat(part.heads().subList(0, 3))
        .extracting(head -> head.id().type())
        .containsExactly(ContentType.PARTIAL, ContentType.EMAIL_LAYOUT, ContentType.WORKFLOW);
    assertThat(part.versions()).hasSize(AtOnce.MOST);
    assertThatThrownBy(part::refuseRest)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("commit_unfinished");
  }

  @Test
  void what_one_call_has_time_for_is_all() {
    change(ContentType.WORKFLOW, AtOnce.MOST);
    var part = AtOnce.of(changes);
    part.refuseRest();
    assertThat(part.versions()).hasSize(AtOnce.MOST);
  }
}
