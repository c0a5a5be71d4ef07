package dev.carillon.functions.api.audiences;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.audience.DynamicMembers;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.edge.view.RecipientView;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is in an audience: those who were put into a static one, and those who were found in a
 * dynamic one when they or it last changed.
 */
final class ListMemberCalls {
  static final List<Operation<ListMemberCalls>> OPERATIONS =
      List.of(Operation.get("/v1/audiences/{key}/members", SECRET_KEY, ListMemberCalls::list));

  private final Audiences audiences;
  private final DynamicMembers dynamic;
  private final Recipients recipients;

  ListMemberCalls(Audiences audiences, DynamicMembers dynamic, Recipients recipients) {
    this.audiences = audiences;
    this.dynamic = dynamic;
    this.recipients = recipients;
  }

  private record Shown(Member member, Instant since, String position) {}

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(Set.of("after", "before", "page_size"));
    String key = request.pathId("key");
    Audience audience =
        audiences.findNow(environment, key).orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    var cursors = request.cursors(environment, "members", key);
    var paging = cursors.paging(query);
    var page = Pages.filled(paging, it -> page(environment, key, audience, it));
    return Pages.entries(cursors, paging, page, Shown::position, it -> view(environment, it));
  }

  private Page<Shown> page(
      EnvironmentId environment, String key, Audience audience, PageRequest request) {
    return switch (audience) {
      case Audience.Static() -> {
        var page = audiences.members(environment, key, request);
        yield new Page<>(
            page.items().stream()
                .map(it -> new Shown(it.member(), it.addedAt(), it.position()))
                .toList(),
            page.next());
      }
      case Audience.Dynamic _ -> {
        var page = dynamic.members(environment, key, request);
        yield new Page<>(
            page.items().stream()
                .map(
                    it ->
                        new Shown(
                            new Member(it.member().user(), Optional.empty()),
                            it.member().since(),
                            it.position()))
                .toList(),
            page.next());
      }
    };
  }

  private Json.Obj view(EnvironmentId environment, Shown shown) {
    RecipientId user = shown.member().user();
    return Json.object()
        .with("__typename", "AudienceMember")
        .with("added_at", Times.of(shown.since()))
        .with("tenant", Json.ofNullable(shown.member().tenant().map(TenantId::value)))
        .with("user_id", user.id())
        .with("user", RecipientView.of(user, recipients.find(environment, user), shown.since()));
  }
}
