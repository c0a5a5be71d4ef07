package dev.carillon.functions.api.objects;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.RecipientView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.DeleteRecipient;
import dev.carillon.functions.api.recipients.IdentifyRecipient;
import dev.carillon.functions.api.recipients.ListRecipients;
import dev.carillon.functions.api.recipients.RecipientPath;
import dev.carillon.recipient.Recipients;
import java.util.List;
import java.util.Set;

/** What concerns the objects of a collection. */
final class ObjectCalls {
  static final List<Operation<ObjectCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/objects/{collection}", SECRET_KEY, ObjectCalls::list),
          Operation.get("/v1/objects/{collection}/{id}", SECRET_KEY, ObjectCalls::show),
          Operation.put("/v1/objects/{collection}/{id}", SECRET_KEY, ObjectCalls::set),
          Operation.delete("/v1/objects/{collection}/{id}", SECRET_KEY, ObjectCalls::delete));

  private final Recipients recipients;
  private final IdentifyRecipient identifying;
  private final DeleteRecipient deleting;

  ObjectCalls(Recipients recipients, IdentifyRecipient identifying, DeleteRecipient deleting) {
    this.recipients = recipients;
    this.identifying = identifying;
    this.deleting = deleting;
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(ListRecipients.PARAMETERS);
    String collection = RecipientPath.collection(request);
    var cursors = request.cursors(environment, "objects", collection);
    return new ListRecipients(recipients)
        .answer(
            environment,
            collection,
            cursors,
            cursors.paging(query),
            _ -> true,
            ListRecipients.view(query));
  }

  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    return recipients
        .find(environment, RecipientPath.of(request))
        .map(object -> HttpResponse.ok(RecipientView.of(object)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  HttpResponse set(HttpRequest request, EnvironmentId environment) {
    return HttpResponse.ok(
        RecipientView.of(identifying.identify(request, environment, RecipientPath.of(request))));
  }

  HttpResponse delete(HttpRequest request, EnvironmentId environment) {
    deleting.delete(environment, RecipientPath.of(request));
    return HttpResponse.noContent();
  }
}
