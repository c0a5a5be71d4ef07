package dev.carillon.functions.api.users;

import static dev.carillon.edge.access.Ability.USER_READ;
import static dev.carillon.edge.access.Ability.USER_WRITE;
import static dev.carillon.edge.access.Access.personal;

import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.RecipientView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PublishEvents;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.Identified;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** What concerns one user. */
final class UserCalls {
  static final List<Operation<UserCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/users/{id}", personal(USER_READ), UserCalls::show),
          Operation.put("/v1/users/{id}", personal(USER_WRITE), UserCalls::identify));

  private final Recipients recipients;
  private final Channels channels;
  private final PublishEvents tell;
  private final InstantSource clock;

  UserCalls(Recipients recipients, Channels channels, PublishEvents tell, InstantSource clock) {
    this.recipients = recipients;
    this.channels = channels;
    this.tell = tell;
    this.clock = clock;
  }

  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    return recipients
        .find(environment, RecipientId.user(request.pathId("id")))
        .map(user -> HttpResponse.ok(RecipientView.of(user)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  HttpResponse identify(HttpRequest request, EnvironmentId environment) {
    var id = request.pathId("id");
    Identification said = UserFields.of(request.fields(), id, () -> channels.all(environment));
    return switch (recipients.identify(
        environment, RecipientId.user(id), said, request.id(), clock.instant())) {
      case Identified.Merged(var user) -> {
        tell.ofRecipient(environment, user.id(), said, request.id());
        yield HttpResponse.ok(RecipientView.of(user));
      }
      case Identified.TooLarge _ ->
          throw ErrorCode.INVALID_PARAMS.at(
              "body",
              "would make what is known of the user take more than "
                  + Recipients.MAX_PROPERTIES_BYTES
                  + " bytes");
    };
  }
}
