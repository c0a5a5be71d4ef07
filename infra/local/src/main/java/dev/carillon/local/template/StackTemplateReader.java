package dev.carillon.local.template;

import dev.carillon.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a CDK app's synthesized output into a {@link StackTemplate}. */
public final class StackTemplateReader {
  // The pollers a mapping starts with when the template sets no maximum.
  private static final int UNLIMITED_CONCURRENCY = 50;

  private final Intrinsics intrinsics;
  private final CloudAssembly assembly;
  private final List<Built> built;

  /** A resource that is to be built, its properties resolved. */
  private record Built(TemplateResource resource, Json.Obj properties) {}

  private StackTemplateReader(CloudAssembly assembly, AccountRegion place) {
    this.assembly = assembly;
    this.intrinsics = new Intrinsics(assembly, place);
    var types = new ResourceTypes();
    this.built =
        intrinsics.resources().stream()
            .filter(r -> types.builds(r.type(), r.logicalId(), r.properties().fields().keySet()))
            .map(r -> new Built(r, intrinsics.resolveFields(r.stack(), r.properties())))
            .toList();
  }

  /**
   * The template of the app whose {@code cdk.out} folder this is.
   *
   * @throws UnsupportedTemplate when it holds anything that is on none of the three lists
   */
  public static StackTemplate read(Path cdkOut, AccountRegion place) {
    return new StackTemplateReader(CloudAssembly.read(cdkOut), place).template();
  }

  private StackTemplate template() {
    var functions = each("AWS::Lambda::Function", this::function);
    return new StackTemplate(
        functions,
        each("AWS::SQS::Queue", this::queue),
        built.stream()
            .filter(b -> b.resource().type().equals("AWS::Lambda::EventSourceMapping"))
            .filter(b -> !b.properties().get("Enabled").equals(Optional.of(Json.FALSE)))
            .map(this::mapping)
            .toList(),
        apis("HTTP").map(this::api).toList(),
        apis("WEBSOCKET").map(this::socketApi).toList(),
        tables(),
        each("AWS::Scheduler::ScheduleGroup", b -> intrinsics.name(b.resource())),
        each("AWS::Scheduler::Schedule", this::schedule),
        each("AWS::SES::ConfigurationSet", b -> intrinsics.name(b.resource())),
        each("AWS::SES::ConfigurationSetEventDestination", this::emailEvents),
        each("AWS::SNS::Subscription", this::subscription),
        each("AWS::SecretsManager::Secret", this::secret),
        PermissionsReader.read(intrinsics, functions));
  }

  private <T> List<T> each(String type, java.util.function.Function<Built, T> read) {
    return built.stream().filter(b -> b.resource().type().equals(type)).map(read).toList();
  }

  private StackTemplate.Function function(Built b) {
    var code = b.properties().object("Code");
    var key = code.text("S3Key").orElseThrow(() -> wrong(b, "Code.S3Key"));
    var archive = assembly.assets().get(key);
    if (archive == null || !Files.exists(archive)) {
      throw new UnsupportedTemplate(
          "The archive of function "
              + b.resource().logicalId()
              + " ("
              + (archive == null ? key : archive)
              + ") does not exist");
    }
    var runtime = required(b, "Runtime");
    if (!runtime.startsWith("java")) {
      throw new UnsupportedTemplate(
          "Function " + b.resource().logicalId() + " runs on " + runtime + ", not on Java");
    }
    var variables = new HashMap<String, String>();
    b.properties()
        .object("Environment")
        .object("Variables")
        .fields()
        .forEach(
            (name, value) -> variables.put(name, intrinsics.text(b.resource().stack(), value)));
    return new StackTemplate.Function(
        intrinsics.name(b.resource()),
        required(b, "Handler").split("::")[0],
        archive,
        variables,
        Duration.ofSeconds(number(b.properties(), "Timeout", 3)),
        number(b.properties(), "MemorySize", 128),
        b.properties()
            .object("LoggingConfig")
            .text("LogGroup")
            .orElseGet(() -> "/aws/lambda/" + intrinsics.name(b.resource())),
        b.properties().object("SnapStart").text("ApplyOn").equals(Optional.of("PublishedVersions")),
        b.properties().object("TracingConfig").text("Mode").equals(Optional.of("Active")));
  }

  private StackTemplate.Queue queue(Built b) {
    var redrive = b.properties().object("RedrivePolicy");
    return new StackTemplate.Queue(
        intrinsics.name(b.resource()),
        intrinsics.reference(b.resource()),
        intrinsics.arn(b.resource()),
        Duration.ofSeconds(number(b.properties(), "VisibilityTimeout", 30)),
        Duration.ofSeconds(number(b.properties(), "DelaySeconds", 0)),
        redrive
            .text("deadLetterTargetArn")
            .map(
                arn ->
                    new StackTemplate.Redrive(
                        lastPart(arn), number(redrive, "maxReceiveCount", 10))));
  }

  private StackTemplate.Mapping mapping(Built b) {
    return new StackTemplate.Mapping(
        functionName(required(b, "FunctionName")),
        lastPart(required(b, "EventSourceArn")),
        number(b.properties(), "BatchSize", 10),
        Duration.ofSeconds(number(b.properties(), "MaximumBatchingWindowInSeconds", 0)),
        b.properties().list("FunctionResponseTypes").contains(Json.of("ReportBatchItemFailures")),
        number(
            b.properties().object("ScalingConfig"), "MaximumConcurrency", UNLIMITED_CONCURRENCY));
  }

  private Stream<Built> apis(String protocol) {
    return built.stream()
        .filter(b -> b.resource().type().equals("AWS::ApiGatewayV2::Api"))
        .filter(b -> required(b, "ProtocolType").equals(protocol));
  }

  private StackTemplate.Api api(Built b) {
    var id = intrinsics.reference(b.resource());
    for (var other : of(b, "AWS::ApiGatewayV2::Integration")) {
      if (!other.properties().text("PayloadFormatVersion").equals(Optional.of("2.0"))) {
        throw wrong(other, "PayloadFormatVersion (only 2.0 is spoken)");
      }
    }
    return new StackTemplate.Api(
        id, routes(b), b.properties().get("CorsConfiguration").map(_ -> cors(b.properties())));
  }

  /** Without keys that a message selects: what is said leads to one function. */
  private StackTemplate.SocketApi socketApi(Built b) {
    var routes = new HashMap<String, StackTemplate.Route>();
    for (var route : routes(b)) {
      routes.put(
          route.key(),
          new StackTemplate.Route(route.key(), route.function(), invoked(route.integrationUri())));
    }
    if (!routes.keySet().equals(Set.of("$connect", "$disconnect", "$default"))) {
      throw wrong(b, "its routes (only $connect, $disconnect and $default are built)");
    }
    var stages = of(b, "AWS::ApiGatewayV2::Stage");
    if (stages.size() != 1) {
      throw wrong(b, "its stage");
    }
    return new StackTemplate.SocketApi(
        intrinsics.reference(b.resource()), required(stages.getFirst(), "StageName"), routes);
  }

  /** The function's ARN from the address at which a WebSocket API has it called. */
  private static String invoked(String uri) {
    var marker = "/functions/";
    int from = uri.indexOf(marker);
    int to = uri.lastIndexOf("/invocations");
    return from < 0 || to < from ? uri : uri.substring(from + marker.length(), to);
  }

  private List<StackTemplate.Route> routes(Built api) {
    var integrations = new HashMap<String, String>();
    for (var other : of(api, "AWS::ApiGatewayV2::Integration")) {
      integrations.put(intrinsics.reference(other.resource()), required(other, "IntegrationUri"));
    }
    var routes = new ArrayList<StackTemplate.Route>();
    for (var other : of(api, "AWS::ApiGatewayV2::Route")) {
      var invoked = integrations.get(lastSegment(required(other, "Target")));
      if (invoked == null) {
        throw wrong(other, "Target");
      }
      routes.add(
          new StackTemplate.Route(required(other, "RouteKey"), functionName(invoked), invoked));
    }
    return routes;
  }

  /** Those of the type that belong to the API. */
  private List<Built> of(Built api, String type) {
    var id = intrinsics.reference(api.resource());
    return built.stream()
        .filter(other -> other.resource().type().equals(type))
        .filter(other -> required(other, "ApiId").equals(id))
        .toList();
  }

  private static StackTemplate.Cors cors(Json.Obj api) {
    var cors = api.object("CorsConfiguration");
    return new StackTemplate.Cors(
        texts(cors.list("AllowOrigins")),
        texts(cors.list("AllowMethods")),
        texts(cors.list("AllowHeaders")),
        texts(cors.list("ExposeHeaders")),
        cors.get("AllowCredentials").equals(Optional.of(Json.TRUE)),
        cors.get("MaxAge").map(_ -> number(cors, "MaxAge", 0)));
  }

  private List<StackTemplate.Table> tables() {
    var all = new ArrayList<>(each("AWS::DynamoDB::GlobalTable", this::table));
    all.addAll(each("AWS::DynamoDB::Table", this::table));
    return all;
  }

  private StackTemplate.Table table(Built b) {
    var definition = new LinkedHashMap<String, Json>();
    definition.put("TableName", Json.of(intrinsics.name(b.resource())));
    definition.put("BillingMode", Json.of("PAY_PER_REQUEST"));
    for (var name : List.of("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")) {
      b.properties().get(name).ifPresent(value -> definition.put(name, indexes(value)));
    }
    var ttl = b.properties().object("TimeToLiveSpecification");
    return new StackTemplate.Table(
        intrinsics.name(b.resource()),
        new Json.Obj(definition),
        ttl.get("Enabled").equals(Optional.of(Json.TRUE))
            ? ttl.text("AttributeName")
            : Optional.empty());
  }

  /** CreateTable knows of an index only what is its own: no capacity that the template sets. */
  private static Json indexes(Json value) {
    if (!(value instanceof Json.Arr(var items))) {
      return value;
    }
    var kept =
        Set.of("IndexName", "KeySchema", "Projection", "AttributeName", "AttributeType", "KeyType");
    return new Json.Arr(
        items.stream()
            .map(
                item -> {
                  if (!(item instanceof Json.Obj(var fields))) {
                    return item;
                  }
                  var own = new LinkedHashMap<>(fields);
                  own.keySet().retainAll(kept);
                  return (Json) new Json.Obj(own);
                })
            .toList());
  }

  private StackTemplate.Schedule schedule(Built b) {
    var target = b.properties().object("Target");
    return new StackTemplate.Schedule(
        intrinsics.name(b.resource()),
        b.properties().text("GroupName").orElse("default"),
        required(b, "ScheduleExpression"),
        b.properties().text("ScheduleExpressionTimezone").orElse("UTC"),
        target.text("Arn").orElseThrow(() -> wrong(b, "Target.Arn")),
        target.text("Input").orElse("{}"),
        target.text("RoleArn"),
        !b.properties().text("State").equals(Optional.of("DISABLED")));
  }

  private StackTemplate.EmailEvents emailEvents(Built b) {
    var destination = b.properties().object("EventDestination");
    var topic =
        destination
            .object("SnsDestination")
            .text("TopicARN")
            .orElseThrow(() -> wrong(b, "EventDestination (only SNS is built)"));
    var types =
        destination.get("Enabled").equals(Optional.of(Json.FALSE))
            ? Set.<String>of()
            : new HashSet<>(texts(destination.list("MatchingEventTypes")));
    return new StackTemplate.EmailEvents(required(b, "ConfigurationSetName"), types, topic);
  }

  private StackTemplate.Subscription subscription(Built b) {
    if (!required(b, "Protocol").equals("sqs")) {
      throw wrong(b, "Protocol (only sqs is built)");
    }
    return new StackTemplate.Subscription(
        required(b, "TopicArn"),
        required(b, "Endpoint"),
        List.of(Optional.of(Json.TRUE), Optional.of(Json.of("true")))
            .contains(b.properties().get("RawMessageDelivery")));
  }

  private StackTemplate.Secret secret(Built b) {
    var text =
        b.properties()
            .text("SecretString")
            .or(() -> b.properties().object("GenerateSecretString").text("SecretStringTemplate"));
    return new StackTemplate.Secret(
        intrinsics.name(b.resource()), intrinsics.arn(b.resource()), text);
  }

  private String required(Built b, String property) {
    return b.properties()
        .get(property)
        .map(v -> intrinsics.text(b.resource().stack(), v))
        .orElseThrow(() -> wrong(b, property));
  }

  private static UnsupportedTemplate wrong(Built b, String property) {
    return new UnsupportedTemplate(
        "Property "
            + property
            + " of resource "
            + b.resource().logicalId()
            + " ("
            + b.resource().type()
            + ") is missing or not understood");
  }

  private static int number(Json.Obj properties, String name, int otherwise) {
    return properties
        .get(name)
        .map(
            value ->
                switch (value) {
                  case Json.Num(var number) -> number.intValueExact();
                  case Json.Str(var text) -> Integer.parseInt(text);
                  case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ ->
                      throw new UnsupportedTemplate(name + " is not a number: " + value);
                })
        .orElse(otherwise);
  }

  private static List<String> texts(List<Json> items) {
    return items.stream()
        .filter(Json.Str.class::isInstance)
        .map(item -> ((Json.Str) item).value())
        .toList();
  }

  /** A function's name from its ARN, partial ARN or name, with or without a qualifier. */
  private static String functionName(String reference) {
    var marker = reference.indexOf(":function:");
    var name = marker < 0 ? reference : reference.substring(marker + ":function:".length());
    var colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private static String lastSegment(String target) {
    return target.substring(target.lastIndexOf('/') + 1);
  }

  /** Every resource that has no effect here, by logical id, with the reason. */
  static Map<String, String> withoutEffect(Path cdkOut, AccountRegion place) {
    var types = new ResourceTypes();
    var reasons = new LinkedHashMap<String, String>();
    for (var resource : new Intrinsics(CloudAssembly.read(cdkOut), place).resources()) {
      types.reason(resource.type()).ifPresent(why -> reasons.put(resource.logicalId(), why));
    }
    return reasons;
  }
}
