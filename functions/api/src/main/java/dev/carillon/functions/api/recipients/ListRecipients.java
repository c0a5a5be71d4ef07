package dev.carillon.functions.api.recipients;

import dev.carillon.edge.Cursors;
import dev.carillon.edge.Cursors.Paging;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Query;
import dev.carillon.edge.view.Pages;
import dev.carillon.edge.view.PreferenceSetView;
import dev.carillon.edge.view.RecipientView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.Recipients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lists of the recipients of a collection. */
public final class ListRecipients {
  private static final String INCLUDE = "include";
  private static final String PREFERENCES = "preferences";

  /** The query's parameters that every such list has. */
  public static final Set<String> PARAMETERS = Set.of("after", "before", "page_size", INCLUDE);

  private final Recipients recipients;

  public ListRecipients(Recipients recipients) {
    this.recipients = recipients;
  }

  private record FoundRecipient(Recipient recipient, String position) {}

  /**
   * The page that {@code cursors} and {@code paging} ask for, in an order that stays.
   *
   * @param wanted leaves out who does not fit; the page is filled all the same
   */
  public HttpResponse answer(
      EnvironmentId environment,
      String collection,
      Cursors cursors,
      Paging paging,
      Predicate<Recipient> wanted,
      Function<Recipient, Json.Obj> view) {
    var page = Pages.filled(paging, part -> found(environment, collection, part, wanted));
    return Pages.entries(
        cursors, paging, page, FoundRecipient::position, row -> view.apply(row.recipient()));
  }

  /** How recipients are shown: with their preferences where the query has {@code include}. */
  public static Function<Recipient, Json.Obj> view(Query query) {
    return includesPreferences(query)
        ? it -> RecipientView.of(it).with(PREFERENCES, sets(it.preferences()))
        : RecipientView::of;
  }

  /** Whether the query asks for preferences too. */
  public static boolean includesPreferences(Query query) {
    return !query.someOf(INCLUDE, Set.of(PREFERENCES)).isEmpty();
  }

  /** The sets by their ids. */
  private static Json.Obj sets(Map<String, Json.Obj> preferences) {
    Json.Obj shown = Json.Obj.EMPTY;
    for (var set : new TreeMap<>(preferences).entrySet()) {
      shown = shown.with(set.getKey(), PreferenceSetView.of(set.getKey(), set.getValue()));
    }
    return shown;
  }

  private Page<FoundRecipient> found(
      EnvironmentId environment, String collection, PageRequest part, Predicate<Recipient> wanted) {
    var page = recipients.of(environment, collection, part);
    List<FoundRecipient> rows = new ArrayList<>();
    for (var listed : page.items()) {
      recipients
          .find(environment, listed.id())
          .filter(wanted)
          .ifPresent(it -> rows.add(new FoundRecipient(it, listed.position())));
    }
    return new Page<>(rows, page.next());
  }
}
