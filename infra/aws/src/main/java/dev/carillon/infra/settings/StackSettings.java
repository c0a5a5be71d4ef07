package dev.carillon.infra.settings;

import dev.carillon.rate.RateLimits;
import dev.carillon.webhook.AwsDestination;
import dev.carillon.webhook.WebhookDestinations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.constructs.Construct;
import software.constructs.Node;

/**
 * What a team may choose at deployment, each with {@code cdk deploy -c name=value}.
 *
 * @param installation {@code stackName}; two installations of one account share nothing
 * @param servedTable {@code tableName}: the table that functions use in the place of the one that
 *     the data stack holds, such as one that was restored from a backup
 * @param requestsPerSecond {@code throttle}: what API Gateway lets in of requests, and of messages
 *     on sockets, before it answers 429 by itself; the account's other APIs keep the rest of its
 *     10,000
 * @param ownKey {@code dataKey}: {@code own} for a key of KMS under which table and queues lie,
 *     that the account's owner can close; without it they lie under keys that AWS keeps
 * @param domain {@code domain} and {@code firewall}: the name that stands before both APIs
 * @param browserOrigins {@code browserOrigins}, separated by commas; browsers elsewhere get no CORS
 *     headers. The default is every origin: a call is allowed by the key it carries, and browsers
 *     do not attach that by themselves as they do cookies
 * @param retentionDays {@code retentionDays}: how long runs and messages are kept
 * @param trackingDomains {@code trackingDomains}: {@code name=ARN of its certificate}, separated by
 *     commas; names beside the API's own under which tracked links are served
 * @param webhookDestinations {@code webhookDestinations}: ARNs of standard SQS queues, EventBridge
 *     buses and Firehose streams, separated by commas, that webhooks may write to beside URLs
 * @param rateLimits {@code rateLimits}: how many times Knock's tiers a call of the API may be made,
 *     or {@code off}; ten times unless it is set
 * @param eventSources {@code eventSources}: {@code environment/source=bus/event source}, separated
 *     by commas; what is put on that bus by that source comes in by Carillon's source of that key
 * @param eventStream {@code eventStream}: the ARN of an EventBridge bus or a Firehose stream that
 *     every event of messages and runs is written to
 * @param traceCollector {@code traceCollector}: the https URL of a collector of OpenTelemetry, such
 *     as {@code https://otel.example.com/v1/traces}, which gets the spans of runs and messages
 * @param senderDomain {@code senderDomain}: a domain that SES is to send for, whose DNS records are
 *     then among the outputs; without it domains are verified elsewhere
 * @param alarmTopicArn {@code alarmTopicArn}: the SNS topic told when an alarm changes; without it
 *     alarms show in CloudWatch and tell nobody
 */
public record StackSettings(
    Installation installation,
    Optional<String> servedTable,
    int requestsPerSecond,
    boolean ownKey,
    Optional<PublicDomain> domain,
    List<String> browserOrigins,
    int retentionDays,
    Map<String, String> trackingDomains,
    WebhookDestinations webhookDestinations,
    RateLimits rateLimits,
    List<EventSource> eventSources,
    Optional<AwsDestination> eventStream,
    Optional<String> traceCollector,
    Optional<String> senderDomain,
    Optional<String> alarmTopicArn) {

  static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

  /**
   * Which events of a bus come in, and where.
   *
   * @param environment its id
   * @param source the key of Carillon's source
   * @param eventSource the {@code source} that the events bear
   */
  public record EventSource(String environment, String source, String bus, String eventSource) {
    private static final Pattern TEXT =
        Pattern.compile(
            "([a-z0-9_-]{1,64})/([A-Za-z0-9_-]{1,100})=([./A-Za-z0-9_-]{1,256}?)/([.A-Za-z0-9_-]{1,256})");

    static EventSource parse(String text) {
      Matcher parts = TEXT.matcher(text);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "eventSources must be environment/source=bus/event source, not " + text);
      }
      return new EventSource(parts.group(1), parts.group(2), parts.group(3), parts.group(4));
    }
  }

  public StackSettings {
    eventSources = List.copyOf(eventSources);
    browserOrigins = List.copyOf(browserOrigins);
    if (retentionDays < 1) {
      throw new IllegalArgumentException("retentionDays must be at least 1, not " + retentionDays);
    }
    if (requestsPerSecond < 1) {
      throw new IllegalArgumentException("throttle must be at least 1, not " + requestsPerSecond);
    }
  }

  public static StackSettings of(Construct app) {
    var node = app.getNode();
    return new StackSettings(
        new Installation(context(node, "stackName").orElse("Carillon")),
        context(node, "tableName"),
        context(node, "throttle").map(Integer::parseInt).orElse(5_000),
        context(node, "dataKey").map(StackSettings::own).orElse(false),
        context(node, "domain")
            .map(it -> PublicDomain.parse(it, context(node, "firewall").orElse(""))),
        List.of(context(node, "browserOrigins").orElse("*").split(",")),
        context(node, "retentionDays").map(Integer::parseInt).orElse(30),
        context(node, "trackingDomains").map(StackSettings::domains).orElse(Map.of()),
        context(node, "webhookDestinations")
            .map(WebhookDestinations::parse)
            .orElse(WebhookDestinations.NONE),
        context(node, "rateLimits").map(RateLimits::parse).orElse(new RateLimits(10)),
        context(node, "eventSources").map(StackSettings::eventSources).orElse(List.of()),
        context(node, "eventStream").map(StackSettings::stream),
        context(node, "traceCollector").map(StackSettings::collector),
        context(node, "senderDomain").map(StackSettings::domain),
        context(node, "alarmTopicArn"));
  }

  /** The table that functions use. */
  public String table() {
    return servedTable.orElseGet(installation::table);
  }

  private static boolean own(String text) {
    if (!text.equals("own")) {
      throw new IllegalArgumentException("dataKey must be own, not " + text);
    }
    return true;
  }

  private static String domain(String text) {
    if (!DOMAIN.matcher(text).matches()) {
      throw new IllegalArgumentException("senderDomain must be a domain name, not " + text);
    }
    return text;
  }

  private static String collector(String url) {
    if (!url.matches("https://[^/\\s]+/\\S*")) {
      throw new IllegalArgumentException(
          "traceCollector must be an https URL with a path, not " + url);
    }
    return url;
  }

  private static AwsDestination stream(String arn) {
    return AwsDestination.parse(arn)
        .filter(it -> it.kind() != AwsDestination.Kind.SQS_QUEUE)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "eventStream must be the ARN of an event bus or a delivery stream, not "
                        + arn));
  }

  private static List<EventSource> eventSources(String text) {
    return Arrays.stream(text.split(",")).map(EventSource::parse).toList();
  }

  private static Map<String, String> domains(String text) {
    var domains = new TreeMap<String, String>();
    for (String part : text.split(",")) {
      int at = part.indexOf('=');
      if (at < 1 || !part.startsWith("arn:", at + 1)) {
        throw new IllegalArgumentException(
            "trackingDomains must be name=certificate ARN, not " + part);
      }
      domains.put(part.substring(0, at), part.substring(at + 1));
    }
    return domains;
  }

  private static Optional<String> context(Node node, String name) {
    return Optional.ofNullable(node.tryGetContext(name)).map(Object::toString);
  }
}
