package dev.carillon.local.iam;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds every call that reaches the engines against the policies of the template, and remembers
 * what was used and what was refused. A caller that signs with another key than a function's is the
 * account's owner and may do everything, unrecorded. Safe for many threads.
 */
public final class AccessControl {
  /** Of schedules each has an ARN of its own. */
  private static final int REMEMBERED = 10_000;

  private record Question(Principal caller, String action, String resource) {}

  private final Optional<Permissions> permissions;
  private final AccessRecords records = new AccessRecords();
  private final Map<String, Principal.RoleSession> sessions = new HashMap<>();
  private final Map<Principal, String> labels = new HashMap<>();

  /**
   * Policies do not change while a stack runs: which statements are about what is looked up once.
   */
  private final Map<Question, ApplicableStatements> known = new ConcurrentHashMap<>();

  private AccessControl(Optional<Permissions> permissions) {
    this.permissions = permissions;
    permissions
        .map(Permissions::functions)
        .orElse(Map.of())
        .forEach(
            (verb, session) -> {
              sessions.put(verb, session);
              sessions.putIfAbsent(session.session(), session);
              labels.put(session, verb);
            });
  }

  /** By the policies of a template. */
  public static AccessControl by(Permissions permissions) {
    return new AccessControl(Optional.of(permissions));
  }

  /** For engines that no template stands behind: everything is allowed, nothing remembered. */
  public static AccessControl unrestricted() {
    return new AccessControl(Optional.empty());
  }

  public AccessRecords records() {
    return records;
  }

  /**
   * Whether a function may make a call.
   *
   * @param function its verb or its name; anything else is the account's owner
   * @param needs all of them are needed; they are looked at in their order
   * @throws AccessRefused at the first that is not allowed
   */
  public void require(String function, List<AccessRequest.Need> needs) {
    var caller = session(function);
    if (caller.isPresent()) {
      for (var need : needs) {
        require(caller.get(), need);
      }
    }
  }

  /**
   * @throws AccessRefused when it is not allowed
   */
  public void require(Principal caller, AccessRequest.Need need) {
    if (permissions.isEmpty()) {
      return;
    }
    switch (decision(permissions.get().policies(), AccessRequest.of(caller, need))) {
      case AccessDecision.Allowed(var by) -> records.used(label(caller), need, by);
      case AccessDecision.Denied(var ofResource) ->
          throw refused(
              caller,
              need,
              "with an explicit deny in "
                  + (ofResource ? "a resource-based policy" : "an identity-based policy"));
      case AccessDecision.NotAllowed() ->
          throw refused(
              caller,
              need,
              switch (caller) {
                    case Principal.RoleSession _ -> "because no identity-based policy allows the ";
                    case Principal.Service _ -> "because no resource-based policy allows the ";
                  }
                  + need.action()
                  + " action");
    }
  }

  private AccessDecision decision(AccountPolicies policies, AccessRequest request) {
    var question = new Question(request.caller(), request.action(), request.resource());
    var statements = known.get(question);
    if (statements == null) {
      statements = policies.about(request.caller(), request.action(), request.resource());
      if (known.size() < REMEMBERED) {
        known.put(question, statements);
      }
    }
    return statements.decide(request.context());
  }

  private AccessRefused refused(Principal caller, AccessRequest.Need need, String why) {
    records.refused(label(caller), need, why);
    return new AccessRefused(
        "User: %s is not authorized to perform: %s on resource: %s %s"
            .formatted(caller.name(), need.action(), need.resource(), why));
  }

  /** For a caller that nobody can answer: false where {@link #require} throws. */
  public boolean allows(Principal caller, AccessRequest.Need need) {
    try {
      require(caller, need);
      return true;
    } catch (AccessRefused _) {
      return false;
    }
  }

  /** The session that the function works in; empty for a caller that is none. */
  public Optional<Principal.RoleSession> session(String verbOrName) {
    return Optional.ofNullable(sessions.get(verbOrName));
  }

  /** The ARN of the key that the topic is encrypted with; empty when it is with none. */
  public Optional<String> keyOfTopic(String topicArn) {
    return permissions.map(one -> one.topicKeys().get(topicArn));
  }

  /** A function's verb, another role's name, or the service's. */
  private String label(Principal caller) {
    return switch (caller) {
      case Principal.Service(var name) -> name;
      case Principal.RoleSession session -> {
        var verb = labels.get(session);
        yield verb == null
            ? session.roleArn().substring(session.roleArn().lastIndexOf('/') + 1)
            : verb;
      }
    };
  }
}
