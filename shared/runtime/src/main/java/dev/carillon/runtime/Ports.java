package dev.carillon.runtime;

import dev.carillon.access.ApiKeys;
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
import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.Channels;
import dev.carillon.channel.Circuits;
import dev.carillon.channel.SendSlots;
import dev.carillon.content.AnnounceCommits;
import dev.carillon.content.Assets;
import dev.carillon.content.Branches;
import dev.carillon.content.Commits;
import dev.carillon.content.Contents;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.environment.Environments;
import dev.carillon.environment.Retention;
import dev.carillon.event.Listeners;
import dev.carillon.event.PublishEvents;
import dev.carillon.event.TellAudiences;
import dev.carillon.event.TellWatchers;
import dev.carillon.event.WaitingRuns;
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
import dev.carillon.schedule.Schedules;
import dev.carillon.socket.Connections;
import dev.carillon.socket.PushToConnection;
import dev.carillon.source.SourceEvents;
import dev.carillon.source.Sources;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.suppression.Suppressions;
import dev.carillon.task.Tasks;
import dev.carillon.throttle.Throttles;
import dev.carillon.timer.MinuteSchedules;
import dev.carillon.timer.Timers;
import dev.carillon.tracking.RecordTracking;
import dev.carillon.tracking.TrackingEvents;
import dev.carillon.tracking.link.KeepLinkKeys;
import dev.carillon.tracking.link.LinkKeys;
import dev.carillon.tracking.link.ShortLinks;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.Triggers;
import dev.carillon.variable.Variables;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookDestinations;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.stream.CollectorHeaders;
import dev.carillon.webhook.stream.TellStream;
import dev.carillon.webhook.telling.TellEndpoints;
import dev.carillon.webhook.telling.TellOfAuthoring;
import dev.carillon.workflow.Workflows;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Where a function's Wiring gets its ports from: AWS when deployed and on the local stack, memory
 * in tests. Each call may build the port anew or give the same one; a function takes what it needs
 * and its grants allow, and nothing is built that it does not ask for.
 */
public interface Ports {
  ApiKeys apiKeys();

  ClientAccesses clientAccesses();

  DeploymentKeys deploymentKeys();

  Recipients recipients();

  Channels channels();

  ChannelCredentials channelCredentials();

  Workflows workflows();

  Assets assets();

  Variables variables();

  Audiences audiences();

  DynamicMembers dynamicMembers();

  Triggers triggers();

  Runs runs();

  Messages messages();

  Feeds feeds();

  Schedules schedules();

  Timers timers();

  MinuteSchedules minuteSchedules();

  Tasks tasks();

  Batches batches();

  Throttles throttles();

  SendSlots sendSlots();

  CallAllowances callAllowances();

  /** What the deployment makes of the tiers of calls. */
  RateLimits rateLimits();

  Circuits circuits();

  Listeners listeners();

  WebhookEndpoints webhookEndpoints();

  WebhookDeliveries webhookDeliveries();

  /** What of AWS webhooks may write to beside URLs. */
  WebhookDestinations webhookDestinations();

  Sources sources();

  SourceEvents sourceEvents();

  /** Where every event of messages and runs goes besides: an ARN, or a URL; empty for nowhere. */
  Optional<String> eventStream();

  /** Where spans go, by OTLP over HTTP; empty when nobody collects them. */
  Optional<String> traceCollector();

  CollectorHeaders collectorHeaders();

  OnceClaims onceClaims();

  Subscriptions subscriptions();

  Broadcasts broadcasts();

  BulkOperations bulkOperations();

  Environments environments();

  FanoutPages fanoutPages();

  Suppressions suppressions();

  ExternalIds externalIds();

  ServiceTokens serviceTokens();

  EnvironmentList environmentList();

  Catalogs catalogs();

  Contents contents();

  Branches branches();

  Commits commits();

  Changes changes();

  EngagementTotals engagementTotals();

  LinkKeys linkKeys();

  KeepLinkKeys keepLinkKeys();

  ShortLinks shortLinks();

  TrackingEvents trackingEvents();

  RecordTracking recordTracking();

  /** What tracked links begin with where an environment has no domain of its own. */
  String trackingOrigin();

  Connections connections();

  PushToConnection pushToConnection();

  /** Settings that the deployment gives to channels which do not say otherwise. */
  Json.Obj standardSettings();

  /** How long runs and messages are kept. */
  Retention retention();

  InstantSource clock();

  Log log();

  /** Who hears of what authors do before it is stored. */
  static TellOfAuthoring announced(Ports ports) {
    return new TellOfAuthoring(
        ports.webhookEndpoints(), ports.sources(), ports.tasks(), ports.clock());
  }

  /** Who hears of commits before they are made: of {@link #announced}, and audiences. */
  static AnnounceCommits committing(Ports ports) {
    AnnounceCommits endpoints = announced(ports);
    AnnounceCommits audiences = reconsidering(ports);
    return (environment, commits) -> {
      audiences.announce(environment, commits);
      endpoints.announce(environment, commits);
    };
  }

  /** Has users looked at again where audiences are about to change. */
  static ReconsiderAudiences reconsidering(Ports ports) {
    return new ReconsiderAudiences(ports.audiences(), ports.tasks(), ports.clock());
  }

  /** Events go to all who subscribe to them; a new subscriber is one more in this list. */
  static PublishEvents events(Ports ports) {
    return new PublishEvents(
        List.of(
            new WaitingRuns(ports.listeners()),
            new TellAudiences(ports.audiences()),
            new TellWatchers(ports.connections(), ports.clock()),
            new TellEndpoints(ports.webhookEndpoints(), ports.clock()),
            new TellStream(
                () -> ports.eventStream().isPresent(),
                () -> ports.traceCollector().isPresent(),
                ports.clock())),
        ports.tasks());
  }
}
