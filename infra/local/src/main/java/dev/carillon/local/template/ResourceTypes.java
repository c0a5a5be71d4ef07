package dev.carillon.local.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The three lists of what a template may hold: types and properties that are built, those that
 * deliberately have no effect on a laptop, each with its reason, and everything else, which is an
 * error that names it. A new resource or property in the CDK app therefore has to be decided on
 * here before it can be overlooked.
 */
final class ResourceTypes {
  private static final String TAGS = "tags are for the bill";
  private static final String ENCRYPTION = "nothing is encrypted at rest on a laptop";
  private static final String LOGS = "logs go to one file";
  private static final String EDGE = "one port serves both APIs here";
  private static final String WATCH = "nobody is paged by a laptop";
  private static final String LIFECYCLE = "the data folder is the operator's to keep or delete";

  private final Map<String, Type> types = new LinkedHashMap<>();

  ResourceTypes() {
    built("AWS::DynamoDB::GlobalTable")
        .with(
            "TableName",
            "AttributeDefinitions",
            "KeySchema",
            "GlobalSecondaryIndexes",
            "TimeToLiveSpecification")
        .without("DynamoDB Local does not meter capacity", "BillingMode", "WarmThroughput")
        .without("there is one region here", "Replicas", "MultiRegionConsistency")
        .without(ENCRYPTION, "SSESpecification")
        .without(TAGS, "Tags");
    built("AWS::DynamoDB::Table")
        .with(
            "TableName",
            "AttributeDefinitions",
            "KeySchema",
            "GlobalSecondaryIndexes",
            "TimeToLiveSpecification")
        .without("DynamoDB Local does not meter capacity", "BillingMode", "WarmThroughput")
        .without(LIFECYCLE, "PointInTimeRecoverySpecification", "DeletionProtectionEnabled")
        .without(ENCRYPTION, "SSESpecification")
        .without("attribute access statistics are CloudWatch's", "ContributorInsightsSpecification")
        .without(TAGS, "Tags");
    built("AWS::SQS::Queue")
        .with("QueueName", "VisibilityTimeout", "DelaySeconds", "RedrivePolicy")
        .without(ENCRYPTION, "SqsManagedSseEnabled", "KmsMasterKeyId")
        .without("messages do not grow old on a laptop", "MessageRetentionPeriod")
        .without("the poller does not wait at the queue", "ReceiveMessageWaitTimeSeconds")
        .without("the service's own limit is held", "MaximumMessageSize")
        .without("messages go back to their own queue alone", "RedriveAllowPolicy")
        .without(TAGS, "Tags");
    built("AWS::Lambda::Function")
        .with(
            "FunctionName",
            "Code",
            "Handler",
            "Environment",
            "Timeout",
            "MemorySize",
            "Runtime",
            "Role",
            "LoggingConfig",
            "SnapStart",
            "TracingConfig")
        .without("the jar is the same on every processor", "Architectures")
        .without("the account's limit is not reached here", "ReservedConcurrentExecutions")
        .without("nobody stops a loop of functions here but its author", "RecursiveLoop")
        .without("the disk is the machine's", "EphemeralStorage")
        .without("said for people", "Description")
        .without(TAGS, "Tags");
    built("AWS::Lambda::Version").with("FunctionName").without("said for people", "Description");
    built("AWS::Lambda::Alias").with("FunctionName", "FunctionVersion", "Name");
    built("AWS::Lambda::EventSourceMapping")
        .with(
            "FunctionName",
            "EventSourceArn",
            "BatchSize",
            "MaximumBatchingWindowInSeconds",
            "FunctionResponseTypes",
            "ScalingConfig",
            "Enabled")
        .without(WATCH, "MetricsConfig")
        .without(TAGS, "Tags");
    built("AWS::ApiGatewayV2::Api")
        .with("CorsConfiguration", "ProtocolType", "Name", "RouteSelectionExpression")
        .without("only the stack's own port leads here", "DisableExecuteApiEndpoint")
        .without("said for people", "Description")
        .without(TAGS, "Tags");
    built("AWS::ApiGatewayV2::Route")
        .with("ApiId", "RouteKey", "Target", "RouteResponseSelectionExpression")
        .without("functions check keys themselves", "AuthorizationType");
    built("AWS::ApiGatewayV2::RouteResponse").with("ApiId", "RouteId", "RouteResponseKey");
    built("AWS::ApiGatewayV2::Integration")
        .with(
            "ApiId",
            "IntegrationType",
            "IntegrationUri",
            "PayloadFormatVersion",
            "TimeoutInMillis",
            "IntegrationMethod");
    built("AWS::ApiGatewayV2::Stage")
        .with("ApiId", "StageName")
        .without("there is nothing to deploy to", "AutoDeploy")
        .without(LOGS, "AccessLogSettings")
        .without("a laptop is not flooded", "DefaultRouteSettings", "RouteSettings")
        .without(TAGS, "Tags");
    built("AWS::Scheduler::ScheduleGroup").with("Name").without(TAGS, "Tags");
    built("AWS::Scheduler::Schedule")
        .with(
            "Name",
            "GroupName",
            "ScheduleExpression",
            "ScheduleExpressionTimezone",
            "Target",
            "State")
        .without("a schedule of the template fires in its own minute", "FlexibleTimeWindow")
        .without("said for people", "Description");
    built("AWS::SES::ConfigurationSet")
        .with("Name")
        .without(WATCH, "ReputationOptions", "VdmOptions")
        .without(
            "no mail leaves the laptop",
            "SendingOptions",
            "DeliveryOptions",
            "SuppressionOptions",
            "TrackingOptions",
            "ArchivingOptions")
        .without(TAGS, "Tags");
    built("AWS::SES::ConfigurationSetEventDestination")
        .with("ConfigurationSetName", "EventDestination");
    built("AWS::SNS::Topic")
        .with("TopicName", "KmsMasterKeyId")
        .without(LOGS, "TracingConfig", "DeliveryStatusLogging")
        .without("said for people", "DisplayName")
        .without(TAGS, "Tags");
    built("AWS::SNS::Subscription")
        .with("TopicArn", "Protocol", "Endpoint", "RawMessageDelivery")
        .without("delivery from topic to queue does not fail here", "RedrivePolicy")
        .without("the queue is in the same region", "Region");
    built("AWS::SecretsManager::Secret")
        .with("Name", "SecretString", "GenerateSecretString")
        .without("said for people", "Description")
        .without(ENCRYPTION, "KmsKeyId")
        .without(TAGS, "Tags");

    // A role with a managed policy of AWS's, or with a boundary, would be more or less than it
    // seems.
    built("AWS::IAM::Role")
        .with("RoleName", "AssumeRolePolicyDocument", "Policies")
        .without("said for people", "Description")
        .without(TAGS, "Tags");
    built("AWS::IAM::Policy").with("PolicyName", "PolicyDocument", "Roles");
    built("AWS::IAM::ManagedPolicy")
        .with("ManagedPolicyName", "PolicyDocument", "Roles")
        .without("said for people", "Description", "Path");
    built("AWS::Lambda::Permission")
        .with("Action", "FunctionName", "Principal", "SourceArn", "SourceAccount");
    built("AWS::SQS::QueuePolicy").with("PolicyDocument", "Queues");
    built("AWS::SNS::TopicPolicy").with("PolicyDocument", "Topics");
    built("AWS::KMS::Key")
        .with("KeyPolicy")
        .without("said for people", "Description")
        .without(ENCRYPTION, "EnableKeyRotation", "KeySpec", "KeyUsage")
        .without(LIFECYCLE, "PendingWindowInDays")
        .without(TAGS, "Tags");

    wholly("AWS::Logs::LogGroup", LOGS);
    wholly("AWS::Logs::MetricFilter", LOGS);
    wholly("AWS::Logs::ResourcePolicy", LOGS);
    wholly("AWS::KMS::Alias", ENCRYPTION);
    wholly("AWS::CloudWatch::Alarm", WATCH);
    wholly("AWS::CloudWatch::CompositeAlarm", WATCH);
    wholly("AWS::CloudWatch::Dashboard", WATCH);
    wholly("AWS::SES::EmailIdentity", "any sender may send here");
    wholly("AWS::CloudFront::Distribution", EDGE);
    wholly("AWS::CloudFront::Function", EDGE);
    wholly("AWS::WAFv2::WebACL", EDGE);
    wholly("AWS::CDK::Metadata", "counts deployments for the CDK's makers");
  }

  /**
   * Whether the resource is to be built; false when it has no effect here on purpose.
   *
   * @throws UnsupportedTemplate when its type, or one of its properties, is on no list
   */
  boolean builds(String type, String logicalId, Set<String> properties) {
    var known = types.get(type);
    if (known == null) {
      throw new UnsupportedTemplate(
          "Resource "
              + logicalId
              + " is of type "
              + type
              + ", which the local stack neither builds nor leaves out on purpose");
    }
    if (known.wholeReason.isPresent()) {
      return false;
    }
    for (var property : properties) {
      if (!known.built.contains(property) && !known.reasons.containsKey(property)) {
        throw new UnsupportedTemplate(
            "Property "
                + property
                + " of resource "
                + logicalId
                + " ("
                + type
                + ") is neither built by the local stack nor left out on purpose");
      }
    }
    return true;
  }

  /** Why the type has no effect here; empty when it is built or unknown. */
  Optional<String> reason(String type) {
    return Optional.ofNullable(types.get(type)).flatMap(known -> known.wholeReason);
  }

  private Type built(String name) {
    var type = new Type(Optional.empty());
    types.put(name, type);
    return type;
  }

  private void wholly(String name, String reason) {
    types.put(name, new Type(Optional.of(reason)));
  }

  private static final class Type {
    private final Optional<String> wholeReason;
    private final Set<String> built = new LinkedHashSet<>();
    private final Map<String, String> reasons = new HashMap<>();

    Type(Optional<String> wholeReason) {
      this.wholeReason = wholeReason;
    }

    Type with(String... properties) {
      built.addAll(Set.of(properties));
      return this;
    }

    Type without(String reason, String... properties) {
      for (var property : properties) {
        reasons.put(property, reason);
      }
      return this;
    }
  }
}
