package dev.carillon.infra;

import dev.carillon.infra.TableAccess.Items;
import dev.carillon.infra.data.CarillonTable;
import dev.carillon.infra.settings.StackSettings;
import dev.carillon.infra.settings.WorkQueue;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/**
 * All that can be made again from its template at any time: the functions, what hands them tasks
 * and requests, what wakes them, who may do what, and the alarms.
 */
final class ServicesStack extends Stack {
  /** A little more than half a processor: enough where the time goes into waiting for AWS. */
  private static final int MEMORY = 1024;

  /**
   * A whole processor, for those that render or compile templates, inline CSS and speak TLS to
   * strangers.
   */
  private static final int MEMORY_TO_COMPUTE = 1769;

  ServicesStack(App app, StackSettings settings, FunctionJars jars) {
    super(
        app,
        settings.installation().servicesStack(),
        StackProps.builder()
            .description("Carillon: its functions")
            .synthesizer(
                DefaultStackSynthesizer.Builder.create()
                    .generateBootstrapVersionRule(false)
                    .build())
            .build());
    var retention = Integer.toString(settings.retentionDays());
    var installation = settings.installation();
    var alarms = new OperationalAlarms(settings.alarmTopicArn());
    var secrets = new SecretAccess(installation.secretPrefix());
    var table = new TableInUse(this, "Data", settings.table());

    var fanout =
        new QueueFunction(
            this,
            installation,
            WorkQueue.FANOUT,
            jars,
            alarms,
            MEMORY,
            20,
            "A trigger becomes runs");
    var steps =
        new QueueFunction(
            this,
            installation,
            WorkQueue.STEPS,
            jars,
            alarms,
            MEMORY_TO_COMPUTE,
            100,
            "Advances a run");
    var delivery =
        new QueueFunction(
            this,
            installation,
            WorkQueue.DELIVERY,
            jars,
            alarms,
            MEMORY_TO_COMPUTE,
            50,
            "Hands a message to a provider");
    var wake =
        new QueueFunction(
            this,
            installation,
            WorkQueue.WAKE,
            jars,
            alarms,
            MEMORY,
            20,
            "Wakes runs that are due");
    alarms.when(
        wake.function(),
        "Stuck",
        "A day of waking did not move something that waits; the log of Wake names it hourly.",
        wake.function().logged("wait.stuck", "StuckWaits"),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        0);
    alarms.when(
        wake.function(),
        "Overdue",
        "The sweep had to wake a hundred waits in five minutes that nothing else woke in time: see"
            + " whether EventBridge Scheduler may send to the queue of Wake.",
        wake.function().logged("waits.swept", "OverdueWaits", "$.woken"),
        ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        100);
    alarms.whenNothing(
        wake.function(),
        "Asleep",
        "Nothing sweeps: Wake is invoked every minute, and was not for five.",
        wake.function()
            .function()
            .metricInvocations(
                MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build()));
    var callbacks =
        new QueueFunction(
            this,
            installation,
            WorkQueue.CALLBACKS,
            jars,
            alarms,
            MEMORY,
            20,
            "Records what providers report");

    var engage =
        new QueueFunction(
            this,
            installation,
            WorkQueue.ENGAGE,
            jars,
            alarms,
            MEMORY,
            20,
            "Records clicks and opens");
    var broadcast =
        new QueueFunction(
            this,
            installation,
            WorkQueue.BROADCAST,
            jars,
            alarms,
            MEMORY,
            10,
            "Tells clients of feeds what is new");
    var webhooks =
        new QueueFunction(
            this,
            installation,
            WorkQueue.WEBHOOKS,
            jars,
            alarms,
            MEMORY,
            50,
            "Tells the endpoints of customers what happened");
    alarms.when(
        webhooks.function(),
        "Disabled",
        "A webhook endpoint is called no more, since it failed for days or is gone: the log of"
            + " Webhooks says which.",
        webhooks.function().logged("webhook.disabled", "DisabledWebhooks"),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        0);

    var mail = new OutgoingMail(this, "Mail", installation);
    var wakeups = new Wakeups(this, "Wakeups", wake.tasks());
    var front = new HttpRoutes(this, "Http", installation, settings.domain());
    front.watchedBy(alarms);

    // The routes that another function than api answers; a test ties them to what each declares.
    var intake =
        new HttpFunction(this, "Intake", jars, alarms, front, MEMORY, "Takes triggers and cancels")
            .answers(HttpMethod.POST, "/v1/workflows/{key}/trigger")
            .answers(HttpMethod.POST, "/v1/workflows/{key}/cancel")
            .answers(HttpMethod.POST, "/v1/notify")
            .answers(HttpMethod.POST, "/v1/notify/cancel")
            // Other systems post their events there and have no key: the path is the permission.
            .answers(HttpMethod.POST, "/integrations/receive/{id}");
    var feed =
        new HttpFunction(this, "Feeds", jars, alarms, front, MEMORY, "Reads in-app feeds")
            .answers(HttpMethod.GET, "/v1/users/{id}/feeds/{channel}")
            .answers(HttpMethod.GET, "/v1/users/{id}/feeds/{channel}/settings");
    var management =
        ManagementApi.answeredBy(
            new HttpFunction(
                this,
                "Management",
                jars,
                alarms,
                front,
                MEMORY_TO_COMPUTE,
                "What teams write: workflows, layouts, commits"));
    // Its paths are read in TrackingPaths; strangers ask for them with any method.
    var tracking =
        new HttpFunction(this, "Tracking", jars, alarms, front, MEMORY, "Follows tracked links")
            .answers(HttpMethod.ANY, "/l/{token}")
            .answers(HttpMethod.ANY, "/o/{token}")
            .answers(HttpMethod.ANY, "/{key}")
            .answers(HttpMethod.ANY, "/v1/track/click/{token}")
            .answers(HttpMethod.ANY, "/v1/track/open/{token+}");
    alarms.when(
        tracking.function(),
        "Lost",
        "Clicks or opens were answered but not told to the queue: the log of Tracking says which.",
        tracking.function().logged("tracking.lost", "LostClicks"),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        0);
    var api =
        new HttpFunction(
                this, "Api", jars, alarms, front, MEMORY, "Users, messages, runs, schedules")
            .answersEverythingElse();
    // Providers call it, who have no key: what they send is proven by their signatures.
    front.answeredBy(callbacks.function(), HttpMethod.ANY, "/v1/providers/callbacks/{channel}");
    // It sends, so it has the credentials to try a channel out.
    front.answeredBy(delivery.function(), HttpMethod.POST, "/v1/channels/{channel}/test");
    for (var call : List.of("auth_check", "channels", "teams")) {
      front.answeredBy(
          delivery.function(), HttpMethod.GET, "/v1/providers/{provider}/{channel}/" + call);
    }
    front.answeredBy(
        delivery.function(), HttpMethod.PUT, "/v1/providers/{provider}/{channel}/revoke_access");
    // Providers send people back to it, who have no key in hand: the state they bring has one.
    front.answeredBy(delivery.function(), HttpMethod.GET, "/providers/{provider}/authenticate");
    var sockets = new SocketRoutes(this, "Socket", installation, jars, alarms, MEMORY);
    var operator =
        new DeployedFunction(
                this,
                "Operator",
                jars,
                Duration.seconds(60),
                MEMORY,
                "Workflows, channels, keys; invoked by an operator")
            .named(installation.operator());

    // Who may do what, function by function: each line is a grant and the variable it needs.
    table
        .usedBy(intake.function())
        .gets()
        .queries()
        .puts(Items.TRIGGERS, Items.CANCELLATIONS, Items.HOURS, Items.SOURCE_EVENTS)
        .updates(Items.CANCELLATIONS, Items.CALL_COUNTS, Items.SOURCE_TALLIES);
    secrets.sourcesOpenedBy(intake.function());
    fanout.tasks().sentToBy(intake.function(), "FANOUT_QUEUE_URL");
    intake.function().set("RETENTION_DAYS", retention);

    table
        .usedBy(fanout.function())
        .gets()
        .getsMany()
        .queries()
        .queries(CarillonTable.Index.RUNS)
        .queries(CarillonTable.Index.FEED)
        .puts(Items.OF_ENVIRONMENTS, Items.HOURS, Items.LIST_OF_WAITS, Items.DUE)
        .updates(Items.OF_ENVIRONMENTS)
        .deletes(Items.OF_ENVIRONMENTS);
    fanout.tasks().sentToBy(fanout.function(), "FANOUT_QUEUE_URL");
    steps.tasks().sentToBy(fanout.function(), "STEPS_QUEUE_URL");
    wakeups.armedBy(fanout.function());
    fanout.function().set("RETENTION_DAYS", retention);

    table
        .usedBy(steps.function())
        .gets()
        .getsMany()
        .queries()
        .puts(Items.OF_ENVIRONMENTS, Items.HOURS, Items.LIST_OF_WAITS, Items.DUE, Items.SHORT_LINKS)
        .updates(Items.OF_ENVIRONMENTS)
        .deletes(Items.OF_ENVIRONMENTS);
    fanout.tasks().sentToBy(steps.function(), "FANOUT_QUEUE_URL");
    steps.tasks().sentToBy(steps.function(), "STEPS_QUEUE_URL");
    delivery.tasks().sentToBy(steps.function(), "DELIVERY_QUEUE_URL");
    broadcast.tasks().sentToBy(steps.function(), "BROADCAST_QUEUE_URL");
    wakeups.armedBy(steps.function());
    secrets.variablesReadBy(steps.function());
    secrets.linkKeysReadBy(steps.function());
    steps.function().set("PUBLIC_URL", front.url());
    steps.function().set("RETENTION_DAYS", retention);

    table
        .usedBy(delivery.function())
        .gets()
        .getsMany()
        .queries()
        .puts(
            Items.SUPPRESSIONS,
            Items.EXTERNAL_IDS,
            Items.SEND_SLOTS,
            Items.CIRCUITS,
            Items.RECIPIENTS,
            Items.LISTED_RECIPIENTS,
            Items.DEPLOYMENT_KEY)
        .updates(Items.MESSAGES, Items.TOTALS, Items.CALL_COUNTS)
        .deletes(Items.DUE);
    delivery.tasks().sentToBy(delivery.function(), "DELIVERY_QUEUE_URL");
    steps.tasks().sentToBy(delivery.function(), "STEPS_QUEUE_URL");
    broadcast.tasks().sentToBy(delivery.function(), "BROADCAST_QUEUE_URL");
    mail.sentBy(delivery.function());
    secrets.channelsReadBy(delivery.function());
    delivery.function().set("PUBLIC_URL", front.url());
    delivery.function().set("RETENTION_DAYS", retention);

    // The publishers of events, and what sets the tasks for them again.
    var publishers =
        List.of(
            fanout.function(),
            steps.function(),
            delivery.function(),
            callbacks.function(),
            engage.function(),
            api.function(),
            wake.function(),
            webhooks.function());
    // Those who commit tell of commits, and of nothing else.
    webhooks.tasks().sentToBy(management.function(), "WEBHOOKS_QUEUE_URL");
    webhooks.tasks().sentToBy(operator, "WEBHOOKS_QUEUE_URL");
    fanout.tasks().sentToBy(operator, "FANOUT_QUEUE_URL");
    publishers.forEach(it -> webhooks.tasks().sentToBy(it, "WEBHOOKS_QUEUE_URL"));
    settings
        .eventStream()
        .ifPresent(it -> WebhookAccess.streaming(it, webhooks.function(), publishers));
    settings
        .traceCollector()
        .ifPresent(
            url -> {
              publishers.forEach(it -> it.set("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", url));
              secrets.collectorHeadersReadBy(webhooks.function());
            });
    table
        .usedBy(webhooks.function())
        .gets()
        .getsMany()
        .queries()
        .puts(
            Items.WEBHOOK_ENDPOINTS,
            Items.WEBHOOK_LOG,
            Items.MESSAGES,
            Items.HOURS,
            Items.LIST_OF_WAITS,
            Items.DUE)
        .deletes(Items.DUE);
    // The mail to the owner of an endpoint that is given up.
    delivery.tasks().sentToBy(webhooks.function(), "DELIVERY_QUEUE_URL");
    wakeups.armedBy(webhooks.function());
    secrets.webhooksOpenedBy(webhooks.function());
    secrets.webhooksSealedBy(api.function());
    webhooks.function().set("RETENTION_DAYS", retention);
    WebhookAccess.to(settings.webhookDestinations(), webhooks.function(), api.function());

    table
        .usedBy(wake.function())
        .gets()
        .queries()
        .puts(Items.DUE, Items.LIST_OF_WAITS)
        .updates(Items.WATERMARK)
        .deletes(Items.DUE);
    wake.tasks().sentToBy(wake.function(), "WAKE_QUEUE_URL");
    steps.tasks().sentToBy(wake.function(), "STEPS_QUEUE_URL");
    fanout.tasks().sentToBy(wake.function(), "FANOUT_QUEUE_URL");
    delivery.tasks().sentToBy(wake.function(), "DELIVERY_QUEUE_URL");

    table
        .usedBy(callbacks.function())
        .gets()
        .getsMany()
        .queries()
        .puts(Items.SUPPRESSIONS, Items.EXTERNAL_IDS, Items.DEPLOYMENT_KEY)
        .updates(Items.MESSAGES, Items.TOTALS);
    steps.tasks().sentToBy(callbacks.function(), "STEPS_QUEUE_URL");
    secrets.credentialsReadBy(callbacks.function());
    callbacks.function().set("RETENTION_DAYS", retention);
    callbacks.function().set("PUBLIC_URL", front.url());

    table
        .usedBy(engage.function())
        .gets()
        .queries()
        .puts(Items.TRACKING_EVENTS)
        .updates(Items.MESSAGES, Items.TOTALS);
    steps.tasks().sentToBy(engage.function(), "STEPS_QUEUE_URL");
    engage.function().set("RETENTION_DAYS", retention);

    table.usedBy(tracking.function()).gets(Items.SHORT_LINKS);
    engage.tasks().sentToBy(tracking.function(), "ENGAGE_QUEUE_URL");
    secrets.linkKeysReadBy(tracking.function());

    table
        .usedBy(feed.function())
        .gets()
        .getsMany()
        .queries()
        .queries(CarillonTable.Index.FEED)
        .puts(Items.DEPLOYMENT_KEY)
        .updates(Items.CALL_COUNTS);

    table
        .usedBy(api.function())
        .gets()
        .getsMany()
        .queries()
        .queries(CarillonTable.Index.RUNS)
        .puts(
            Items.OF_ENVIRONMENTS,
            Items.AUDIENCES,
            Items.WEBHOOK_ENDPOINTS,
            Items.HOURS,
            Items.LIST_OF_WAITS,
            Items.DUE,
            Items.DEPLOYMENT_KEY)
        .updates(Items.OF_ENVIRONMENTS)
        .deletes(Items.OF_ENVIRONMENTS, Items.WEBHOOK_ENDPOINTS);
    fanout.tasks().sentToBy(api.function(), "FANOUT_QUEUE_URL");
    steps.tasks().sentToBy(api.function(), "STEPS_QUEUE_URL");
    delivery.tasks().sentToBy(api.function(), "DELIVERY_QUEUE_URL");
    wakeups.armedBy(api.function());
    api.function().set("RETENTION_DAYS", retention);
    api.function().set("PUBLIC_URL", front.url());

    table
        .usedBy(management.function())
        .gets()
        .queries()
        .puts(
            Items.OF_ENVIRONMENTS,
            Items.HOURS,
            Items.COMMITS,
            Items.AUDIENCES,
            Items.ASSETS,
            Items.SETTINGS,
            Items.CREDENTIALS,
            Items.SOURCES,
            Items.LIST_OF_WAITS,
            Items.DUE)
        .updates(Items.OF_ENVIRONMENTS, Items.CHANNELS)
        .deletes(Items.BRANCHES, Items.AUDIENCES, Items.DUE);
    wakeups.armedBy(management.function());
    secrets.settingsChangedBy(management.function());
    secrets.sourcesSealedBy(management.function());
    management.function().set("PUBLIC_URL", front.url());
    fanout.tasks().sentToBy(management.function(), "FANOUT_QUEUE_URL");
    management.function().set("RETENTION_DAYS", retention);

    for (var function :
        List.of(intake.function(), feed.function(), delivery.function(), api.function())) {
      function.set("RATE_LIMITS", settings.rateLimits().wireName());
    }

    table
        .usedBy(sockets.function())
        .gets()
        .queries()
        .puts(Items.CONNECTIONS)
        .updates(Items.CONNECTIONS, Items.WATCHED_FEEDS)
        .deletes(Items.CONNECTIONS, Items.WATCHED_FEEDS);
    broadcast.tasks().sentToBy(sockets.function(), "BROADCAST_QUEUE_URL");

    table
        .usedBy(broadcast.function())
        .gets()
        .queries()
        .queries(CarillonTable.Index.FEED)
        .puts(Items.WATCHED_FEEDS)
        .deletes(Items.CONNECTIONS, Items.WATCHED_FEEDS);
    sockets.sentToBy(broadcast.function());

    table
        .usedBy(operator)
        .gets()
        .queries()
        .putsAnything()
        .updates(Items.OF_ENVIRONMENTS, Items.CHANNELS);
    secrets.changedBy(operator);

    table.watchedBy(alarms);
    mail.watchedBy(alarms);
    OperationalDashboard.throttlesWatchedBy(alarms, this);
    new OperationalDashboard(
        this,
        installation,
        List.of(fanout, steps, delivery, wake, callbacks, engage, broadcast, webhooks),
        List.of(
            intake.function(),
            fanout.function(),
            steps.function(),
            delivery.function(),
            wake.function(),
            callbacks.function(),
            engage.function(),
            broadcast.function(),
            webhooks.function(),
            feed.function(),
            management.function(),
            tracking.function(),
            api.function(),
            sockets.function()),
        table,
        mail);

    CfnOutput.Builder.create(this, "OperatorFunctionName")
        .description("Invoke this to seed and push")
        .value(operator.invocationName())
        .build();
  }
}
