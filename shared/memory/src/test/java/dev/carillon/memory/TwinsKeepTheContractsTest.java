package dev.carillon.memory;

import dev.carillon.access.ClientAccesses;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.access.ServiceTokens;
import dev.carillon.audience.Audiences;
import dev.carillon.batch.Batches;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.event.Listeners;
import dev.carillon.memory.contract.ApiKeysContract;
import dev.carillon.memory.contract.AudiencesContract;
import dev.carillon.memory.contract.BatchClosesContract;
import dev.carillon.memory.contract.BatchCrowdsContract;
import dev.carillon.memory.contract.BatchesContract;
import dev.carillon.memory.contract.BulkOperationsContract;
import dev.carillon.memory.contract.ClientAccessesContract;
import dev.carillon.memory.contract.CommitsContract;
import dev.carillon.memory.contract.ConnectionsContract;
import dev.carillon.memory.contract.DeploymentContract;
import dev.carillon.memory.contract.DeploymentKeysContract;
import dev.carillon.memory.contract.EngagementTotalsContract;
import dev.carillon.memory.contract.FanoutPagesContract;
import dev.carillon.memory.contract.FeedsContract;
import dev.carillon.memory.contract.ListenersContract;
import dev.carillon.memory.contract.MessagesContract;
import dev.carillon.memory.contract.OnceClaimsContract;
import dev.carillon.memory.contract.RecipientsContract;
import dev.carillon.memory.contract.RunsContract;
import dev.carillon.memory.contract.SchedulesContract;
import dev.carillon.memory.contract.SettingsContract;
import dev.carillon.memory.contract.ShortLinksContract;
import dev.carillon.memory.contract.SubscriptionsContract;
import dev.carillon.memory.contract.SuppressionsContract;
import dev.carillon.memory.contract.ThrottlesContract;
import dev.carillon.memory.contract.TimersContract;
import dev.carillon.memory.contract.TrackingEventsContract;
import dev.carillon.memory.contract.TriggersContract;
import dev.carillon.memory.contract.WebhookDeliveriesContract;
import dev.carillon.memory.contract.WebhookEndpointsContract;
import dev.carillon.memory.contract.WorkflowsContract;
import dev.carillon.message.Messages;
import dev.carillon.recipient.Recipients;
import dev.carillon.run.OnceClaims;
import dev.carillon.run.Runs;
import dev.carillon.schedule.Schedules;
import dev.carillon.socket.Connections;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.suppression.Suppressions;
import dev.carillon.throttle.Throttles;
import dev.carillon.timer.Timers;
import dev.carillon.tracking.ShortLinks;
import dev.carillon.tracking.TrackingEvents;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.Triggers;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookEndpoints;
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
  class OfSuppressions extends SuppressionsContract {
    @Override
    protected Suppressions suppressions() {
      return new InMemorySuppressions();
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
}
