package dev.carillon.functions.management.access;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.access.ServiceToken;
import dev.carillon.access.ServiceTokens;
import dev.carillon.catalog.CatalogName;
import dev.carillon.catalog.Catalogs;
import dev.carillon.change.Changes;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.management.account.ChannelsEverywhere;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.setting.NewKeys;
import dev.carillon.setting.WantedToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Service tokens. One is shown once, when it is made, and kept as its hash, which is its id here.
 * Nobody makes a token that may do more than the one it is made with.
 */
final class TokenCalls {
  private static final Access ACCESS = management(ManagementScope.ACCESS);
  private static final int CREATED = 201;
  private static final String WRAPPER = "service_token";

  static final List<Operation<TokenCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/service_tokens", ACCESS, TokenCalls::list),
          byCaller(HttpMethod.POST, "/v1/service_tokens", ACCESS, TokenCalls::make),
          byCaller(HttpMethod.DELETE, "/v1/service_tokens/{id}", ACCESS, TokenCalls::revoke));

  private final ManagementCall.Reader calls;
  private final ServiceTokens tokens;
  private final Catalogs catalogs;
  private final NewKeys newKeys;
  private final Changes changes;

  TokenCalls(
      ManagementCall.Reader calls,
      ServiceTokens tokens,
      Catalogs catalogs,
      NewKeys newKeys,
      Changes changes) {
    this.calls = calls;
    this.tokens = tokens;
    this.catalogs = catalogs;
    this.newKeys = newKeys;
    this.changes = changes;
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var call = calls.readAcross(request, caller, EntryPages.PARAMETERS);
    return EntryPages.of(
        List.copyOf(new TreeMap<>(tokens.all()).entrySet()),
        call.query(),
        request.cursors(call.id(), "service_tokens"),
        Map.Entry::getKey,
        it -> view(it.getKey(), it.getValue()));
  }

  HttpResponse make(HttpRequest request, Caller caller) {
    var call = calls.readAcross(request, caller);
    var given = request.fields().required(WRAPPER).object();
    Optional<RequestValue> member = given.optional("member");
    WantedToken wanted =
        WantedToken.read(
            new RequestValue(WRAPPER, given.json().without("member").without("token")));
    ServiceToken own = ChannelsEverywhere.token(caller);
    var token =
        new ServiceToken(
            wanted.name(),
            wanted.email(),
            given.optional("scopes").isPresent() ? scopes(wanted, own) : own.scopes(),
            given.optional("environments").isPresent()
                ? environments(wanted, caller)
                : own.environments(),
            false,
            member.map(it -> member(it, own)).or(own::member));
    String text = newKeys.serviceToken();
    String id = Digest.hex(text);
    changes.record(call.id(), call.origin().change("made", WRAPPER + "/" + id, "", token.name()));
    tokens.put(id, token);
    return HttpResponse.of(
        CREATED, Json.object().with(WRAPPER, view(id, token).with("token", text)));
  }

  private static Set<ManagementScope> scopes(WantedToken wanted, ServiceToken own) {
    if (!own.scopes().containsAll(wanted.scopes())) {
      throw ErrorCode.NOT_ALLOWED.at(
          WRAPPER + ".scopes", "are more than those of the token that makes it");
    }
    return wanted.scopes();
  }

  private Set<EnvironmentId> environments(WantedToken wanted, Caller caller) {
    return wanted.environments().stream()
        .map(
            slug ->
                calls
                    .environments()
                    .named(slug)
                    .orElseThrow(
                        () ->
                            ErrorCode.ENVIRONMENT_MISSING.at(
                                WRAPPER + ".environments", "names one that there is not")))
        .map(it -> ManagementCall.Reader.checked(caller, it, WRAPPER + ".environments"))
        .map(EnvironmentEntry::id)
        .collect(Collectors.toSet());
  }

  /** A member makes tokens of its own; those who own the deployment make them for anybody. */
  private String member(RequestValue value, ServiceToken own) {
    String id = value.text();
    if (catalogs.find(Optional.empty(), CatalogName.MEMBERS).find(id).isEmpty()) {
      throw value.refused("is the id of no member");
    }
    if (own.member().filter(it -> !it.equals(id)).isPresent()) {
      throw ErrorCode.NOT_ALLOWED.at(value.path(), "must be who asks");
    }
    return id;
  }

  /** It counts no more, from now on. Safe to repeat. */
  HttpResponse revoke(HttpRequest request, Caller caller) {
    var call = calls.readAcross(request, caller);
    String id = request.pathParameter("id");
    ServiceToken token = tokens.find(id).orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    if (!token.revoked()) {
      changes.record(
          call.id(), call.origin().change("revoked", WRAPPER + "/" + id, token.name(), ""));
      tokens.put(id, token.ended());
    }
    return HttpResponse.noContent();
  }

  private Json.Obj view(String id, ServiceToken token) {
    return Json.object()
        .with("id", id)
        .with("name", token.name())
        .with("email", token.email())
        .with(
            "scopes",
            Json.texts(token.scopes().stream().map(ManagementScope::wireName).sorted().toList()))
        .with(
            "environments",
            Json.texts(
                calls.environments().all().stream()
                    .filter(it -> token.environments().contains(it.id()))
                    .map(EnvironmentEntry::slug)
                    .toList()))
        .with("member", Json.ofNullable(token.member()))
        .with("revoked", Json.of(token.revoked()));
  }
}
