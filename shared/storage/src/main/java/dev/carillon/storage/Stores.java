package dev.carillon.storage;

import dev.carillon.access.ClientAccesses;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.access.ServiceTokens;
import dev.carillon.audience.Audiences;
import dev.carillon.audience.DynamicMembers;
import dev.carillon.batch.Batches;
import dev.carillon.broadcast.Broadcasts;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.catalog.Catalogs;
import dev.carillon.change.Changes;
import dev.carillon.channel.Channels;
import dev.carillon.channel.Circuits;
import dev.carillon.channel.SendSlots;
import dev.carillon.content.Assets;
import dev.carillon.content.Branches;
import dev.carillon.content.Commits;
import dev.carillon.content.Contents;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.environment.Environments;
import dev.carillon.environment.Retention;
import dev.carillon.event.Listeners;
import dev.carillon.feed.Feeds;
import dev.carillon.json.Json;
import dev.carillon.message.EngagementTotals;
import dev.carillon.message.Messages;
import dev.carillon.rate.CallAllowances;
import dev.carillon.rate.RateLimits;
import dev.carillon.recipient.Recipients;
import dev.carillon.report.ExternalIds;
import dev.carillon.run.OnceClaims;
import dev.carillon.run.Runs;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Schedules;
import dev.carillon.socket.Connections;
import dev.carillon.socket.PushToConnection;
import dev.carillon.source.SourceEvents;
import dev.carillon.source.Sources;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.broadcast.DynamoBroadcasts;
import dev.carillon.storage.dynamo.bulk.DynamoBulkOperations;
import dev.carillon.storage.dynamo.content.DynamoAssets;
import dev.carillon.storage.dynamo.content.DynamoBranches;
import dev.carillon.storage.dynamo.content.DynamoChanges;
import dev.carillon.storage.dynamo.content.DynamoCommits;
import dev.carillon.storage.dynamo.content.DynamoContents;
import dev.carillon.storage.dynamo.content.DynamoWorkflows;
import dev.carillon.storage.dynamo.environment.DynamoApiKeys;
import dev.carillon.storage.dynamo.environment.DynamoCallAllowances;
import dev.carillon.storage.dynamo.environment.DynamoCatalogs;
import dev.carillon.storage.dynamo.environment.DynamoChannels;
import dev.carillon.storage.dynamo.environment.DynamoClientAccesses;
import dev.carillon.storage.dynamo.environment.DynamoDeploymentKeys;
import dev.carillon.storage.dynamo.environment.DynamoEnvironmentList;
import dev.carillon.storage.dynamo.environment.DynamoEnvironments;
import dev.carillon.storage.dynamo.environment.DynamoServiceTokens;
import dev.carillon.storage.dynamo.environment.DynamoVariables;
import dev.carillon.storage.dynamo.incoming.DynamoSourceEvents;
import dev.carillon.storage.dynamo.incoming.DynamoSources;
import dev.carillon.storage.dynamo.message.DynamoExternalIds;
import dev.carillon.storage.dynamo.message.DynamoFeeds;
import dev.carillon.storage.dynamo.message.DynamoMessages;
import dev.carillon.storage.dynamo.message.DynamoSuppressions;
import dev.carillon.storage.dynamo.outgoing.DynamoConnections;
import dev.carillon.storage.dynamo.outgoing.DynamoEngagementTotals;
import dev.carillon.storage.dynamo.outgoing.DynamoShortLinks;
import dev.carillon.storage.dynamo.outgoing.DynamoTrackingEvents;
import dev.carillon.storage.dynamo.outgoing.DynamoWebhookDeliveries;
import dev.carillon.storage.dynamo.outgoing.DynamoWebhookEndpoints;
import dev.carillon.storage.dynamo.recipient.DynamoAudiences;
import dev.carillon.storage.dynamo.recipient.DynamoDynamicMembers;
import dev.carillon.storage.dynamo.recipient.DynamoRecipients;
import dev.carillon.storage.dynamo.recipient.DynamoSubscriptions;
import dev.carillon.storage.dynamo.run.DynamoFanoutPages;
import dev.carillon.storage.dynamo.run.DynamoOnceClaims;
import dev.carillon.storage.dynamo.run.DynamoRuns;
import dev.carillon.storage.dynamo.run.DynamoTriggers;
import dev.carillon.storage.dynamo.waiting.DynamoBatches;
import dev.carillon.storage.dynamo.waiting.DynamoCircuits;
import dev.carillon.storage.dynamo.waiting.DynamoListeners;
import dev.carillon.storage.dynamo.waiting.DynamoSchedules;
import dev.carillon.storage.dynamo.waiting.DynamoSendSlots;
import dev.carillon.storage.dynamo.waiting.DynamoThrottles;
import dev.carillon.storage.dynamo.waiting.DynamoTimers;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.suppression.Suppressions;
import dev.carillon.task.Tasks;
import dev.carillon.throttle.Throttles;
import dev.carillon.timer.MinuteSchedules;
import dev.carillon.timer.Timers;
import dev.carillon.tracking.RecordTracking;
import dev.carillon.tracking.TrackingEvents;
import dev.carillon.tracking.link.ShortLinks;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.Triggers;
import dev.carillon.variable.Variables;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookDestinations;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.stream.CollectorHeaders;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import dev.carillon.workflow.Workflows;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The ports on AWS, for a function's Wiring. Each method makes a new one and reads the variables it
 * needs, so that a function needs only those of the ports it uses; call each once.
 */
public final class Stores implements Ports {
  private final Environment environment;
  private final AwsClients clients;
  private final DynamoTable table;

  private Stores(Environment environment, AwsClients clients, DynamoTable table) {
    this.environment = environment;
    this.clients = clients;
    this.table = table;
  }

  /**
   * @throws IllegalStateException when a variable is missing, which it names, or the JVM is not set
   *     up as {@link AwsClients#of} needs it
   */
  public static Stores of(Environment environment) {
    var clients = AwsClients.of(environment);
    var table =
        new DynamoTable(
            environment.late(clients::dynamo),
            environment.require("TABLE_NAME"),
            environment.clock());
    return new Stores(environment, clients, table);
  }

  /** As RETENTION_DAYS says; the standard without it. */
  @Override
  public Retention retention() {
    return environment
        .find("RETENTION_DAYS")
        .map(days -> Retention.days(Long.parseLong(days)))
        .orElse(Retention.STANDARD);
  }

  /** The region, and the configuration set of SES whose events this deployment hears. */
  @Override
  public Json.Obj standardSettings() {
    Json.Obj settings = Json.object().with("region", clients.region());
    return environment
        .find("SES_CONFIGURATION_SET")
        .map(name -> settings.with("configuration_set", name))
        .orElse(settings);
  }

  /** For clients of other services. */
  public AwsClients clients() {
    return clients;
  }

  @Override
  public DynamoApiKeys apiKeys() {
    return new DynamoApiKeys(table);
  }

  @Override
  public ClientAccesses clientAccesses() {
    return new DynamoClientAccesses(table);
  }

  @Override
  public DeploymentKeys deploymentKeys() {
    return new DynamoDeploymentKeys(table);
  }

  @Override
  public Recipients recipients() {
    return new DynamoRecipients(table);
  }

  @Override
  public Channels channels() {
    return new DynamoChannels(table);
  }

  /** Needs SECRET_PREFIX. */
  @Override
  public ChannelSecrets channelCredentials() {
    return new ChannelSecrets(secrets(), environment.clock());
  }

  @Override
  public Workflows workflows() {
    return new DynamoWorkflows(table, Stores::read);
  }

  private static Workflow read(WorkflowKey key, Json.Obj source) {
    return switch (WorkflowReader.read(key, source)) {
      case WorkflowReader.Read.Ok(var workflow) -> workflow;
      case WorkflowReader.Read.Refused(var problems, _) ->
          throw new IllegalStateException(
              "Workflow " + key.value() + " was stored, but has " + problems.size() + " problems");
    };
  }

  @Override
  public Assets assets() {
    return new DynamoAssets(table);
  }

  /**
   * Needs SECRET_PREFIX, unless only {@link Variables#open} is used: callers that may not read
   * secrets has no such variable.
   */
  @Override
  public Variables variables() {
    return new DynamoVariables(
        table, environment.find("SECRET_PREFIX").isPresent() ? secrets() : new NoSecrets());
  }

  @Override
  public ServiceTokens serviceTokens() {
    return new DynamoServiceTokens(table);
  }

  @Override
  public EnvironmentList environmentList() {
    return new DynamoEnvironmentList(table);
  }

  @Override
  public Broadcasts broadcasts() {
    return new DynamoBroadcasts(table);
  }

  @Override
  public Catalogs catalogs() {
    return new DynamoCatalogs(table);
  }

  @Override
  public Contents contents() {
    return new DynamoContents(table);
  }

  @Override
  public Branches branches() {
    return new DynamoBranches(table);
  }

  @Override
  public Commits commits() {
    return new DynamoCommits(table);
  }

  @Override
  public Changes changes() {
    return new DynamoChanges(table);
  }

  private SecretStore secrets() {
    return new SecretStore(
        environment.late(clients::secrets), environment.require("SECRET_PREFIX"));
  }

  @Override
  public DynamicMembers dynamicMembers() {
    return new DynamoDynamicMembers(table);
  }

  @Override
  public Audiences audiences() {
    return new DynamoAudiences(table);
  }

  @Override
  public Suppressions suppressions() {
    return new DynamoSuppressions(table);
  }

  @Override
  public ExternalIds externalIds() {
    return new DynamoExternalIds(table, retention());
  }

  @Override
  public Triggers triggers() {
    return new DynamoTriggers(table, retention());
  }

  @Override
  public Runs runs() {
    return new DynamoRuns(table, retention());
  }

  @Override
  public Messages messages() {
    return new DynamoMessages(table, retention());
  }

  @Override
  public Feeds feeds() {
    return new DynamoFeeds(table);
  }

  @Override
  public Schedules schedules() {
    return new DynamoSchedules(table);
  }

  @Override
  public Timers timers() {
    return new DynamoTimers(table);
  }

  /** Needs SCHEDULE_GROUP, SCHEDULE_ROLE_ARN and WAKE_QUEUE_ARN. */
  @Override
  public MinuteSchedules minuteSchedules() {
    return new SchedulerMinuteSchedules(
        clients.scheduler(),
        environment.require("SCHEDULE_GROUP"),
        environment.require("SCHEDULE_ROLE_ARN"),
        environment.require("WAKE_QUEUE_ARN"),
        environment.clock());
  }

  /** Needs the URL of a queue only when something is sent to it. */
  @Override
  public Tasks tasks() {
    return new SqsTasks(
        environment.late(clients::sqs), queue -> environment.require(queue + "_QUEUE_URL"));
  }

  @Override
  public Batches batches() {
    return new DynamoBatches(table, retention());
  }

  @Override
  public Throttles throttles() {
    return new DynamoThrottles(table);
  }

  @Override
  public Circuits circuits() {
    return new DynamoCircuits(table);
  }

  @Override
  public SendSlots sendSlots() {
    return new DynamoSendSlots(table);
  }

  @Override
  public CallAllowances callAllowances() {
    return new DynamoCallAllowances(table);
  }

  /** As RATE_LIMITS says; off without it. */
  @Override
  public RateLimits rateLimits() {
    return environment.find("RATE_LIMITS").map(RateLimits::parse).orElse(RateLimits.OFF);
  }

  @Override
  public Listeners listeners() {
    return new DynamoListeners(table);
  }

  /**
   * Needs SECRET_PREFIX, unless only {@link WebhookEndpoints#hearing} is used: publishers may not
   * read secrets and have no such variable.
   */
  @Override
  public WebhookEndpoints webhookEndpoints() {
    return new DynamoWebhookEndpoints(table, seal("webhooks"));
  }

  private DynamoWebhookEndpoints.Seal seal(String name) {
    return environment.find("SECRET_PREFIX").isPresent()
        ? new SecretSeal(secrets(), name)
        : new NoSecrets();
  }

  @Override
  public WebhookDeliveries webhookDeliveries() {
    return new DynamoWebhookDeliveries(table, retention());
  }

  /** Needs SECRET_PREFIX where secrets of sources are kept or read. */
  @Override
  public Sources sources() {
    return new DynamoSources(table, seal("sources"));
  }

  @Override
  public SourceEvents sourceEvents() {
    return new DynamoSourceEvents(table, retention());
  }

  @Override
  public OnceClaims onceClaims() {
    return new DynamoOnceClaims(table);
  }

  @Override
  public BulkOperations bulkOperations() {
    return new DynamoBulkOperations(table);
  }

  @Override
  public Subscriptions subscriptions() {
    return new DynamoSubscriptions(table);
  }

  @Override
  public Environments environments() {
    return new DynamoEnvironments(table);
  }

  @Override
  public FanoutPages fanoutPages() {
    return new DynamoFanoutPages(table, retention());
  }

  @Override
  public EngagementTotals engagementTotals() {
    return new DynamoEngagementTotals(table);
  }

  /** Needs SECRET_PREFIX. */
  @Override
  public SecretLinkKeys linkKeys() {
    return new SecretLinkKeys(secrets(), environment.clock());
  }

  /** Needs SECRET_PREFIX. */
  @Override
  public SecretLinkKeys keepLinkKeys() {
    return linkKeys();
  }

  @Override
  public ShortLinks shortLinks() {
    return new DynamoShortLinks(table);
  }

  @Override
  public TrackingEvents trackingEvents() {
    return new DynamoTrackingEvents(table, retention());
  }

  /** Needs ENGAGE_QUEUE_URL. */
  @Override
  public RecordTracking recordTracking() {
    return SqsTracking.of(clients, environment.require("ENGAGE_QUEUE_URL"));
  }

  /** As WEBHOOK_DESTINATIONS says; none without it. */
  @Override
  public WebhookDestinations webhookDestinations() {
    return WebhookDestinations.parse(environment.find("WEBHOOK_DESTINATIONS").orElse(""));
  }

  /** As EVENT_STREAM says; none without it. */
  @Override
  public Optional<String> eventStream() {
    return environment.find("EVENT_STREAM").filter(it -> !it.isBlank());
  }

  /** As OpenTelemetry's own variable says; none without it. */
  @Override
  public Optional<String> traceCollector() {
    return environment.find("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT").filter(it -> !it.isBlank());
  }

  /** As OTEL_EXPORTER_OTLP_HEADERS says, even if it is blank; without it, needs SECRET_PREFIX. */
  @Override
  public CollectorHeaders collectorHeaders() {
    String said = environment.variables().get("OTEL_EXPORTER_OTLP_HEADERS");
    return said == null
        ? new CollectorSecret(secrets(), environment.clock())
        : new CollectorSecret.Fixed(CollectorSecret.parse(said));
  }

  /** Needs PUBLIC_URL. */
  @Override
  public String trackingOrigin() {
    return environment.require("PUBLIC_URL");
  }

  @Override
  public Connections connections() {
    return new DynamoConnections(table);
  }

  /** Needs CONNECTIONS_URL. */
  @Override
  public PushToConnection pushToConnection() {
    return new GatewayConnections(clients.connections(environment.require("CONNECTIONS_URL")));
  }

  @Override
  public InstantSource clock() {
    return environment.clock();
  }

  @Override
  public Log log() {
    return Log.of(environment);
  }
}
