package dev.carillon.functions.operator;

import dev.carillon.authoring.Committing;
import dev.carillon.event.PublishEvents;
import dev.carillon.event.PutMembers;
import dev.carillon.event.TellAudiences;
import dev.carillon.fetch.SendFetch;
import dev.carillon.functions.operator.push.Push;
import dev.carillon.functions.operator.push.PushAudiences;
import dev.carillon.functions.operator.push.PushContents;
import dev.carillon.functions.operator.push.PushEnvironment;
import dev.carillon.runtime.LoadEnvironment;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.runtime.Ports;
import dev.carillon.setting.ClientSettings;
import dev.carillon.setting.NewKeys;
import dev.carillon.setting.RevokeKey;
import dev.carillon.setting.SetChannelCredentials;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Builds the function's parts from its ports. */
final class OperatorWiring {
  private final Ports ports;
  private final SendFetch outside;
  private final IntUnaryOperator chance;

  OperatorWiring(Ports ports, SendFetch outside) {
    this(ports, outside, new SecureRandom()::nextInt);
  }

  OperatorWiring(Ports ports, SendFetch outside, IntUnaryOperator chance) {
    this.ports = ports;
    this.outside = outside;
    this.chance = chance;
  }

  Actions actions() {
    var tell = new PublishEvents(List.of(new TellAudiences(ports.audiences())), ports.tasks());
    var clients = new ClientSettings(ports.clientAccesses(), ClientSettings::newPair);
    var credentials = new SetChannelCredentials(ports.channels(), ports.channelCredentials());
    var known =
        new SeedDeployment(
            ports.environmentList(), ports.serviceTokens(), new NewKeys(chance), ports.clock());
    var linkKeys = new NewLinkKeys(ports.keepLinkKeys(), chance);
    return new Actions(
        known,
        new SeedEnvironment(
            ports.apiKeys(),
            new SeedChannels(ports.channels(), credentials, ports.deploymentKeys(), ports.clock()),
            clients,
            ports.deploymentKeys(),
            linkKeys,
            new NewKeys(chance),
            known,
            ports.clock()),
        new Push(
            ports.assets(),
            new PushContents(
                ports.workflows(),
                ports.contents(),
                new Committing(ports.commits(), Ports.committing(ports)),
                ports.clock()),
            ports.variables(),
            ports.channels(),
            linkKeys,
            new PushEnvironment(
                ports.environments(),
                ports.recipients(),
                ports.subscriptions(),
                new PushAudiences(
                    ports.audiences(),
                    ports.contents(),
                    Ports.reconsidering(ports),
                    new PutMembers(ports.audiences(), ports.workflows(), tell, ports.tasks()),
                    ports.clock()),
                tell,
                ports.clock())),
        credentials,
        new RevokeKey(ports.apiKeys()),
        clients,
        linkKeys,
        new WorkflowStatus(ports.workflows(), ports.environmentList()),
        new TestFetch(
            ports.workflows(),
            new SampleRun(
                new LoadRunContext(
                    ports.recipients(),
                    ports.subscriptions(),
                    ports.schedules(),
                    new LoadEnvironment(
                        ports.environments(),
                        ports.channels(),
                        ports.variables(),
                        ports.assets()))),
            outside,
            ports.clock()),
        new TraceHeaders(ports.collectorHeaders()),
        new Inventory(
            ports.environmentList(),
            ports.apiKeys(),
            ports.channels(),
            ports.channelCredentials(),
            ports.contents()),
        ports.log());
  }
}
