package dev.carillon.functions.management.call;

import dev.carillon.edge.Cursors;
import dev.carillon.edge.Cursors.Paging;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Query;
import dev.carillon.edge.view.AnswerRoom;
import dev.carillon.edge.view.AnswerRoom.Shown;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Pages of the management API: {@code limit}, {@code after}, {@code before}; {@code entries}. */
public final class EntryPages {
  /** The parameters that page. */
  public static final Set<String> PARAMETERS = Set.of("limit", "after", "before");

  private static final String LIMIT = "limit";

  /** What one asks for at most; Knock's own tools ask for so many. */
  private static final int MOST = 100;

  private static final int USUAL = 50;

  private EntryPages() {}

  /**
   * A page of a list that is at hand, in the order of its positions.
   *
   * @param position of an entry; no two have the same, and later entries have greater ones
   */
  public static <T> HttpResponse of(
      List<T> all,
      Query query,
      Cursors cursors,
      Function<T, String> position,
      Function<T, Json> view) {
    Paging paging = cursors.paging(query, LIMIT, USUAL, MOST);
    int limit = paging.size();
    Optional<String> after = paging.after();
    Optional<String> before = paging.before();
    var rest =
        all.stream()
            .filter(it -> after.map(at -> position.apply(it).compareTo(at) > 0).orElse(true))
            .filter(it -> before.map(at -> position.apply(it).compareTo(at) < 0).orElse(true))
            .toList();
    boolean backwards = before.isPresent();
    int start = backwards ? Math.max(0, rest.size() - limit) : 0;
    var page = fitting(rest.subList(start, Math.min(rest.size(), start + limit)), backwards, view);
    if (page.isEmpty() || paging.nowhere()) {
      return answer(List.of(), limit, Optional.empty(), Optional.empty());
    }
    String first = position.apply(page.getFirst().item());
    String last = position.apply(page.getLast().item());
    return answer(
        page,
        limit,
        Optional.of(last)
            .filter(at -> !at.equals(position.apply(all.getLast())))
            .map(cursors::cursor),
        Optional.of(first)
            .filter(at -> !at.equals(position.apply(all.getFirst())))
            .map(cursors::cursor));
  }

  /** The only page of a list that is always empty. */
  public static HttpResponse none(Query query) {
    int limit = query.integer(LIMIT, 0, MOST).filter(it -> it > 0).orElse(USUAL);
    return answer(List.of(), limit, Optional.empty(), Optional.empty());
  }

  /** A page that a port gives, newest first. */
  public static <T> HttpResponse newestFirst(
      Query query,
      Cursors cursors,
      Function<PageRequest, Page<T>> port,
      Function<T, String> position,
      Function<T, Json> view) {
    Paging asked = cursors.paging(query, LIMIT, USUAL, MOST);
    int limit = Math.min(USUAL, asked.size());
    Page<T> page =
        asked.of(part -> port.apply(new PageRequest(part.after(), part.before(), limit)));
    boolean backwards = asked.before().isPresent();
    var shown = fitting(page.items(), backwards, view);
    boolean cut = shown.size() < page.items().size();
    boolean newer = backwards ? cut || page.items().size() == limit : asked.after().isPresent();
    return answer(
        shown,
        limit,
        cut && !backwards
            ? Optional.of(cursors.cursor(position.apply(shown.getLast().item())))
            : page.next().map(cursors::cursor),
        shown.stream()
            .findFirst()
            .filter(_ -> newer)
            .map(it -> cursors.cursor(position.apply(it.item()))));
  }

  /** A page that would not fit into an answer ends early; backwards it is its end that counts. */
  private static <T> List<Shown<T, Json>> fitting(
      List<T> page, boolean backwards, Function<T, Json> view) {
    return backwards
        ? AnswerRoom.fitting(page.reversed(), view).reversed()
        : AnswerRoom.fitting(page, view);
  }

  private static <T> HttpResponse answer(
      List<Shown<T, Json>> page, int limit, Optional<String> after, Optional<String> before) {
    return HttpResponse.ok(
        Json.object()
            .with("entries", Json.array(page.stream().map(Shown::view).toList()))
            .with(
                "page_info",
                Json.object()
                    .with("after", Json.ofNullable(after))
                    .with("before", Json.ofNullable(before))
                    .with("page_size", Json.of(limit))));
  }
}
