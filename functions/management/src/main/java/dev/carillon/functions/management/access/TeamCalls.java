package dev.carillon.functions.management.access;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.access.MemberRole;
import dev.carillon.access.TokensOfMembers;
import dev.carillon.catalog.Catalog;
import dev.carillon.catalog.CatalogName;
import dev.carillon.catalog.Catalogs;
import dev.carillon.change.Changes;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.functions.management.account.ChannelsEverywhere;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Who is on the team. A member acts by service tokens of its own, which may do what its role may.
 * All members are one document, so that of two changes at once the later sees the earlier: one
 * owner remains.
 */
final class TeamCalls {
  private static final Access ACCESS = management(ManagementScope.ACCESS);
  private static final int CREATED = 201;
  private static final int CHARACTERS = 255;
  private static final String EMAIL = "email";
  private static final String NAME = "name";
  private static final String ROLE = TokensOfMembers.ROLE;
  private static final Set<String> ROLES =
      Arrays.stream(MemberRole.values()).map(MemberRole::wireName).collect(Collectors.toSet());

  /** Who is none of an admin's business. */
  private static final Set<MemberRole> ABOVE_ADMINS = Set.of(MemberRole.OWNER, MemberRole.BILLING);

  static final List<Operation<TeamCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/members", ACCESS, TeamCalls::list),
          byCaller(HttpMethod.POST, "/v1/members", ACCESS, TeamCalls::add),
          byCaller(HttpMethod.GET, "/v1/members/{id}", ACCESS, TeamCalls::show),
          byCaller(HttpMethod.PUT, "/v1/members/{id}", ACCESS, TeamCalls::change),
          byCaller(HttpMethod.DELETE, "/v1/members/{id}", ACCESS, TeamCalls::remove));

  private final ManagementCall.Reader calls;
  private final Catalogs catalogs;
  private final Changes changes;

  TeamCalls(ManagementCall.Reader calls, Catalogs catalogs, Changes changes) {
    this.calls = calls;
    this.catalogs = catalogs;
    this.changes = changes;
  }

  private Catalog members() {
    return catalogs.find(Optional.empty(), CatalogName.MEMBERS);
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var heeded = new HashSet<>(EntryPages.PARAMETERS);
    heeded.addAll(Set.of(ROLE, EMAIL));
    var call = calls.readWhole(request, caller, heeded);
    Optional<String> role = call.query().oneOf(ROLE, ROLES);
    Optional<String> email = call.query().one(EMAIL);
    return EntryPages.of(
        members().entries().entrySet().stream()
            .filter(it -> role.isEmpty() || it.getValue().content().text(ROLE).equals(role))
            .filter(it -> email.isEmpty() || it.getValue().content().text(EMAIL).equals(email))
            .toList(),
        call.query(),
        request.cursors(call.id(), "members"),
        Map.Entry::getKey,
        it -> view(it.getKey(), it.getValue()));
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    String id = request.pathParameter("id");
    return members()
        .find(id)
        .map(it -> HttpResponse.ok(view(id, it)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  /** The id follows from the address: of two calls with one address, the later is refused. */
  HttpResponse add(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    var given = request.fields().required("member").object().only(Set.of(EMAIL, NAME, ROLE));
    RequestValue address = given.required(EMAIL);
    String email = address.text(CHARACTERS).toLowerCase(Locale.ROOT);
    if (!email.matches("[^\\s@]+@[^\\s@]+")) {
      throw address.refused("must be the address of an email");
    }
    MemberRole role = role(given);
    Json.Obj content =
        Json.object()
            .with(EMAIL, email)
            .with(NAME, Json.ofNullable(given.optional(NAME).map(it -> it.text(CHARACTERS))))
            .with(ROLE, role.wireName());
    String id = Digest.of("member", email).uuid().toString();
    Catalog after =
        change(
            call,
            caller,
            id,
            "added",
            before -> {
              if (before.find(id).isPresent()) {
                throw address.refused("is that of a member already");
              }
              if (before.entries().size() >= Catalog.MOST) {
                throw address.refused("would be one more than " + Catalog.MOST + " members");
              }
              mayGive(caller, before, role);
              return before.with(id, content, call.origin().at());
            });
    return HttpResponse.of(CREATED, wrapped(id, after));
  }

  HttpResponse change(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    String id = request.pathParameter("id");
    var given = request.fields().required("member").object().only(Set.of(NAME, ROLE));
    MemberRole role = role(given);
    Catalog after =
        change(
            call,
            caller,
            id,
            "changed",
            before -> {
              var member = before.find(id).orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
              mayGive(caller, before, role);
              Json.Obj named =
                  given
                      .optional(NAME)
                      .map(it -> member.content().with(NAME, it.text(CHARACTERS)))
                      .orElse(member.content());
              return before.with(id, named.with(ROLE, role.wireName()), call.origin().at());
            });
    return HttpResponse.ok(wrapped(id, after));
  }

  HttpResponse remove(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    String id = request.pathParameter("id");
    if (members().find(id).isEmpty()) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    change(call, caller, id, "removed", before -> before.without(id));
    return HttpResponse.noContent();
  }

  private static MemberRole role(RequestFields given) {
    return MemberRole.named(given.required(ROLE).oneOf(ROLES)).orElseThrow();
  }

  /** Nobody changes itself, admins touch nobody above them, and one owner remains. */
  private Catalog change(
      ManagementCall call, Caller caller, String id, String action, UnaryOperator<Catalog> wanted) {
    if (!ChannelsEverywhere.token(caller).environments().isEmpty()) {
      throw ErrorCode.INSUFFICIENT_SCOPE.at(
          "Authorization", "must be of a token for all environments, for which members are");
    }
    Catalog seen = members();
    UnaryOperator<Catalog> checked = before -> checked(caller, id, before, wanted.apply(before));
    String after = roleOf(checked.apply(seen), id);
    changes.record(
        call.id(), call.origin().change(action, "member/" + id, roleOf(seen, id), after));
    return catalogs.change(Optional.empty(), CatalogName.MEMBERS, checked);
  }

  private static Catalog checked(Caller caller, String id, Catalog before, Catalog after) {
    if (ChannelsEverywhere.token(caller).member().equals(Optional.of(id))) {
      throw ErrorCode.NOT_ALLOWED.at("id", "is who asks: nobody changes or removes itself");
    }
    before.find(id).flatMap(TokensOfMembers::role).ifPresent(it -> mayGive(caller, before, it));
    if (owners(before) > 0 && owners(after) == 0) {
      throw ErrorCode.NOT_ALLOWED.at("id", "is the last owner: one must remain");
    }
    return after;
  }

  private static long owners(Catalog members) {
    return members.entries().values().stream()
        .filter(it -> TokensOfMembers.role(it).equals(Optional.of(MemberRole.OWNER)))
        .count();
  }

  /** A token of nobody is of those who own the deployment. */
  private static void mayGive(Caller caller, Catalog members, MemberRole role) {
    boolean owner =
        ChannelsEverywhere.token(caller)
            .member()
            .map(
                id ->
                    members
                        .find(id)
                        .flatMap(TokensOfMembers::role)
                        .filter(it -> it == MemberRole.OWNER)
                        .isPresent())
            .orElse(true);
    if (!owner && ABOVE_ADMINS.contains(role)) {
      throw ErrorCode.NOT_ALLOWED.at(ROLE, "of owners and of who pays is for owners to change");
    }
  }

  private static String roleOf(Catalog members, String id) {
    return members.find(id).flatMap(it -> it.content().text(ROLE)).orElse("");
  }

  private static Json.Obj wrapped(String id, Catalog members) {
    return Json.object().with("member", view(id, members.find(id).orElseThrow()));
  }

  private static Json.Obj view(String id, Catalog.Entry member) {
    Json created = Times.of(member.createdAt());
    Json updated = Times.of(member.updatedAt());
    return Json.object()
        .with("id", id)
        .with(ROLE, member.content().text(ROLE).orElse(""))
        .with(
            "user",
            Json.object()
                .with("id", id)
                .with(EMAIL, member.content().text(EMAIL).orElse(""))
                .with(NAME, member.content().get(NAME).orElse(Json.NULL))
                .with("avatar_url", Json.NULL)
                .with("created_at", created)
                .with("updated_at", updated))
        .with("created_at", created)
        .with("updated_at", updated);
  }
}
