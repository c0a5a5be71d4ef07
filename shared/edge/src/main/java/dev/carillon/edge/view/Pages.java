package dev.carillon.edge.view;

import dev.carillon.edge.Cursors;
import dev.carillon.edge.Cursors.Paging;
import dev.carillon.edge.HttpResponse;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages of lists, as clients ask for them and are answered. */
public final class Pages {
  /**
   * How many short pages make up one. A filter that fits little may need all of them; clients then
   * get a short page with a cursor to go on from.
   */
  private static final int ROUNDS = 20;

  private Pages() {}

  /**
   * A page of a port that may give fewer items than there are: filled, because clients take an
   * empty page for the end.
   */
  public static <T> Page<T> filled(Paging paging, Function<PageRequest, Page<T>> port) {
    var page = paging.of(port);
    if (paging.before().isPresent()) {
      return page; // its next one lies towards what the client has already
    }
    var items = new ArrayList<T>(page.items());
    for (int round = 1; round < ROUNDS; round++) {
      if (page.next().isEmpty() || items.size() >= paging.size()) {
        break;
      }
      page =
          port.apply(new PageRequest(page.next(), Optional.empty(), paging.size() - items.size()));
      items.addAll(page.items());
    }
    return new Page<>(items, page.next());
  }

  /**
   * A page of a list that is at hand, newest first.
   *
   * @param position of an item; those of newer items are greater
   */
  public static <T> Page<T> sliced(
      List<T> newestFirst, Paging paging, Function<T, String> position) {
    return paging.of(_ -> slice(newestFirst, paging, position));
  }

  private static <T> Page<T> slice(
      List<T> newestFirst, Paging paging, Function<T, String> position) {
    int start = 0;
    int end = newestFirst.size();
    for (var item : newestFirst) {
      var at = position.apply(item);
      if (paging.after().filter(limit -> at.compareTo(limit) >= 0).isPresent()) {
        start++;
      }
      if (paging.before().filter(limit -> at.compareTo(limit) <= 0).isPresent()) {
        end--;
      }
    }
    // Before a position the nearest are wanted, which are the last; else the first.
    int from = paging.before().isPresent() ? Math.max(start, end - paging.size()) : start;
    int to = Math.min(end, from + paging.size());
    var items = newestFirst.subList(from, to);
    return new Page<>(
        items,
        to == newestFirst.size() || items.isEmpty()
            ? Optional.empty()
            : Optional.of(position.apply(items.getLast())));
  }

  /** The page in the envelope {@code items}, each item with its cursor. */
  public static <T> HttpResponse answer(
      Cursors cursors,
      Paging paging,
      Page<T> page,
      Function<T, String> position,
      Function<T, Json.Obj> view) {
    return answer("items", cursors, paging, page, position, view);
  }

  /** As {@link #answer}, in the envelope {@code entries}, which some lists have instead. */
  public static <T> HttpResponse entries(
      Cursors cursors,
      Paging paging,
      Page<T> page,
      Function<T, String> position,
      Function<T, Json.Obj> view) {
    return answer("entries", cursors, paging, page, position, view);
  }

  private static <T> HttpResponse answer(
      String envelope,
      Cursors cursors,
      Paging paging,
      Page<T> page,
      Function<T, String> position,
      Function<T, Json.Obj> view) {
    var fitted = fitted(paging, page, position, view);
    return HttpResponse.ok(
        Json.object()
            .with(
                envelope,
                Json.array(
                    fitted.shown().stream()
                        .map(
                            it ->
                                it.view()
                                    .with("__cursor", cursors.cursor(position.apply(it.item()))))
                        .toList()))
            .with("page_info", cursors.pageInfo(paging.size(), fitted.next(), fitted.newer())));
  }

  /**
   * What of a page fits into one answer.
   *
   * @param shown newest first
   * @param next from where the list goes on
   * @param newer where newer items are: none before the first page, nor before a page that was not
   *     filled
   */
  public record Fitted<T>(
      List<AnswerRoom.Shown<T, Json.Obj>> shown, Optional<String> next, Optional<String> newer) {
    public Fitted {
      shown = List.copyOf(shown);
    }
  }

  /** A page that would not fit ends early, and its cursors lead on from where it does. */
  public static <T> Fitted<T> fitted(
      Paging paging, Page<T> page, Function<T, String> position, Function<T, Json.Obj> view) {
    boolean backwards = paging.before().isPresent();
    // Before a position the nearest are wanted, which are the last.
    var wanted = backwards ? page.items().reversed() : page.items();
    var fitting = AnswerRoom.fitting(wanted, view);
    var shown = backwards ? fitting.reversed() : fitting;
    boolean cut = shown.size() < page.items().size();
    boolean newer =
        backwards ? cut || page.items().size() == paging.size() : paging.after().isPresent();
    return new Fitted<>(
        shown,
        cut && !backwards ? Optional.of(position.apply(shown.getLast().item())) : page.next(),
        newer ? shown.stream().findFirst().map(it -> position.apply(it.item())) : Optional.empty());
  }
}
