package dev.carillon.functions.api.subscriptions;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.Cursors.Paging;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Query;
import dev.carillon.edge.RecipientFilter;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.ListRecipients;
import dev.carillon.functions.api.recipients.RecipientPath;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.subscription.Subscribed;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.subscription.Subscriptions.ListedSubscription;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists of subscriptions, from the side of the object and from that of the recipient. */
final class SubscriptionLists {
  static final List<Operation<SubscriptionLists>> OPERATIONS =
      List.of(
          Operation.get("/v1/users/{id}/subscriptions", SECRET_KEY, SubscriptionLists::ofUser),
          Operation.get(
              "/v1/objects/{collection}/{id}/subscriptions",
              SECRET_KEY,
              SubscriptionLists::ofObject));

  private static final String MODE = "mode";
  private static final String AS_RECIPIENT = "recipient";
  private static final String AS_OBJECT = "object";

  private final Subscriptions subscriptions;
  private final Recipients recipients;

  SubscriptionLists(Subscriptions subscriptions, Recipients recipients) {
    this.subscriptions = subscriptions;
    this.recipients = recipients;
  }

  HttpResponse ofUser(HttpRequest request, EnvironmentId environment) {
    return ofRecipient(request, environment, Set.of());
  }

  /** Who is subscribed to it, or, with {@code mode=recipient}, what it is subscribed to. */
  HttpResponse ofObject(HttpRequest request, EnvironmentId environment) {
    return request
            .query()
            .oneOf(MODE, Set.of(AS_RECIPIENT, AS_OBJECT))
            .filter(AS_RECIPIENT::equals)
            .isPresent()
        ? ofRecipient(request, environment, Set.of(MODE))
        : toObject(request, environment);
  }

  private HttpResponse toObject(HttpRequest request, EnvironmentId environment) {
    RecipientId object = RecipientPath.of(request);
    Set<RecipientId> wanted = wanted(request.query(), "recipients", Set.of(MODE));
    return answer(
        request,
        environment,
        AS_OBJECT,
        object,
        wanted.stream().map(it -> new Subscription(object, it, Json.Obj.EMPTY)).toList(),
        page -> subscriptions.toObject(environment, object, page));
  }

  private HttpResponse ofRecipient(
      HttpRequest request, EnvironmentId environment, Set<String> more) {
    RecipientId recipient = RecipientPath.of(request);
    Set<RecipientId> wanted = wanted(request.query(), "objects", more);
    return answer(
        request,
        environment,
        AS_RECIPIENT,
        recipient,
        wanted.stream().map(it -> new Subscription(it, recipient, Json.Obj.EMPTY)).toList(),
        page -> subscriptions.ofRecipient(environment, recipient, page));
  }

  private static Set<RecipientId> wanted(Query query, String filter, Set<String> more) {
    var named = RecipientFilter.of(query, filter);
    query.heeding(
        Stream.of(ListRecipients.PARAMETERS, named.spellings(), more)
            .flatMap(Set::stream)
            .collect(Collectors.toSet()));
    return named.recipients(query);
  }

  /**
   * @param pairs those that are asked for by name; empty for all
   */
  private HttpResponse answer(
      HttpRequest request,
      EnvironmentId environment,
      String side,
      RecipientId id,
      List<Subscription> pairs,
      Function<PageRequest, Page<ListedSubscription>> all) {
    Query query = request.query();
    var cursors =
        request.cursors(
            environment,
            "subscriptions",
            side,
            id.collection(),
            id.id(),
            pairs.isEmpty() ? "" : "named");
    Paging paging = cursors.paging(query);
    Page<ListedSubscription> page =
        pairs.isEmpty() ? Pages.filled(paging, all) : named(environment, pairs, paging);
    var view = new SubscriptionView(recipients, environment, ListRecipients.view(query));
    return Pages.entries(
        cursors, paging, page, ListedSubscription::position, it -> view.of(it.subscribed()));
  }

  private Page<ListedSubscription> named(
      EnvironmentId environment, List<Subscription> pairs, Paging paging) {
    List<ListedSubscription> found =
        subscriptions.findAll(environment, pairs).stream()
            .map(it -> new ListedSubscription(it, position(it)))
            .sorted(Comparator.comparing(ListedSubscription::position).reversed())
            .toList();
    return Pages.sliced(found, paging, ListedSubscription::position);
  }

  /** No id holds a line break. */
  private static String position(Subscribed subscribed) {
    var subscription = subscribed.subscription();
    return Stream.of(subscription.object(), subscription.recipient())
        .flatMap(it -> Stream.of(it.collection(), it.id()))
        .collect(Collectors.joining("\n"));
  }
}
