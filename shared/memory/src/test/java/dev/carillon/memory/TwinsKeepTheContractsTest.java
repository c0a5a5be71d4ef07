package dev.carillon.memory;

import dev.carillon.access.ClientAccesses;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.access.ServiceTokens;
import dev.carillon.audience.Audiences;
import dev.carillon.audience.DynamicMembers;
import dev.carillon.batch.Batches;
import dev.carillon.broadcast.Broadcasts;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.catalog.Catalogs;
import dev.carillon.channel.Circuits;
import dev.carillon.channel.SendSlots;
import dev.carillon.content.Branches;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.event.Listeners;
import dev.carillon.memory.broadcast.InMemoryBroadcasts;
import dev.carillon.memory.content.InMemoryAssets;
import dev.carillon.memory.content.InMemoryBranches;
import dev.carillon.memory.content.InMemoryWorkflows;
import dev.carillon.memory.contract.broadcast.BroadcastsContract;
import dev.carillon.memory.contract.content.BranchesContract;
import dev.carillon.memory.contract.content.CommitsContract;
import dev.carillon.memory.contract.content.WorkflowsContract;
import dev.carillon.memory.contract.environment.ApiKeysContract;
import dev.carillon.memory.contract.environment.CallAllowancesContract;
import dev.carillon.memory.contract.environment.CatalogsContract;
import dev.carillon.memory.contract.environment.ClientAccessesContract;
import dev.carillon.memory.contract.environment.DeploymentContract;
import dev.carillon.memory.contract.environment.DeploymentKeysContract;
import dev.carillon.memory.contract.environment.SettingsContract;
import dev.carillon.memory.contract.incoming.SourceEventsContract;
import dev.carillon.memory.contract.incoming.SourcesContract;
import dev.carillon.memory.contract.message.ExternalIdsContract;
import dev.carillon.memory.contract.message.FeedsContract;
import dev.carillon.memory.contract.message.MessagesContract;
import dev.carillon.memory.contract.message.SuppressionsContract;
import dev.carillon.memory.contract.outgoing.CollectorHeadersContract;
import dev.carillon.memory.contract.outgoing.ConnectionsContract;
import dev.carillon.memory.contract.outgoing.EngagementTotalsContract;
import dev.carillon.memory.contract.outgoing.ShortLinksContract;
import dev.carillon.memory.contract.outgoing.TrackingEventsContract;
import dev.carillon.memory.contract.outgoing.WebhookDeliveriesContract;
import dev.carillon.memory.contract.outgoing.WebhookEndpointsContract;
import dev.carillon.memory.contract.recipient.AudiencesContract;
import dev.carillon.memory.contract.recipient.BulkOperationsContract;
import dev.carillon.memory.contract.recipient.DynamicMembersContract;
import dev.carillon.memory.contract.recipient.RecipientsContract;
import dev.carillon.memory.contract.recipient.SubscriptionsContract;
import dev.carillon.memory.contract.run.FanoutPagesContract;
import dev.carillon.memory.contract.run.OnceClaimsContract;
import dev.carillon.memory.contract.run.RunsContract;
import dev.carillon.memory.contract.run.TriggersContract;
import dev.carillon.memory.contract.waiting.BatchClosesContract;
import dev.carillon.memory.contract.waiting.BatchCrowdsContract;
import dev.carillon.memory.contract.waiting.BatchesContract;
import dev.carillon.memory.contract.waiting.CircuitsContract;
import dev.carillon.memory.contract.waiting.ListenersContract;
import dev.carillon.memory.contract.waiting.SchedulesContract;
import dev.carillon.memory.contract.waiting.SendSlotsContract;
import dev.carillon.memory.contract.waiting.ThrottlesContract;
import dev.carillon.memory.contract.waiting.TimersContract;
import dev.carillon.memory.environment.InMemoryApiKeys;
import dev.carillon.memory.environment.InMemoryCallAllowances;
import dev.carillon.memory.environment.InMemoryCatalogs;
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
import dev.carillon.memory.outgoing.InMemoryShortLinks;
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
import dev.carillon.memory.waiting.InMemorySchedules;
import dev.carillon.memory.waiting.InMemorySendSlots;
import dev.carillon.memory.waiting.InMemoryThrottles;
import dev.carillon.memory.waiting.InMemoryTimers;
import dev.carillon.message.Messages;
import dev.carillon.rate.CallAllowances;
import dev.carillon.recipient.Recipients;
import dev.carillon.report.ExternalIds;
import dev.carillon.run.OnceClaims;
import dev.carillon.run.Runs;
import dev.carillon.schedule.Schedules;
import dev.carillon.socket.Connections;
import dev.carillon.source.SourceEvents;
import dev.carillon.source.Sources;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.suppression.Suppressions;
import dev.carillon.throttle.Throttles;
import dev.carillon.timer.Timers;
import dev.carillon.tracking.TrackingEvents;
import dev.carillon.tracking.link.ShortLinks;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.Triggers;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.stream.CollectorHeaders;
import dev.carillon.workflow.Workflows;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

class TwinsKeepTheContractsTest {

  @Nested
  class OfRuns extends RunsContract {
    @Override
    protected Runs runs(MutableClock clock, Duration retention) {
      return new InMemoryRuns(clock, retention);
    }
  }

  @Nested
  class OfMessages extends MessagesContract {
    @Override
    protected Messages messages(MutableClock clock, Duration retention) {
      return new InMemoryMessages(clock, retention);
    }
  }

  @Nested
  class OfFeeds extends FeedsContract {
    @Override
    protected Both both() {
      var messages = new InMemoryMessages();
      return new Both(messages, new InMemoryFeeds(messages));
    }
  }

  @Nested
  class OfTriggers extends TriggersContract {
    @Override
    protected Triggers triggers(MutableClock clock, Duration retention) {
      return new InMemoryTriggers(clock, retention);
    }
  }

  @Nested
  class OfRecipients extends RecipientsContract {
    @Override
    protected Recipients recipients() {
      return new InMemoryRecipients();
    }
  }

  @Nested
  class OfDues extends TimersContract {
    @Override
    protected Timers dues() {
      return new InMemoryTimers();
    }
  }

  @Nested
  class OfSources extends SourcesContract {
    @Override
    protected Sources sources() {
      return new InMemorySources();
    }
  }

  @Nested
  class OfSourceEvents extends SourceEventsContract {
    @Override
    protected SourceEvents sourceEvents() {
      return new InMemorySourceEvents();
    }
  }

  @Nested
  class OfSchedules extends SchedulesContract {
    @Override
    protected Schedules schedules() {
      return new InMemorySchedules();
    }
  }

  @Nested
  class OfBatches extends BatchesContract {
    @Override
    protected Batches batches(MutableClock clock, Duration retention) {
      return new InMemoryBatches(clock, retention);
    }
  }

  @Nested
  class OfBatchCloses extends BatchClosesContract {
    @Override
    protected Batches batches(MutableClock clock, Duration retention) {
      return new InMemoryBatches(clock, retention);
    }
  }

  @Nested
  class OfBatchCrowds extends BatchCrowdsContract {
    @Override
    protected Batches batches(MutableClock clock, Duration retention) {
      return new InMemoryBatches(clock, retention);
    }
  }

  @Nested
  class OfCallAllowances extends CallAllowancesContract {
    @Override
    protected CallAllowances allowances() {
      return new InMemoryCallAllowances();
    }
  }

  @Nested
  class OfCircuits extends CircuitsContract {
    @Override
    protected Circuits circuits(MutableClock clock) {
      return new InMemoryCircuits();
    }
  }

  @Nested
  class OfSendSlots extends SendSlotsContract {
    @Override
    protected SendSlots slots(MutableClock clock) {
      return new InMemorySendSlots();
    }
  }

  @Nested
  class OfThrottles extends ThrottlesContract {
    @Override
    protected Throttles throttles(MutableClock clock) {
      return new InMemoryThrottles();
    }
  }

  @Nested
  class OfListeners extends ListenersContract {
    @Override
    protected Listeners listeners(MutableClock clock) {
      return new InMemoryListeners(clock);
    }
  }

  @Nested
  class OfFirsts extends OnceClaimsContract {
    @Override
    protected OnceClaims firsts() {
      return new InMemoryOnceClaims();
    }
  }

  @Nested
  class OfShortLinks extends ShortLinksContract {
    @Override
    protected ShortLinks shortLinks() {
      return new InMemoryShortLinks();
    }
  }

  @Nested
  class OfWebhookEndpoints extends WebhookEndpointsContract {
    @Override
    protected WebhookEndpoints webhookEndpoints() {
      return new InMemoryWebhookEndpoints();
    }
  }

  @Nested
  class OfWebhookDeliveries extends WebhookDeliveriesContract {
    @Override
    protected WebhookDeliveries webhookDeliveries() {
      return new InMemoryWebhookDeliveries();
    }
  }

  @Nested
  class OfEngagementTotals extends EngagementTotalsContract {
    @Override
    protected Counted counted() {
      var messages = new InMemoryMessages();
      return new Counted(messages, new InMemoryEngagementTotals(messages));
    }
  }

  @Nested
  class OfTrackingEvents extends TrackingEventsContract {
    @Override
    protected TrackingEvents trackingEvents() {
      return new InMemoryTrackingEvents();
    }
  }

  @Nested
  class OfWorkflows extends WorkflowsContract {
    @Override
    protected Workflows workflows() {
      return new InMemoryWorkflows();
    }
  }

  @Nested
  class OfBranches extends BranchesContract {
    @Override
    protected Branches branches() {
      return new InMemoryBranches();
    }
  }

  @Nested
  class OfCommits extends CommitsContract {
    @Override
    protected All all() {
      var ports = InMemoryPorts.at(new MutableClock(java.time.Instant.EPOCH));
      return new All(
          ports.contents(),
          ports.commits(),
          ports.changes(),
          ports.workflows(),
          ports.assets(),
          ports.audiences());
    }
  }

  @Nested
  class OfTheDeployment extends DeploymentContract {
    @Override
    protected ServiceTokens tokens() {
      return new InMemoryServiceTokens();
    }

    @Override
    protected EnvironmentList environments() {
      return new InMemoryEnvironmentList();
    }
  }

  @Nested
  class OfBroadcasts extends BroadcastsContract {
    @Override
    protected Broadcasts broadcasts() {
      return new InMemoryBroadcasts();
    }
  }

  @Nested
  class OfCatalogs extends CatalogsContract {
    @Override
    protected Catalogs catalogs() {
      return new InMemoryCatalogs();
    }
  }

  @Nested
  class OfSettings extends SettingsContract {
    private final Settings settings =
        new Settings(
            new InMemoryChannels(),
            new InMemoryAssets(),
            new InMemoryVariables(),
            new InMemoryEnvironments());

    @Override
    protected Settings settings(MutableClock clock) {
      return settings;
    }
  }

  @Nested
  class OfSubscriptions extends SubscriptionsContract {
    @Override
    protected Subscriptions subscriptions(MutableClock clock) {
      return new InMemorySubscriptions(clock);
    }
  }

  @Nested
  class OfExternalIds extends ExternalIdsContract {
    @Override
    protected ExternalIds ids(MutableClock clock, Duration retention) {
      return new InMemoryExternalIds(clock, retention);
    }
  }

  @Nested
  class OfSuppressions extends SuppressionsContract {
    @Override
    protected Suppressions suppressions() {
      return new InMemorySuppressions();
    }
  }

  @Nested
  class OfDynamicMembers extends DynamicMembersContract {
    @Override
    protected DynamicMembers members(MutableClock clock) {
      return new InMemoryDynamicMembers();
    }
  }

  @Nested
  class OfAudiences extends AudiencesContract {
    private final Audiences audiences = new InMemoryAudiences();

    @Override
    protected Audiences audiences(MutableClock clock) {
      return audiences;
    }
  }

  @Nested
  class OfRosters extends FanoutPagesContract {
    @Override
    protected FanoutPages rosters() {
      return new InMemoryFanoutPages();
    }
  }

  @Nested
  class OfBulkOperations extends BulkOperationsContract {
    @Override
    protected BulkOperations operations(MutableClock clock) {
      return new InMemoryBulkOperations();
    }
  }

  @Nested
  class OfConnections extends ConnectionsContract {
    @Override
    protected Connections connections(MutableClock clock) {
      return new InMemoryConnections(clock);
    }
  }

  @Nested
  class OfClientAccesses extends ClientAccessesContract {
    @Override
    protected ClientAccesses accesses() {
      return new InMemoryClientAccesses();
    }
  }

  @Nested
  class OfDeploymentKeys extends DeploymentKeysContract {
    @Override
    protected DeploymentKeys keys() {
      return new InMemoryDeploymentKeys();
    }
  }

  @Nested
  class OfApiKeys extends ApiKeysContract {
    @Override
    protected Keys keys() {
      var keys = new InMemoryApiKeys();
      return new Keys(keys, keys::put);
    }
  }

  @Nested
  class OfCollectorHeaders extends CollectorHeadersContract {
    @Override
    protected CollectorHeaders headers() {
      return new InMemoryCollectorHeaders();
    }
  }
}
