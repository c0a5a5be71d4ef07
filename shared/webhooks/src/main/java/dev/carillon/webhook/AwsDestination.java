package dev.carillon.webhook;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A queue, bus or stream of AWS that hears of events in the place of a URL, named by its ARN. Only
 * those that the deployment lists may be written to, see {@link WebhookDestinations}.
 *
 * @param account twelve digits
 * @param name of the queue, bus or stream
 */
public record AwsDestination(Kind kind, String arn, String region, String account, String name) {
  private static final Pattern ARN =
      Pattern.compile("arn:aws(?:-[a-z-]+)?:([a-z]+):([a-z0-9-]{1,32}):([0-9]{12}):(\\S{1,200})");

  /** What can hear of events. */
  public enum Kind {
    /** One message an event; the headers of a call are its attributes. It has 1 MiB in all. */
    SQS_QUEUE("sqs", "([A-Za-z0-9_-]{1,80})", 1_000 * 1024),
    /**
     * One entry an event, of source {@code carillon} and the event's type. It has 256 KB in all.
     */
    EVENT_BUS("events", "event-bus/([A-Za-z0-9._/-]{1,256})", 240 * 1024),
    /** One record an event, JSON on a line. It has 1,000 KiB. */
    FIREHOSE_STREAM("firehose", "deliverystream/([A-Za-z0-9._-]{1,64})", 980 * 1024);

    private final String service;
    private final Pattern resource;
    private final int mostBytes;

    Kind(String service, String resource, int mostBytes) {
      this.service = service;
      this.resource = Pattern.compile(resource);
      this.mostBytes = mostBytes;
    }

    /** How many bytes of an event's payload it takes, what stands beside that set apart. */
    public int mostBytes() {
      return mostBytes;
    }
  }

  /**
   * The destination of that ARN; empty when it is none, or of something that hears no events. FIFO
   * queues are none: they need groups, and order is not promised.
   */
  public static Optional<AwsDestination> parse(String arn) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      return Optional.empty();
    }
    for (Kind kind : Kind.values()) {
      Matcher resource = kind.resource.matcher(parts.group(4));
      if (kind.service.equals(parts.group(1)) && resource.matches()) {
        return Optional.of(
            new AwsDestination(kind, arn, parts.group(2), parts.group(3), resource.group(1)));
      }
    }
    return Optional.empty();
  }
}
