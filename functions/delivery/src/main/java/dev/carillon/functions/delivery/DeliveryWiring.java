package dev.carillon.functions.delivery;

import dev.carillon.edge.CallbackPath;
import dev.carillon.event.ChangeMessage;
import dev.carillon.functions.delivery.call.AwsRequests;
import dev.carillon.functions.delivery.call.CallOverNetwork;
import dev.carillon.functions.delivery.call.CallProvider;
import dev.carillon.functions.delivery.call.SmtpDialogue;
import dev.carillon.functions.delivery.choice.ChannelCircuits;
import dev.carillon.functions.delivery.choice.ChannelRates;
import dev.carillon.functions.delivery.choice.ChooseChannel;
import dev.carillon.functions.delivery.workspaces.Exchange;
import dev.carillon.outbound.Bounds;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.PublicAddresses;
import dev.carillon.outbound.Resolve;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.storage.AwsClients;
import dev.carillon.storage.Stores;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the function's parts from its environment and its ports. */
final class DeliveryWiring {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A mail with its files may take 40 MB; what answers say beyond this is not read. */
  private static final Bounds BOUNDS =
      new Bounds(CONNECT, SendThroughProvider.WEBHOOK_PATIENCE, 41 * 1024 * 1024, 64 * 1024);

  private static final Bounds AWS_BOUNDS =
      new Bounds(Duration.ofSeconds(2), Duration.ofSeconds(12), 41 * 1024 * 1024, 64 * 1024);

  private static final Duration SMTP_REPLY = Duration.ofSeconds(20);

  private DeliveryWiring() {}

  static SendMessage sendMessage(Environment environment, Stores stores, CallProvider caller) {
    return new SendThroughProvider(
        stores.channelCredentials(),
        new LookupAnswers(),
        caller,
        stores.standardSettings(),
        callbackUrls(environment, stores),
        environment.clock());
  }

  static Exchange exchange(CallProvider caller) {
    return (call, provider) ->
        caller.call(call, new CallProvider.Purpose(provider, Optional.empty()))
                instanceof CallProvider.Called.Answered(var response)
            ? Optional.of(response)
            : Optional.empty();
  }

  private static CallbackUrls callbackUrls(Environment environment, Stores stores) {
    Optional<String> base = environment.find("PUBLIC_URL");
    if (base.isEmpty()) {
      return CallbackUrls.NONE;
    }
    var paths = new CallbackPath(stores.deploymentKeys());
    return (of, channel) -> Optional.of(URI.create(base.get() + paths.of(of, channel.id())));
  }

  static CallProvider caller(Environment environment, AwsClients clients) {
    Set<String> allowed = GuardedHttp.hosts(environment.find("CARILLON_ALLOWED_HOSTS").orElse(""));
    return new CallOverNetwork(
        environment.late(
            () ->
                new GuardedHttp(
                    BOUNDS, allowed, environment.find("CARILLON_EGRESS_GATEWAY"), Resolve.SYSTEM)),
        aws(environment, clients),
        new SmtpDialogue(new PublicAddresses(allowed, Resolve.SYSTEM), CONNECT, SMTP_REPLY),
        allowed);
  }

  static AwsRequests aws(Environment environment, AwsClients clients) {
    Set<String> endpoints =
        Stream.of("SESV2", "SNS", "STS")
            .flatMap(service -> clients.endpoint(service).stream())
            .map(URI::create)
            .map(DeliveryWiring::hostAndPort)
            .collect(Collectors.toUnmodifiableSet());
    Optional<String> gateway = environment.find("CARILLON_EGRESS_GATEWAY");
    // What stands behind a gateway has no SNS, and answers for it as for other providers; of others
    // it says so.
    Set<String> behind =
        Stream.concat(
                Stream.of("sns"),
                Stream.of(environment.find("CARILLON_EGRESS_SERVICES").orElse("").split(",")))
            .collect(Collectors.toSet());
    return new AwsRequests(
        environment.late(
            () -> new GuardedHttp(AWS_BOUNDS, endpoints, Optional.empty(), Resolve.SYSTEM)),
        gateway.map(
            it ->
                environment.late(
                    () -> new GuardedHttp(AWS_BOUNDS, Set.of(), Optional.of(it), Resolve.SYSTEM))),
        service ->
            behind.contains(service) && gateway.isPresent()
                ? Optional.empty()
                : clients.endpoint(variable(service)),
        clients::identity,
        clients.region(),
        environment.clock());
  }

  /** As in {@code AWS_ENDPOINT_URL_<SERVICE>}, which names SES otherwise than its signatures do. */
  private static String variable(String service) {
    return service.equals("ses") ? "SESV2" : service.toUpperCase(Locale.ROOT);
  }

  private static String hostAndPort(URI endpoint) {
    int port = endpoint.getPort();
    int standard = "https".equalsIgnoreCase(endpoint.getScheme()) ? 443 : 80;
    return endpoint.getHost() + ":" + (port < 0 ? standard : port);
  }

  static AskStatus askStatus(Stores stores, CallProvider caller) {
    return new AskProviderForStatus(stores.channelCredentials(), caller, stores.standardSettings());
  }

  static DeliverHeld deliverHeld(Ports ports, DeliverMessage deliver) {
    return new DeliverHeld(ports.messages(), ports.timers(), ports.tasks(), deliver, ports.clock());
  }

  /** With what is to be done about an address or a token that the provider calls dead. */
  static ForgetDeadTokens heedingDeadTargets(Ports ports, SendMessage send) {
    return heedingDeadTargets(ports, suppressing(ports, send));
  }

  private static ForgetDeadTokens heedingDeadTargets(Ports ports, SuppressDeadAddresses send) {
    return new ForgetDeadTokens(ports.recipients(), ports.clock(), ports.log(), send);
  }

  private static SuppressDeadAddresses suppressing(Ports ports, SendMessage send) {
    return new SuppressDeadAddresses(ports.suppressions(), ports.clock(), send);
  }

  static DeliverMessage deliverMessage(Ports ports, SendMessage send) {
    return new Delivering(ports, send, AskStatus.NOBODY).messages();
  }

  /** What delivers messages and what asks after them, which share what they know of tokens. */
  static final class Delivering {
    private final Ports ports;
    private final ForgetDeadTokens send;
    private final FollowUp followUp;

    Delivering(Ports ports, SendMessage send, AskStatus ask) {
      this.ports = ports;
      SuppressDeadAddresses suppressing = suppressing(ports, send);
      this.send = heedingDeadTargets(ports, suppressing);
      this.followUp =
          new FollowUp(
              ports.messages(),
              change(),
              ports.channels(),
              ports.tasks(),
              ask,
              (message, content, channel, reason) -> {
                suppressing.dead(message, content, channel, reason);
                this.send.dead(message, content, channel, reason);
              },
              new LeadReports(ports.externalIds(), change(), ports.channels(), ports.clock()),
              ports.clock());
    }

    FollowUp followUp() {
      return followUp;
    }

    DeliverMessage messages() {
      return new DeliverMessage(
          ports.messages(),
          change(),
          ports.channels(),
          new ChooseChannel(
              ports.channels(),
              new ChannelRates(ports.sendSlots()),
              new ChannelCircuits(ports.circuits())),
          ports.triggers(),
          ports.tasks(),
          new FillSecrets(ports.variables(), send),
          followUp,
          ports.clock());
    }

    private ChangeMessage change() {
      return new ChangeMessage(ports.messages(), Ports.events(ports));
    }
  }
}
