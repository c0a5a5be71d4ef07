package dev.carillon.functions.api.users;

import static dev.carillon.edge.access.Ability.USER_READ;
import static dev.carillon.edge.access.Ability.USER_WRITE;
import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.access.Access.personal;
import static dev.carillon.edge.route.Operation.at;

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
import dev.carillon.rate.RateTier;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import java.util.List;
import java.util.Set;

/** What concerns users. */
final class UserCalls {
  static final List<Operation<UserCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/users", SECRET_KEY, UserCalls::list),
          Operation.get("/v1/users/{id}", personal(USER_READ), UserCalls::show),
          Operation.put("/v1/users/{id}", personal(USER_WRITE), UserCalls::identify),
          at(RateTier.TIER_2, Operation.delete("/v1/users/{id}", SECRET_KEY, UserCalls::delete)),
          at(
              RateTier.TIER_2,
              Operation.post("/v1/users/{id}/merge", SECRET_KEY, UserCalls::merge)));

  private final Recipients recipients;
  private final IdentifyRecipient identifying;
  private final DeleteRecipient deleting;
  private final MergeUsers merging;

  UserCalls(
      Recipients recipients,
      IdentifyRecipient identifying,
      DeleteRecipient deleting,
      MergeUsers merging) {
    this.recipients = recipients;
    this.identifying = identifying;
    this.deleting = deleting;
    this.merging = merging;
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(ListRecipients.PARAMETERS);
    var cursors = request.cursors(environment, "users");
    return new ListRecipients(recipients)
        .answer(
            environment,
            RecipientId.USERS,
            cursors,
            cursors.paging(query),
            _ -> true,
            ListRecipients.view(query));
  }

  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    return recipients
        .find(environment, RecipientPath.of(request))
        .map(user -> HttpResponse.ok(RecipientView.of(user)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  HttpResponse identify(HttpRequest request, EnvironmentId environment) {
    return HttpResponse.ok(
        RecipientView.of(identifying.identify(request, environment, RecipientPath.of(request))));
  }

  HttpResponse delete(HttpRequest request, EnvironmentId environment) {
    deleting.delete(environment, RecipientPath.of(request));
    return HttpResponse.noContent();
  }

  /** The user of {@code from_user_id} into the one of the path; both must be known. */
  HttpResponse merge(HttpRequest request, EnvironmentId environment) {
    var into = RecipientPath.of(request);
    var field = request.fields().only(Set.of("from_user_id")).required("from_user_id");
    var from = RecipientId.user(field.id());
    if (from.equals(into)) {
      throw field.refused("must be another user");
    }
    var known = recipients.find(environment, from);
    if (known.isEmpty() || recipients.find(environment, into).isEmpty()) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    return HttpResponse.ok(
        RecipientView.of(merging.merge(environment, known.get(), into, request.id())));
  }
}
