package dev.carillon.functions.management.commits;

import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.edge.ErrorCode;
import dev.carillon.workflow.VersionId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one call lets serve of what it was asked for: no more than it has time for, and nothing
 * before what it uses.
 *
 * @param heads how the contents stand, in the order in which they are committed
 * @param versions those that are to serve
 * @param rest how many are left for calls to come
 */
record AtOnce(List<ContentHead> heads, Map<ContentId, VersionId> versions, int rest) {

  /**
   * 670 took 8 seconds on a busy laptop, engines and function on two cores; what waits for the
   * answer gives up after 29.
   */
  static final int MOST = 1_000;

  static AtOnce of(Map<ContentHead, VersionId> changes) {
    List<ContentHead> heads =
        changes.keySet().stream()
            .sorted(Comparator.comparing(head -> head.id().type()))
            .limit(MOST)
            .toList();
    return new AtOnce(
        heads,
        heads.stream().collect(Collectors.toMap(ContentHead::id, changes::get)),
        changes.size() - heads.size());
  }

  /** Tells who asked that there is more; the same call again goes on with it. */
  void refuseRest() {
    if (rest > 0) {
      throw ErrorCode.COMMIT_UNFINISHED.refused();
    }
  }
}
