package dev.carillon.memory;

import dev.carillon.environment.Retention;
import dev.carillon.json.Json;
import dev.carillon.memory.broadcast.InMemoryBroadcasts;
import dev.carillon.memory.content.InMemoryAssets;
import dev.carillon.memory.content.InMemoryBranches;
import dev.carillon.memory.content.InMemoryChanges;
import dev.carillon.memory.content.InMemoryCommits;
import dev.carillon.memory.content.InMemoryContents;
import dev.carillon.memory.content.InMemoryWorkflows;
import dev.carillon.memory.environment.InMemoryApiKeys;
import dev.carillon.memory.environment.InMemoryCallAllowances;
import dev.carillon.memory.environment.InMemoryCatalogs;
import dev.carillon.memory.environment.InMemoryChannelCredentials;
import dev.carillon.memory.environment.InMemoryChannels;
import dev.carillon.memory.environment.InMemoryClientAccesses;
import dev.carillon.memory.environment.InMemoryDeploymentKeys;
import dev.carillon.memory.environment.InMemoryEnvironmentList;
import dev.carillon.memory.environment.InMemoryEnvironments;
import dev.carillon.memory.environment.InMemoryServiceTokens;
import dev.carillon.memory.environment.InMemoryVariables;
import dev.carillon.memory.incoming.InMemorySourceEvents;
import dev.carillon.memory.incoming.InMemorySources;
import dev.carillon.memory.message.InMemoryExternalIds;
import dev.carillon.memory.message.InMemoryFeeds;
import dev.carillon.memory.message.InMemoryMessages;
import dev.carillon.memory.message.InMemorySuppressions;
import dev.carillon.memory.outgoing.InMemoryCollectorHeaders;
import dev.carillon.memory.outgoing.InMemoryConnections;
import dev.carillon.memory.outgoing.InMemoryEngagementTotals;
import dev.carillon.memory.outgoing.InMemoryLinkKeys;
import dev.carillon.memory.outgoing.InMemoryPushes;
import dev.carillon.memory.outgoing.InMemoryShortLinks;
import dev.carillon.memory.outgoing.InMemoryTracking;
import dev.carillon.memory.outgoing.InMemoryTrackingEvents;
import dev.carillon.memory.outgoing.InMemoryWebhookDeliveries;
import dev.carillon.memory.outgoing.InMemoryWebhookEndpoints;
import dev.carillon.memory.recipient.InMemoryAudiences;
import dev.carillon.memory.recipient.InMemoryBulkOperations;
import dev.carillon.memory.recipient.InMemoryDynamicMembers;
import dev.carillon.memory.recipient.InMemoryRecipients;
import dev.carillon.memory.recipient.InMemorySubscriptions;
import dev.carillon.memory.run.InMemoryFanoutPages;
import dev.carillon.memory.run.InMemoryOnceClaims;
import dev.carillon.memory.run.InMemoryRuns;
import dev.carillon.memory.run.InMemoryTriggers;
import dev.carillon.memory.waiting.InMemoryBatches;
import dev.carillon.memory.waiting.InMemoryCircuits;
import dev.carillon.memory.waiting.InMemoryListeners;
import dev.carillon.memory.waiting.InMemoryMinuteSchedules;
import dev.carillon.memory.waiting.InMemorySchedules;
import dev.carillon.memory.waiting.InMemorySendSlots;
import dev.carillon.memory.waiting.InMemoryThrottles;
import dev.carillon.memory.waiting.InMemoryTimers;
import dev.carillon.rate.RateLimits;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.webhook.WebhookDestinations;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * All ports in memory, over one clock: what a whole engine runs on in a test. The same instances on
 * every call, so what one function stores another finds.
 *
 * @param clock what the ports and the functions on them take for now
 * @param log where the functions' decisions go
 */
public record InMemoryPorts(
    InMemoryApiKeys apiKeys,
    InMemoryClientAccesses clientAccesses,
    InMemoryDeploymentKeys deploymentKeys,
    InMemoryRecipients recipients,
    InMemoryChannels channels,
    InMemoryChannelCredentials channelCredentials,
    InMemoryWorkflows workflows,
    InMemoryAssets assets,
    InMemoryVariables variables,
    InMemoryAudiences audiences,
    InMemoryDynamicMembers dynamicMembers,
    InMemoryTriggers triggers,
    InMemoryRuns runs,
    InMemoryMessages messages,
    InMemoryFeeds feeds,
    InMemorySchedules schedules,
    InMemoryTimers timers,
    InMemoryMinuteSchedules minuteSchedules,
    InMemoryTasks tasks,
    InMemoryBatches batches,
    InMemoryThrottles throttles,
    InMemorySendSlots sendSlots,
    InMemoryCallAllowances callAllowances,
    InMemoryCircuits circuits,
    InMemoryListeners listeners,
    InMemoryWebhookEndpoints webhookEndpoints,
    InMemoryWebhookDeliveries webhookDeliveries,
    InMemorySources sources,
    InMemorySourceEvents sourceEvents,
    InMemoryCollectorHeaders collectorHeaders,
    InMemoryOnceClaims onceClaims,
    InMemorySubscriptions subscriptions,
    InMemoryBulkOperations bulkOperations,
    InMemoryEnvironments environments,
    InMemoryFanoutPages fanoutPages,
    InMemorySuppressions suppressions,
    InMemoryExternalIds externalIds,
    InMemoryServiceTokens serviceTokens,
    InMemoryEnvironmentList environmentList,
    InMemoryBroadcasts broadcasts,
    InMemoryCatalogs catalogs,
    InMemoryContents contents,
    InMemoryBranches branches,
    InMemoryCommits commits,
    InMemoryChanges changes,
    InMemoryEngagementTotals engagementTotals,
    InMemoryLinkKeys linkKeys,
    InMemoryShortLinks shortLinks,
    InMemoryTrackingEvents trackingEvents,
    InMemoryTracking recordTracking,
    InMemoryConnections connections,
    InMemoryPushes pushToConnection,
    InstantSource clock,
    Log log)
    implements Ports {

  private static final Duration RETENTION = Retention.STANDARD.period();

  @Override
  public Json.Obj standardSettings() {
    return Json.object().with("region", "eu-central-1");
  }

  @Override
  public InMemoryLinkKeys keepLinkKeys() {
    return linkKeys;
  }

  @Override
  public String trackingOrigin() {
    return "https://links.carillon.example";
  }

  /** One queue. */
  @Override
  public WebhookDestinations webhookDestinations() {
    return WebhookDestinations.parse("arn:aws:sqs:eu-central-1:123456789012:product-events");
  }

  /** None: in a test all calls may come at one instant. */
  @Override
  public RateLimits rateLimits() {
    return RateLimits.OFF;
  }

  /** None, until a test lets there be one. */
  @Override
  public Optional<String> eventStream() {
    return webhookEndpoints.stream();
  }

  /** None, until a test lets there be one. */
  @Override
  public Optional<String> traceCollector() {
    return webhookEndpoints.collector();
  }

  @Override
  public Retention retention() {
    return Retention.STANDARD;
  }

  /** Empty ports; the log goes nowhere. */
  public static InMemoryPorts at(InstantSource clock) {
    var messages = new InMemoryMessages(clock, RETENTION);
    var workflows = new InMemoryWorkflows();
    var assets = new InMemoryAssets();
    var audiences = new InMemoryAudiences();
    var changes = new InMemoryChanges();
    var contents = new InMemoryContents(changes);
    return new InMemoryPorts(
        new InMemoryApiKeys(),
        new InMemoryClientAccesses(),
        new InMemoryDeploymentKeys(),
        new InMemoryRecipients(),
        new InMemoryChannels(),
        new InMemoryChannelCredentials(clock),
        workflows,
        assets,
        new InMemoryVariables(),
        audiences,
        new InMemoryDynamicMembers(),
        new InMemoryTriggers(clock, RETENTION),
        new InMemoryRuns(clock, RETENTION),
        messages,
        new InMemoryFeeds(messages),
        new InMemorySchedules(),
        new InMemoryTimers(),
        new InMemoryMinuteSchedules(),
        new InMemoryTasks(clock),
        new InMemoryBatches(clock, RETENTION),
        new InMemoryThrottles(),
        new InMemorySendSlots(),
        new InMemoryCallAllowances(),
        new InMemoryCircuits(),
        new InMemoryListeners(clock),
        new InMemoryWebhookEndpoints(),
        new InMemoryWebhookDeliveries(),
        new InMemorySources(),
        new InMemorySourceEvents(),
        new InMemoryCollectorHeaders(),
        new InMemoryOnceClaims(),
        new InMemorySubscriptions(clock),
        new InMemoryBulkOperations(),
        new InMemoryEnvironments(),
        new InMemoryFanoutPages(),
        new InMemorySuppressions(),
        new InMemoryExternalIds(clock, RETENTION),
        new InMemoryServiceTokens(),
        new InMemoryEnvironmentList(),
        new InMemoryBroadcasts(),
        new InMemoryCatalogs(),
        contents,
        new InMemoryBranches(),
        new InMemoryCommits(contents, workflows, assets, audiences),
        changes,
        new InMemoryEngagementTotals(messages),
        new InMemoryLinkKeys(),
        new InMemoryShortLinks(),
        new InMemoryTrackingEvents(),
        new InMemoryTracking(),
        new InMemoryConnections(clock),
        new InMemoryPushes(),
        clock,
        new Log(new PrintStream(OutputStream.nullOutputStream()), clock, Optional.empty()));
  }

  /** These with other feeds, such as some that lag behind. */
  public InMemoryPorts withFeeds(InMemoryFeeds other) {
    return new InMemoryPorts(
        apiKeys,
        clientAccesses,
        deploymentKeys,
        recipients,
        channels,
        channelCredentials,
        workflows,
        assets,
        variables,
        audiences,
        dynamicMembers,
        triggers,
        runs,
        messages,
        other,
        schedules,
        timers,
        minuteSchedules,
        tasks,
        batches,
        throttles,
        sendSlots,
        callAllowances,
        circuits,
        listeners,
        webhookEndpoints,
        webhookDeliveries,
        sources,
        sourceEvents,
        collectorHeaders,
        onceClaims,
        subscriptions,
        bulkOperations,
        environments,
        fanoutPages,
        suppressions,
        externalIds,
        serviceTokens,
        environmentList,
        broadcasts,
        catalogs,
        contents,
        branches,
        commits,
        changes,
        engagementTotals,
        linkKeys,
        shortLinks,
        trackingEvents,
        recordTracking,
        connections,
        pushToConnection,
        clock,
        log);
  }

  /**
   * Ports of their own clock and content, but with the keys, channels, workflows, assets and
   * variables of these; those are shared from then on.
   */
  public InMemoryPorts configuring(InstantSource otherClock) {
    InMemoryPorts other = at(otherClock);
    return new InMemoryPorts(
        apiKeys,
        clientAccesses,
        deploymentKeys,
        other.recipients,
        channels,
        channelCredentials,
        workflows,
        assets,
        variables,
        audiences,
        other.dynamicMembers,
        other.triggers,
        other.runs,
        other.messages,
        other.feeds,
        other.schedules,
        other.timers,
        other.minuteSchedules,
        other.tasks,
        other.batches,
        other.throttles,
        other.sendSlots,
        other.callAllowances,
        other.circuits,
        other.listeners,
        other.webhookEndpoints,
        other.webhookDeliveries,
        sources,
        other.sourceEvents,
        other.collectorHeaders,
        other.onceClaims,
        other.subscriptions,
        other.bulkOperations,
        environments,
        other.fanoutPages,
        other.suppressions,
        other.externalIds,
        serviceTokens,
        environmentList,
        other.broadcasts,
        catalogs,
        contents,
        branches,
        commits,
        changes,
        other.engagementTotals,
        linkKeys,
        other.shortLinks,
        other.trackingEvents,
        other.recordTracking,
        other.connections,
        other.pushToConnection,
        other.clock,
        other.log);
  }
}
