package dev.carillon.infra.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.CfnGlobalTable;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/** The one table. It outlives the stack. */
public final class CarillonTable extends Construct {
  /** An index is sparse: it holds the items that carry its two key attributes. */
  public enum Index {
    /** Recipient to runs, newest first. */
    RUNS("runs", "a_pk", "a_sk"),
    /** The items of one user's in-app channel, by state and time. */
    FEED("feed", "b_pk", "b_sk");

    private final String indexName;
    private final String partitionKey;
    private final String sortKey;

    Index(String indexName, String partitionKey, String sortKey) {
      this.indexName = indexName;
      this.partitionKey = partitionKey;
      this.sortKey = sortKey;
    }

    public String indexName() {
      return indexName;
    }

    private GlobalSecondaryIndexPropsV2.Builder keys() {
      return GlobalSecondaryIndexPropsV2.builder()
          .indexName(indexName)
          .partitionKey(text(partitionKey))
          .sortKey(text(sortKey));
    }
  }

  CarillonTable(Construct scope, String id, String name, Optional<IKey> key) {
    super(scope, id);
    var table =
        TableV2.Builder.create(this, "Table")
            .tableName(name)
            .partitionKey(text("pk"))
            .sortKey(text("sk"))
            .billing(Billing.onDemand())
            .encryption(TableEncryptionV2.dynamoOwnedKey())
            .timeToLiveAttribute("ttl")
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
            .deletionProtection(true)
            .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
            .globalSecondaryIndexes(
                List.of(
                    Index.RUNS.keys().projectionType(ProjectionType.KEYS_ONLY).build(),
                    // Message id, tenant, workflow, categories, flat trigger data, time: what a
                    // feed filters by and counts without opening the message.
                    Index.FEED
                        .keys()
                        .projectionType(ProjectionType.INCLUDE)
                        .nonKeyAttributes(List.of("mid", "tn", "wf", "ct", "td", "at"))
                        .build()))
            .build();
    key.ifPresent(it -> encrypt((CfnGlobalTable) table.getNode().getDefaultChild(), it));
  }

  /** CDK's own way of it wants to know the Region before there is one. */
  private static void encrypt(CfnGlobalTable table, IKey key) {
    table.addPropertyOverride("SSESpecification", Map.of("SSEEnabled", true, "SSEType", "KMS"));
    table.addPropertyOverride(
        "Replicas.0.SSESpecification", Map.of("KMSMasterKeyId", key.getKeyArn()));
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }
}
