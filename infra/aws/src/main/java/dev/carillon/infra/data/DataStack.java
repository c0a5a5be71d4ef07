package dev.carillon.infra.data;

import dev.carillon.infra.settings.StackSettings;
import dev.carillon.infra.settings.WorkQueue;
import java.util.EnumMap;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.kms.IKey;

/**
 * What must not be lost, and what puts something into it without a function: the table, the queues
 * with the tasks that are owed, the way of SES's reports into their queue, and rules that bring in
 * events. All of it has a name that the other stacks know, and stays when the stack is deleted.
 */
public final class DataStack extends Stack {

  public DataStack(App app, StackSettings settings) {
    super(
        app,
        settings.installation().dataStack(),
        StackProps.builder()
            .description("Carillon: what it keeps")
            .terminationProtection(true)
            // The command line checks the bootstrap version itself; without the rule the template
            // has no parameters.
            .synthesizer(
                DefaultStackSynthesizer.Builder.create()
                    .generateBootstrapVersionRule(false)
                    .build())
            .build());
    var installation = settings.installation();
    var key =
        settings.ownKey()
            ? Optional.of(new DataKey(this, "DataKey").key())
            : Optional.<IKey>empty();
    new CarillonTable(this, "Data", installation.table(), key);
    var queues = new EnumMap<WorkQueue, QueueWithDeadLetters>(WorkQueue.class);
    for (var queue : WorkQueue.values()) {
      queues.put(queue, new QueueWithDeadLetters(this, installation, queue, key));
    }
    settings.eventSources().forEach(queues.get(WorkQueue.FANOUT)::takesIn);
    var mail =
        new Mail(
            this, "Mail", installation.configurationSet(), queues.get(WorkQueue.CALLBACKS).queue());
    settings
        .senderDomain()
        .ifPresent(
            domain ->
                mail.identity(domain)
                    .forEach((id, record) -> output(id, "A DNS record of " + domain, record)));
    output("TableName", "The table", installation.table());
  }

  private void output(String name, String description, String value) {
    CfnOutput.Builder.create(this, name).description(description).value(value).build();
  }
}
