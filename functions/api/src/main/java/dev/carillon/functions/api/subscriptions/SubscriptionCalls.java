package dev.carillon.functions.api.subscriptions;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.AnswerRoom;
import dev.carillon.edge.view.RecipientView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.functions.api.recipients.RecipientPath;
import dev.carillon.json.Json;
import dev.carillon.recipient.Recipients;
import dev.carillon.subscription.Subscribed;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls that subscribe recipients to an object and end that. */
final class SubscriptionCalls {
  static final List<Operation<SubscriptionCalls>> OPERATIONS =
      List.of(
          Operation.post(
              "/v1/objects/{collection}/{id}/subscriptions", SECRET_KEY, SubscriptionCalls::add),
          Operation.delete(
              "/v1/objects/{collection}/{id}/subscriptions",
              SECRET_KEY,
              SubscriptionCalls::remove));

  private final Subscriptions subscriptions;
  private final Recipients recipients;
  private final IdentifyRecipients identifying;

  SubscriptionCalls(
      Subscriptions subscriptions, Recipients recipients, IdentifyRecipients identifying) {
    this.subscriptions = subscriptions;
    this.recipients = recipients;
    this.identifying = identifying;
  }

  /** Up to {@value Limits#SUBSCRIPTIONS}; who is subscribed already gets the new properties. */
  HttpResponse add(HttpRequest request, EnvironmentId environment) {
    var object = RecipientPath.of(request);
    RequestFields body = request.fields().only(Set.of("recipients", "properties"));
    var named =
        identifying
            .reader(environment)
            .recipients(body.required("recipients"), Limits.SUBSCRIPTIONS);
    Json.Obj properties =
        body.optional("properties")
            .map(it -> it.object().within(Limits.PROPERTIES_BYTES).json())
            .orElse(Json.Obj.EMPTY);
    identifying.identify(environment, named, Optional.empty(), Optional.empty(), request.id());
    var added = new ArrayList<Subscribed>();
    for (var one : named) {
      added.add(subscriptions.put(environment, new Subscription(object, one.id(), properties)));
    }
    return answer(environment, added);
  }

  /** Answers with those that were, as they were. Who was not subscribed is passed over. */
  HttpResponse remove(HttpRequest request, EnvironmentId environment) {
    var object = RecipientPath.of(request);
    RequestFields body = request.fields().only(Set.of("recipients"));
    List<Subscription> pairs =
        body.required("recipients").list(1, Limits.SUBSCRIPTIONS).stream()
            .map(RecipientReader::reference)
            .distinct()
            .map(it -> new Subscription(object, it, Json.Obj.EMPTY))
            .toList();
    List<Subscribed> found = subscriptions.findAll(environment, pairs);
    pairs.forEach(it -> subscriptions.remove(environment, object, it.recipient()));
    return answer(environment, found);
  }

  private HttpResponse answer(EnvironmentId environment, List<Subscribed> some) {
    var view = new SubscriptionView(recipients, environment, RecipientView::of);
    return HttpResponse.ok(AnswerRoom.all(some, view::of, view::brief));
  }
}
