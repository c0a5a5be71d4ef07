package dev.carillon.functions.api.audiences;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PutMembers;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.Trigger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts users into a static audience, within a tenant or within none, and takes them out. Runs that
 * wait for it are told who came in or left; a call that is repeated tells it again, as the same
 * event.
 */
final class MemberCalls {
  private static final String MEMBERS = "/v1/audiences/{key}/members";

  static final List<Operation<MemberCalls>> OPERATIONS =
      List.of(
          Operation.post(MEMBERS, SECRET_KEY, MemberCalls::add),
          Operation.delete(MEMBERS, SECRET_KEY, MemberCalls::remove));

  private static final String CREATE = "create_audience";

  /**
   * For how long a call may be repeated that died before it told anybody; who has been in for
   * longer does not come in again.
   */
  private static final Duration REPEATED = Duration.ofMinutes(15);

  private final Audiences audiences;
  private final IdentifyRecipients identify;
  private final PutMembers put;
  private final InstantSource clock;

  MemberCalls(
      Audiences audiences, IdentifyRecipients identify, PutMembers put, InstantSource clock) {
    this.audiences = audiences;
    this.identify = identify;
    this.put = put;
    this.clock = clock;
  }

  HttpResponse add(HttpRequest request, EnvironmentId environment) {
    boolean create = request.query().heeding(Set.of(CREATE)).bool(CREATE).orElse(false);
    String key = key(request);
    Optional<Audience> there = audiences.findNow(environment, key);
    if (there.isEmpty() && !create) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    checkStatic(there.orElseGet(() -> audiences.create(environment, key)));
    List<Named> named = named(request, environment);
    identify.identify(
        environment,
        named.stream().map(Named::user).toList(),
        Optional.empty(),
        Optional.empty(),
        request.id());
    put.add(environment, key, members(named), clock.instant(), REPEATED);
    return HttpResponse.noContent();
  }

  HttpResponse remove(HttpRequest request, EnvironmentId environment) {
    String key = key(request);
    checkStatic(
        audiences.findNow(environment, key).orElseThrow(ErrorCode.RESOURCE_MISSING::refused));
    put.remove(environment, key, members(named(request, environment)));
    return HttpResponse.noContent();
  }

  private static List<Member> members(List<Named> named) {
    return named.stream().map(Named::member).toList();
  }

  /** Somebody that a body names as a member. */
  private record Named(Trigger.Named user, Member member) {}

  private List<Named> named(HttpRequest request, EnvironmentId environment) {
    RecipientReader reader = identify.reader(environment);
    var named = new ArrayList<Named>();
    for (RequestValue value :
        request.fields().only(Set.of("members")).required("members").list(1, Limits.BULK_ROWS)) {
      RequestFields fields = value.object().only(Set.of("user", "tenant"));
      Trigger.Named user = reader.recipient(fields.required("user"));
      if (!user.id().isUser()) {
        throw fields.required("user").refused("must be a user");
      }
      named.add(
          new Named(
              user,
              new Member(
                  user.id(), fields.optional("tenant").map(RequestValue::id).map(TenantId::new))));
    }
    return named;
  }

  private static String key(HttpRequest request) {
    return request.pathId("key");
  }

  private static void checkStatic(Audience audience) {
    if (audience instanceof Audience.Dynamic) {
      throw ErrorCode.INVALID_PARAMS.at(
          "key", "must be a static audience; conditions decide who is in this one");
    }
  }
}
