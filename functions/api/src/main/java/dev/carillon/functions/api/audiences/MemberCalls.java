package dev.carillon.functions.api.audiences;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Listed;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.edge.view.RecipientView;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PublishEvents;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is in a static audience: a user within a tenant, or within none. Runs that wait for it are
 * told who came in or left; a call that is repeated tells it again, as the same event.
 */
final class MemberCalls {
  private static final String MEMBERS = "/v1/audiences/{key}/members";

  static final List<Operation<MemberCalls>> OPERATIONS =
      List.of(
          Operation.get(MEMBERS, SECRET_KEY, MemberCalls::list),
          Operation.post(MEMBERS, SECRET_KEY, MemberCalls::add),
          Operation.delete(MEMBERS, SECRET_KEY, MemberCalls::remove));

  private static final String CREATE = "create_audience";

  /**
   * For how long a call may be repeated that died before it told anybody; who has been in for
   * longer does not come in again.
   */
  private static final Duration REPEATED = Duration.ofMinutes(15);

  private final Audiences audiences;
  private final Recipients recipients;
  private final IdentifyRecipients identify;
  private final PublishEvents tell;
  private final InstantSource clock;

  MemberCalls(
      Audiences audiences,
      Recipients recipients,
      IdentifyRecipients identify,
      PublishEvents tell,
      InstantSource clock) {
    this.audiences = audiences;
    this.recipients = recipients;
    this.identify = identify;
    this.tell = tell;
    this.clock = clock;
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(Set.of("after", "before", "page_size"));
    String key = known(request, environment);
    var cursors = request.cursors(environment, "members", key);
    var paging = cursors.paging(query);
    var page = Pages.filled(paging, it -> audiences.members(environment, key, it));
    return Pages.entries(cursors, paging, page, Listed::position, it -> view(environment, it));
  }

  private Json.Obj view(EnvironmentId environment, Listed listed) {
    RecipientId user = listed.member().user();
    return Json.object()
        .with("__typename", "AudienceMember")
        .with("added_at", Times.of(listed.addedAt()))
        .with("tenant", Json.ofNullable(listed.member().tenant().map(TenantId::value)))
        .with("user_id", user.id())
        .with("user", RecipientView.of(user, recipients.find(environment, user), listed.addedAt()));
  }

  HttpResponse add(HttpRequest request, EnvironmentId environment) {
    boolean create = request.query().heeding(Set.of(CREATE)).bool(CREATE).orElse(false);
    String key = key(request);
    if (audiences.find(environment, key).isEmpty()) {
      if (!create) {
        throw ErrorCode.RESOURCE_MISSING.refused();
      }
      audiences.put(environment, key, new Audience.Static());
    }
    checkStatic(environment, key);
    List<Named> named = named(request, environment);
    identify.identify(
        environment,
        named.stream().map(Named::user).toList(),
        Optional.empty(),
        Optional.empty(),
        request.id());
    for (Named one : named) {
      Instant now = clock.instant();
      audiences.add(environment, key, one.member(), now);
      audiences
          .addedAt(environment, key, one.member())
          .filter(at -> at.isAfter(now.minus(REPEATED)))
          .ifPresent(at -> tell.entered(environment, key, one.member(), at));
    }
    return HttpResponse.noContent();
  }

  HttpResponse remove(HttpRequest request, EnvironmentId environment) {
    String key = known(request, environment);
    checkStatic(environment, key);
    for (Named one : named(request, environment)) {
      Optional<Instant> at = audiences.addedAt(environment, key, one.member());
      // Told first: a call that dies in between is repeated, and finds the member still in.
      at.ifPresent(it -> tell.left(environment, key, one.member(), it));
      audiences.remove(environment, key, one.member());
    }
    return HttpResponse.noContent();
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

  private String known(HttpRequest request, EnvironmentId environment) {
    String key = key(request);
    if (audiences.find(environment, key).isEmpty()) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    return key;
  }

  private void checkStatic(EnvironmentId environment, String key) {
    if (audiences.find(environment, key).filter(Audience.Dynamic.class::isInstance).isPresent()) {
      throw ErrorCode.INVALID_PARAMS.at(
          "key", "must be a static audience; conditions decide who is in this one");
    }
  }
}
