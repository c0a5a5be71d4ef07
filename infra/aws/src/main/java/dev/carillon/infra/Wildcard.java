package dev.carillon.infra;

import dev.carillon.infra.edge.SocketFront;
import dev.carillon.infra.settings.Installation;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;

/**
 * A resource pattern in a role's policy, with the reason why no exact name can stand there. Every
 * {@code *} in a role goes through here, so this is the list to review.
 *
 * @param resource the last part of an ARN in this account and Region, its pattern included
 * @param reviewed the same as cdk-nag spells it, which names what has no name before deployment
 */
record Wildcard(String service, String resource, String reason, String reviewed) {

  /** Where the resource is no ARN. */
  private static final String NO_SERVICE = "";

  private Wildcard(String service, String resource, String reason) {
    this(service, resource, reason, resource);
  }

  /** Of X-Ray, whose traces have no names that a policy could give. */
  static Wildcard traces() {
    return new Wildcard(
        NO_SERVICE,
        "*",
        "X-Ray knows no resources for what is written into it; the two actions only add to the"
            + " account's traces.");
  }

  static Wildcard anyIdentity() {
    return new Wildcard(
        "ses",
        "identity/*",
        "A workflow chooses its From address, and addresses and domains are verified after the"
            + " stack exists; the pattern stays within identities of this account and Region.");
  }

  static Wildcard secretsUnder(String prefix) {
    return new Wildcard(
        "secretsmanager",
        "secret:" + prefix + "*",
        "Channels and variables are made after deployment, and Secrets Manager ends each ARN in"
            + " six characters of its own; the pattern stays under this stack's prefix.");
  }

  static Wildcard channelsUnder(String prefix) {
    return new Wildcard(
        "secretsmanager",
        "secret:" + prefix + "*/channels/*",
        "Environments and channels are made after deployment; the pattern stays with the"
            + " credentials of channels.");
  }

  static Wildcard variablesUnder(String prefix) {
    return new Wildcard(
        "secretsmanager",
        "secret:" + prefix + "*/variables-*",
        "Environments are made after deployment, and Secrets Manager ends each ARN in six"
            + " characters of its own; the pattern stays with secret variables.");
  }

  static Wildcard variablesChangedUnder(String prefix) {
    return new Wildcard(
        "secretsmanager",
        "secret:" + prefix + "*/variables*",
        "Environments are made after deployment, and the six characters in which Secrets Manager"
            + " ends an ARN are not there before the secret is; the pattern stays with secret"
            + " variables.");
  }

  static Wildcard linkKeysUnder(String prefix) {
    return new Wildcard(
        "secretsmanager",
        "secret:" + prefix + "links-*",
        "The secret is made by the operator function, and Secrets Manager ends its ARN in six"
            + " characters of its own; the pattern stays with the keys of links.");
  }

  static Wildcard connectionsOf(String api, Installation installation) {
    var pattern = "/" + SocketFront.STAGE + "/POST/@connections/*";
    return new Wildcard(
        "execute-api",
        api + pattern,
        "A connection is named when a client opens it; the pattern stays with sending, on this"
            + " installation's own WebSocket API.",
        installation.socketApi() + pattern);
  }

  static Wildcard webhooksKeyUnder(String prefix) {
    return new Wildcard(
        "secretsmanager",
        "secret:" + prefix + "webhooks*",
        "Secrets Manager ends each ARN in six characters of its own, which are not there while"
            + " the secret is not; the pattern stays with the one key that seals the secrets of"
            + " webhooks.");
  }

  static Wildcard collectorHeadersUnder(String prefix) {
    return new Wildcard(
        "secretsmanager",
        "secret:" + prefix + "collector*",
        "The secret is made by the operator function, if ever, and Secrets Manager ends its ARN in"
            + " six characters of its own; the pattern stays with what the collector of traces"
            + " wants to see.");
  }

  static Wildcard sourcesKeyUnder(String prefix) {
    return new Wildcard(
        "secretsmanager",
        "secret:" + prefix + "sources*",
        "Secrets Manager ends each ARN in six characters of its own, and before there is one in"
            + " none; the pattern stays with the one key that seals what verifies senders.");
  }

  static Wildcard dueSchedulesIn(String group) {
    return new Wildcard(
        "scheduler",
        "schedule/" + group + "/due-*",
        "One-time schedules are named by their minute while the system runs; the pattern stays"
            + " within this stack's own schedule group.");
  }

  String arn(Stack stack) {
    return service.equals(NO_SERVICE)
        ? resource
        : "arn:%s:%s:%s:%s:%s"
            .formatted(
                stack.getPartition(), service, stack.getRegion(), stack.getAccount(), resource);
  }

  /** Tells cdk-nag, beside the role it concerns, that this pattern was reviewed. */
  void acknowledgeOn(Role role) {
    NagSuppressions.addResourceSuppressions(
        role,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-IAM5")
                .reason(reason)
                .appliesTo(
                    List.of(
                        service.equals(NO_SERVICE)
                            ? "Resource::" + resource
                            : "Resource::arn:<AWS::Partition>:%s:<AWS::Region>:<AWS::AccountId>:%s"
                                .formatted(service, reviewed)))
                .build()),
        true);
  }
}
