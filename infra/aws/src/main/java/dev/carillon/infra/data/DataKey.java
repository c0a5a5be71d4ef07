package dev.carillon.infra.data;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * A key of the account's own under which table and queues lie. Who may use them may use the key
 * through them, as with the keys that AWS keeps, so that no role is told of it; what it adds is
 * that its owner can close it, and see in CloudTrail who used it.
 */
final class DataKey extends Construct {
  private final IKey key;

  DataKey(Construct scope, String id) {
    super(scope, id);
    var own =
        Key.Builder.create(this, "Key")
            .description("Encrypts Carillon's table and queues.")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
            .build();
    var stack = Stack.of(this);
    own.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new AnyPrincipal()))
            .actions(
                List.of(
                    "kms:CreateGrant",
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey*",
                    "kms:ReEncrypt*"))
            .resources(List.of("*")) // in a key's own policy this means the key
            .conditions(
                Map.of(
                    "StringEquals",
                    Map.of(
                        "kms:CallerAccount",
                        stack.getAccount(),
                        "kms:ViaService",
                        List.of(
                            "dynamodb." + stack.getRegion() + ".amazonaws.com",
                            "sqs." + stack.getRegion() + ".amazonaws.com"))))
            .build());
    // They put into queues in nobody's name: mail reports, and events of a bus.
    own.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(
                List.of(
                    new ServicePrincipal("sns.amazonaws.com"),
                    new ServicePrincipal("events.amazonaws.com")))
            .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
            .resources(List.of("*"))
            .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", stack.getAccount())))
            .build());
    key = own;
  }

  IKey key() {
    return key;
  }
}
