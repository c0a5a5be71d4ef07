package dev.carillon.storage.dynamo;

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
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.environment.Retention;
import dev.carillon.event.Listeners;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
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
import dev.carillon.throttle.Throttles;
import dev.carillon.timer.Timers;
import dev.carillon.tracking.TrackingEvents;
import dev.carillon.tracking.link.ShortLinks;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.Triggers;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.workflow.WorkflowReader;
import dev.carillon.workflow.Workflows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;

class TableKeepsTheContractsTest {

  private DynamoTable table() {
    return table(InstantSource.system());
  }

  /** Where the table is that is tested. */
  protected DynamoTable table(InstantSource clock) {
    return LocalTable.table(clock);
  }

  @Nested
  class OfBranches extends BranchesContract {
    @Override
    protected Branches branches() {
      return new DynamoBranches(table());
    }
  }

  @Nested
  class OfCommits extends CommitsContract {
    @Override
    protected All all() {
      return new All(
          new DynamoContents(table()),
          new DynamoCommits(table()),
          new DynamoChanges(table()),
          new DynamoWorkflows(
              table(),
              (key, source) ->
                  switch (WorkflowReader.read(key, source)) {
                    case WorkflowReader.Read.Ok(var workflow) -> workflow;
                    case WorkflowReader.Read.Refused _ -> throw new IllegalStateException();
                  }),
          new DynamoAssets(table()),
          new DynamoAudiences(table()));
    }
  }

  @Nested
  class OfTheDeployment extends DeploymentContract {
    @Override
    protected ServiceTokens tokens() {
      return new DynamoServiceTokens(table());
    }

    @Override
    protected EnvironmentList environments() {
      return new DynamoEnvironmentList(table());
    }
  }

  @Nested
  class OfBroadcasts extends BroadcastsContract {
    @Override
    protected Broadcasts broadcasts() {
      return new DynamoBroadcasts(table());
    }
  }

  @Nested
  class OfCatalogs extends CatalogsContract {
    @Override
    protected Catalogs catalogs() {
      return new DynamoCatalogs(table());
    }
  }

  @Nested
  class OfRuns extends RunsContract {
    @Override
    protected Runs runs(MutableClock clock, Duration retention) {
      return new DynamoRuns(table(clock), new Retention(retention));
    }
  }

  @Nested
  class OfMessages extends MessagesContract {
    @Override
    protected Messages messages(MutableClock clock, Duration retention) {
      return new DynamoMessages(table(clock), new Retention(retention));
    }
  }

  @Nested
  class OfFeeds extends FeedsContract {
    @Override
    protected Both both() {
      return new Both(new DynamoMessages(table(), Retention.days(30)), new DynamoFeeds(table()));
    }
  }

  @Nested
  class OfTriggers extends TriggersContract {
    @Override
    protected Triggers triggers(MutableClock clock, Duration retention) {
      return new DynamoTriggers(table(clock), new Retention(retention));
    }
  }

  @Nested
  class OfRecipients extends RecipientsContract {
    @Override
    protected Recipients recipients() {
      return new DynamoRecipients(table());
    }
  }

  @Nested
  class OfDues extends TimersContract {
    @Override
    protected Timers dues() {
      return new DynamoTimers(table());
    }
  }

  @Nested
  class OfSources extends SourcesContract {
    @Override
    protected Sources sources() {
      return new DynamoSources(table(), new PlainSeal());
    }
  }

  @Nested
  class OfSourceEvents extends SourceEventsContract {
    @Override
    protected SourceEvents sourceEvents() {
      return new DynamoSourceEvents(
          table(new MutableClock(Instant.parse("2026-01-05T09:00:00Z"))), Retention.STANDARD);
    }
  }

  @Nested
  class OfSchedules extends SchedulesContract {
    @Override
    protected Schedules schedules() {
      return new DynamoSchedules(table());
    }
  }

  @Nested
  class OfBatches extends BatchesContract {
    @Override
    protected Batches batches(MutableClock clock, Duration retention) {
      return new DynamoBatches(table(clock), new Retention(retention));
    }
  }

  @Nested
  class OfBatchCloses extends BatchClosesContract {
    @Override
    protected Batches batches(MutableClock clock, Duration retention) {
      return new DynamoBatches(table(clock), new Retention(retention));
    }
  }

  @Nested
  class OfBatchCrowds extends BatchCrowdsContract {
    @Override
    protected Batches batches(MutableClock clock, Duration retention) {
      return new DynamoBatches(table(clock), new Retention(retention));
    }

    @Override
    protected int many() {
      return 250;
    }
  }

  @Nested
  class OfCallAllowances extends CallAllowancesContract {
    @Override
    protected CallAllowances allowances() {
      return new DynamoCallAllowances(table());
    }
  }

  @Nested
  class OfCircuits extends CircuitsContract {
    @Override
    protected Circuits circuits(MutableClock clock) {
      return new DynamoCircuits(table(clock));
    }
  }

  @Nested
  class OfSendSlots extends SendSlotsContract {
    @Override
    protected SendSlots slots(MutableClock clock) {
      return new DynamoSendSlots(table(clock));
    }
  }

  @Nested
  class OfThrottles extends ThrottlesContract {
    @Override
    protected Throttles throttles(MutableClock clock) {
      return new DynamoThrottles(table(clock));
    }
  }

  @Nested
  class OfWebhookEndpoints extends WebhookEndpointsContract {
    @Override
    protected WebhookEndpoints webhookEndpoints() {
      return new DynamoWebhookEndpoints(table(), new PlainSeal());
    }
  }

  @Nested
  class OfWebhookDeliveries extends WebhookDeliveriesContract {
    @Override
    protected WebhookDeliveries webhookDeliveries() {
      return new DynamoWebhookDeliveries(
          table(new MutableClock(Instant.parse("2026-01-05T09:00:00Z"))), Retention.STANDARD);
    }
  }

  @Nested
  class OfListeners extends ListenersContract {
    @Override
    protected Listeners listeners(MutableClock clock) {
      return new DynamoListeners(table(clock), _ -> {});
    }
  }

  @Nested
  class OfFirsts extends OnceClaimsContract {
    @Override
    protected OnceClaims firsts() {
      return new DynamoOnceClaims(table());
    }
  }

  @Nested
  class OfShortLinks extends ShortLinksContract {
    @Override
    protected ShortLinks shortLinks() {
      return new DynamoShortLinks(table());
    }
  }

  @Nested
  class OfEngagementTotals extends EngagementTotalsContract {
    @Override
    protected Counted counted() {
      return new Counted(
          new DynamoMessages(table(), Retention.days(36_500)), new DynamoEngagementTotals(table()));
    }
  }

  @Nested
  class OfTrackingEvents extends TrackingEventsContract {
    @Override
    protected TrackingEvents trackingEvents() {
      return new DynamoTrackingEvents(table(), Retention.days(36_500));
    }
  }

  @Nested
  class OfWorkflows extends WorkflowsContract {
    @Override
    protected Workflows workflows() {
      return new DynamoWorkflows(table(), WorkflowsContract::workflow);
    }
  }

  @Nested
  class OfSettings extends SettingsContract {
    private final SecretsInMemory secrets = new SecretsInMemory();

    @Override
    protected Settings settings(MutableClock clock) {
      DynamoTable table = table(clock);
      return new Settings(
          new DynamoChannels(table),
          new DynamoAssets(table),
          new DynamoVariables(table, secrets),
          new DynamoEnvironments(table));
    }
  }

  @Nested
  class OfSubscriptions extends SubscriptionsContract {
    @Override
    protected Subscriptions subscriptions(MutableClock clock) {
      return new DynamoSubscriptions(table(clock));
    }
  }

  @Nested
  class OfBulkOperations extends BulkOperationsContract {
    @Override
    protected BulkOperations operations(MutableClock clock) {
      return new DynamoBulkOperations(table(clock));
    }
  }

  @Nested
  class OfExternalIds extends ExternalIdsContract {
    @Override
    protected ExternalIds ids(MutableClock clock, Duration retention) {
      return new DynamoExternalIds(table(clock), new Retention(retention));
    }
  }

  @Nested
  class OfSuppressions extends SuppressionsContract {
    @Override
    protected Suppressions suppressions() {
      return new DynamoSuppressions(table(new MutableClock(Instant.parse("2026-01-05T09:00:00Z"))));
    }
  }

  @Nested
  class OfDynamicMembers extends DynamicMembersContract {
    @Override
    protected DynamicMembers members(MutableClock clock) {
      return new DynamoDynamicMembers(table(clock));
    }
  }

  @Nested
  class OfAudiences extends AudiencesContract {
    @Override
    protected Audiences audiences(MutableClock clock) {
      return new DynamoAudiences(table(clock));
    }
  }

  @Nested
  class OfRosters extends FanoutPagesContract {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-05T09:00:00Z"));

    @Override
    protected FanoutPages rosters() {
      return new DynamoFanoutPages(table(clock), Retention.days(30));
    }
  }

  @Nested
  class OfConnections extends ConnectionsContract {
    @Override
    protected Connections connections(MutableClock clock) {
      return new DynamoConnections(table(clock));
    }
  }

  @Nested
  class OfClientAccesses extends ClientAccessesContract {
    @Override
    protected ClientAccesses accesses() {
      return new DynamoClientAccesses(table());
    }
  }

  @Nested
  class OfDeploymentKeys extends DeploymentKeysContract {
    @Override
    protected DeploymentKeys keys() {
      return new DynamoDeploymentKeys(table());
    }
  }

  @Nested
  class OfApiKeys extends ApiKeysContract {
    @Override
    protected Keys keys() {
      var keys = new DynamoApiKeys(table());
      return new Keys(keys, keys::put);
    }
  }

  private static final class SecretsInMemory implements DynamoVariables.Secrets {
    private final Map<EnvironmentId, Json.Obj> secrets = new ConcurrentHashMap<>();

    @Override
    public Json.Obj read(EnvironmentId environment) {
      return secrets.getOrDefault(environment, Json.Obj.EMPTY);
    }

    @Override
    public void write(EnvironmentId environment, Json.Obj values) {
      secrets.put(environment, values);
    }
  }

  /** Keeps nobody out; that a seal does is tested with the seal. */
  private static final class PlainSeal implements DynamoWebhookEndpoints.Seal {
    @Override
    public byte[] seal(String text, String place) {
      return (place + "|" + text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String open(byte[] sealed, String place) {
      return new String(sealed, StandardCharsets.UTF_8).substring(place.length() + 1);
    }
  }
}
