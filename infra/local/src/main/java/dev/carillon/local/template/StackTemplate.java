package dev.carillon.local.template;

import dev.carillon.json.Json;
import dev.carillon.local.iam.Permissions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the synthesized templates ask to be built, with every intrinsic function resolved. */
public record StackTemplate(
    List<Function> functions,
    List<Queue> queues,
    List<Mapping> mappings,
    List<Api> apis,
    List<SocketApi> socketApis,
    List<Table> tables,
    List<String> scheduleGroups,
    List<Schedule> schedules,
    List<String> configurationSets,
    List<EmailEvents> emailEvents,
    List<Subscription> subscriptions,
    List<Secret> secrets,
    Permissions permissions) {

  public StackTemplate {
    functions = List.copyOf(functions);
    queues = List.copyOf(queues);
    mappings = List.copyOf(mappings);
    apis = List.copyOf(apis);
    socketApis = List.copyOf(socketApis);
    tables = List.copyOf(tables);
    scheduleGroups = List.copyOf(scheduleGroups);
    schedules = List.copyOf(schedules);
    configurationSets = List.copyOf(configurationSets);
    emailEvents = List.copyOf(emailEvents);
    subscriptions = List.copyOf(subscriptions);
    secrets = List.copyOf(secrets);
  }

  /**
   * @param name the function's name in AWS
   * @param handler the class name, without a method
   * @param archive the jar that would be deployed
   * @param variables the template's own variables only, not those Lambda adds
   * @param logGroup where it writes its log
   * @param snapStart whether its environments are restored from a snapshot
   * @param traced whether Lambda writes a trace of each invocation
   */
  public record Function(
      String name,
      String handler,
      Path archive,
      Map<String, String> variables,
      Duration timeout,
      int memoryMegabytes,
      String logGroup,
      boolean snapStart,
      boolean traced) {
    public Function {
      variables = Map.copyOf(variables);
    }

    /**
     * What the function does, by its package: {@code dev.carillon.functions.intake.IntakeHandler}:
     * intake.
     */
    public String verb() {
      var parts = handler.split("\\.");
      return parts.length < 2 ? handler : parts[parts.length - 2];
    }
  }

  public record Queue(
      String name,
      String url,
      String arn,
      Duration visibility,
      Duration delay,
      Optional<Redrive> redrive) {}

  public record Redrive(String deadLetterQueue, int maxReceiveCount) {}

  /**
   * @param maximumConcurrency how many batches may be at work at once
   */
  public record Mapping(
      String function,
      String queue,
      int batchSize,
      Duration window,
      boolean reportsFailures,
      int maximumConcurrency) {}

  public record Api(String id, List<Route> routes, Optional<Cors> cors) {
    public Api {
      routes = List.copyOf(routes);
    }
  }

  /**
   * A WebSocket API.
   *
   * @param stage the one stage it is deployed to
   * @param routes by their keys: {@code $connect}, {@code $disconnect}, {@code $default}
   */
  public record SocketApi(String id, String stage, Map<String, Route> routes) {
    public SocketApi {
      routes = Map.copyOf(routes);
    }
  }

  /**
   * @param key as API Gateway writes it: {@code "GET /v1/users/{id}"} or {@code "$default"}
   * @param integrationUri the ARN that API Gateway invokes: the function's, with its alias
   */
  public record Route(String key, String function, String integrationUri) {}

  public record Cors(
      List<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      boolean credentials,
      Optional<Integer> maxAge) {
    public Cors {
      origins = List.copyOf(origins);
      methods = List.copyOf(methods);
      headers = List.copyOf(headers);
      exposed = List.copyOf(exposed);
    }
  }

  /**
   * @param definition the body of a CreateTable call that creates it
   * @param timeToLive the attribute that holds an item's expiry
   */
  public record Table(String name, Json.Obj definition, Optional<String> timeToLive) {}

  /** A schedule that the template itself creates; its target is a queue. */
  public record Schedule(
      String name,
      String group,
      String expression,
      String timezone,
      String targetArn,
      String input,
      Optional<String> roleArn,
      boolean enabled) {}

  /** Where a configuration set's events of these types go. */
  public record EmailEvents(String configurationSet, Set<String> eventTypes, String topicArn) {
    public EmailEvents {
      eventTypes = Set.copyOf(eventTypes);
    }
  }

  /** A queue that receives what a topic publishes. */
  public record Subscription(String topicArn, String queueArn, boolean rawDelivery) {}

  /**
   * @param text the secret's first value; empty when none is given
   */
  public record Secret(String name, String arn, Optional<String> text) {}
}
