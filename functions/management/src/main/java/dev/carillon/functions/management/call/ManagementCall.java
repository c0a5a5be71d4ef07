package dev.carillon.functions.management.call;

import dev.carillon.change.Origin;
import dev.carillon.content.Author;
import dev.carillon.content.Branch;
import dev.carillon.content.BranchContents;
import dev.carillon.content.Branches;
import dev.carillon.content.Contents;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.Query;
import dev.carillon.edge.access.Caller;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.runtime.Ports;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * One call of the management API: who makes it, and about which environment.
 *
 * @param environment the one that the query names; without one the first, which is where authors
 *     work
 * @param branch the branch of that environment, if the query names one
 */
public record ManagementCall(
    HttpRequest request,
    Query query,
    EnvironmentEntry environment,
    Optional<Branch> branch,
    Author author,
    Origin origin) {
  private static final String ENVIRONMENT = "environment";
  private static final String BRANCH = "branch";

  /** Makes calls of requests. */
  public record Reader(EnvironmentList environments, Branches branches, InstantSource clock) {

    public static Reader of(Ports ports) {
      return new Reader(ports.environmentList(), ports.branches(), ports.clock());
    }

    /**
     * The call, about the environment that the parameter {@code environment} names.
     *
     * @param heeded the parameters that the operation heeds beside that
     */
    public ManagementCall read(HttpRequest request, Caller caller, Set<String> heeded) {
      return read(request, caller, ENVIRONMENT, heeded);
    }

    /**
     * As {@link #read(HttpRequest, Caller, Set)}, about what has no branches: naming one is
     * refused.
     */
    public ManagementCall readWhole(HttpRequest request, Caller caller, Set<String> heeded) {
      request
          .query()
          .one(BRANCH)
          .filter(name -> !name.isEmpty())
          .ifPresent(
              _ -> {
                throw ErrorCode.NOT_BUILT.at(
                    BRANCH, "is of content only; this has no branches yet");
              });
      return read(request, caller, heeded);
    }

    /**
     * As {@link #readWhole}, about what lies in several environments at once: without a name, about
     * the first that the caller may touch.
     */
    public ManagementCall readAcross(HttpRequest request, Caller caller) {
      return readAcross(request, caller, Set.of());
    }

    /**
     * As {@link #readAcross(HttpRequest, Caller)}.
     *
     * @param heeded the parameters that the operation heeds beside the environment's
     */
    public ManagementCall readAcross(HttpRequest request, Caller caller, Set<String> heeded) {
      if (request.query().one(ENVIRONMENT).isPresent()) {
        return readWhole(request, caller, heeded);
      }
      return environments.all().stream()
          .filter(it -> reaches(caller, it))
          .findFirst()
          .map(it -> call(request, request.query().heeding(heeded), caller, it))
          .orElseThrow(ErrorCode.INSUFFICIENT_SCOPE::refused);
    }

    /**
     * As {@link #read(HttpRequest, Caller, Set)}, where another parameter names it.
     *
     * @throws dev.carillon.edge.ApiException when there is no such environment or branch, or the
     *     caller may not touch it
     */
    public ManagementCall read(
        HttpRequest request, Caller caller, String parameter, Set<String> heeded) {
      Query query = request.query().heeding(heeded);
      return call(request, query, caller, environment(query, caller, parameter));
    }

    private ManagementCall call(
        HttpRequest request, Query query, Caller caller, EnvironmentEntry environment) {
      return new ManagementCall(
          request,
          query,
          environment,
          query
              .one(BRANCH)
              .filter(slug -> !slug.isEmpty())
              .map(
                  slug ->
                      branches
                          .find(environment.id(), slug)
                          .orElseThrow(ErrorCode.BRANCH_MISSING::refused)),
          author(caller),
          new Origin(author(caller).name(), address(request), request.id(), clock.instant()));
    }

    private EnvironmentEntry environment(Query query, Caller caller, String parameter) {
      var all = environments.all();
      var named = query.one(parameter);
      if (caller.home().isPresent()) {
        return ofKey(caller.home().get(), named.orElse(""), parameter);
      }
      var found =
          named
              .map(slug -> all.stream().filter(it -> it.slug().equals(slug)).findFirst())
              .orElseGet(() -> all.stream().findFirst())
              .orElseThrow(
                  () ->
                      ErrorCode.ENVIRONMENT_MISSING.at(
                          parameter, "must be the slug of an environment"));
      return checked(caller, found, parameter);
    }

    /** A key of an environment names it already. */
    private EnvironmentEntry ofKey(EnvironmentId id, String slug, String parameter) {
      var entry =
          environments.all().stream()
              .filter(it -> it.id().equals(id))
              .findFirst()
              .orElseGet(
                  () ->
                      new EnvironmentEntry(
                          id, id.value(), id.value(), 0, clock.instant(), clock.instant()));
      if (!slug.isEmpty() && !slug.equals(entry.slug()) && !slug.equals(id.value())) {
        throw ErrorCode.INVALID_PARAMS.at(parameter, "must be that of the API key, or be left out");
      }
      return entry;
    }

    /**
     * The environment, if the caller may touch it.
     *
     * @throws dev.carillon.edge.ApiException otherwise
     */
    public static EnvironmentEntry checked(
        Caller caller, EnvironmentEntry environment, String parameter) {
      if (!reaches(caller, environment)) {
        throw ErrorCode.INSUFFICIENT_SCOPE.at(
            parameter, "is none that the service token may touch");
      }
      return environment;
    }

    private static boolean reaches(Caller caller, EnvironmentEntry environment) {
      return !(caller.credential() instanceof Caller.Credential.Service(var token))
          || token.reaches(environment.id());
    }

    /** The gateway puts where the call came from behind whatever the client claims. */
    private static String address(HttpRequest request) {
      String claimed = request.header("x-forwarded-for").orElse("");
      return claimed.substring(claimed.lastIndexOf(',') + 1).strip();
    }

    private static Author author(Caller caller) {
      return switch (caller.credential()) {
        case Caller.Credential.Service(var token) -> new Author(token.name(), token.email());
        case Caller.Credential.Secret(),
            Caller.Credential.PublicAlone(_),
            Caller.Credential.OfUser(_) ->
            new Author("secret key", "secret-key@carillon.invalid");
      };
    }
  }

  /** What keys of the content begin with: the id of the branch, otherwise the environment's. */
  public EnvironmentId id() {
    return branch.map(Branch::id).orElse(environment.id());
  }

  /** The same call, about another environment or branch. */
  public ManagementCall at(EnvironmentEntry other, Optional<Branch> itsBranch) {
    return new ManagementCall(request, query, other, itsBranch, author, origin);
  }

  /** The contents, as the authors of the branch see them if it is about one. */
  public Contents of(Contents contents) {
    return branch.<Contents>map(it -> new BranchContents(contents, it)).orElse(contents);
  }
}
