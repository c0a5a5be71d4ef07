package dev.carillon.local.sqs;

import dev.carillon.json.Json;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.wire.AwsError;
import dev.carillon.local.wire.AwsRequest;
import dev.carillon.local.wire.AwsResponse;
import dev.carillon.local.wire.AwsService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The AWS JSON protocol of SQS, with its own limits and errors, over {@link SqsQueues}. */
public final class SqsProtocol {
  private static final Pattern BATCH_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final Pattern HANDLE = Pattern.compile("[0-9a-f-]{36}");
  private static final int BATCH_ENTRIES = 10;
  private static final int MAX_WAIT_SECONDS = 20;
  private static final int MAX_VISIBILITY_SECONDS = 43_200;

  /** By which X-Ray goes along with a request: the SDK's own, on each call of a traced function. */
  private static final String TRACE = "x-amzn-trace-id";

  private final SqsQueues queues;

  public SqsProtocol(SqsQueues queues) {
    this.queues = queues;
  }

  /** What the call needs of its caller's policies. */
  public List<AccessRequest.Need> needs(String operation, AwsRequest request) {
    return SqsActions.of(operation, request.json());
  }

  /**
   * Carries the call out.
   *
   * @throws AwsError as SQS would refuse it
   */
  public AwsResponse answer(String operation, AwsRequest request) {
    var body = request.json();
    var trace = request.header(TRACE);
    return AwsService.SQS.ok(
        switch (operation) {
          case "SendMessage" -> send(queue(body), OutgoingMessage.parse(body, trace));
          case "SendMessageBatch" -> sendBatch(body, trace);
          case "ReceiveMessage" -> receive(body);
          case "DeleteMessage" -> delete(queue(body).name(), body);
          case "DeleteMessageBatch" -> batch(body, entry -> delete(queue(body).name(), entry));
          case "ChangeMessageVisibility" -> changeVisibility(queue(body).name(), body);
          case "ChangeMessageVisibilityBatch" ->
              batch(body, entry -> changeVisibility(queue(body).name(), entry));
          case "GetQueueUrl" ->
              Json.object().with("QueueUrl", named(text(body, "QueueName")).url());
          case "GetQueueAttributes" -> attributes(body);
          case "ListQueues" -> list(body);
          case "StartMessageMoveTask" -> moveBack(body);
          case "PurgeQueue" -> {
            queues.purge(queue(body).name());
            yield Json.object();
          }
          default ->
              throw new AwsError(
                  400,
                  "com.amazonaws.sqs#UnsupportedOperation",
                  "The local stack has no " + operation + " of SQS.");
        });
  }

  private Json.Obj send(QueueAttributes queue, OutgoingMessage message) {
    var id = queues.send(queue.name(), message);
    var sent = Json.object().with("MessageId", id).with("MD5OfMessageBody", Md5.of(message.body()));
    return message.attributes().isEmpty()
        ? sent
        : sent.with("MD5OfMessageAttributes", Md5.of(message.attributes()));
  }

  private Json.Obj sendBatch(Json.Obj body, Optional<String> trace) {
    var queue = queue(body);
    var size = entries(body).stream().mapToLong(OutgoingMessage::size).sum();
    if (size > OutgoingMessage.MAX_SIZE) {
      throw refusal(
          "BatchRequestTooLong",
          "Batch requests cannot be longer than %d bytes. You have sent %d bytes."
              .formatted(OutgoingMessage.MAX_SIZE, size));
    }
    return batch(body, entry -> send(queue, OutgoingMessage.parse(entry, trace)));
  }

  private Json.Obj receive(Json.Obj body) {
    var queue = queue(body);
    var max = SqsNumbers.within(body, "MaxNumberOfMessages", 1, BATCH_ENTRIES).orElse(1);
    var wait = SqsNumbers.within(body, "WaitTimeSeconds", 0, MAX_WAIT_SECONDS).orElse(0);
    var visibility =
        SqsNumbers.within(body, "VisibilityTimeout", 0, MAX_VISIBILITY_SECONDS)
            .map(Duration::ofSeconds);
    var received = queues.receive(queue.name(), max, visibility);
    if (received.isEmpty() && wait > 0) {
      try {
        if (queues.await(queue.name(), Duration.ofSeconds(wait))) {
          received = queues.receive(queue.name(), max, visibility);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    var systemNames = names(body, "MessageSystemAttributeNames", "AttributeNames");
    var names = names(body, "MessageAttributeNames", "MessageAttributeNames");
    return Json.object()
        .with(
            "Messages",
            Json.array(
                received.stream().map(message -> wire(message, systemNames, names)).toList()));
  }

  private static List<String> names(Json.Obj body, String key, String olderKey) {
    return (body.get(key).isPresent() ? body.list(key) : body.list(olderKey))
        .stream()
            .flatMap(name -> name instanceof Json.Str(var text) ? Stream.of(text) : Stream.empty())
            .toList();
  }

  private static Json.Obj wire(
      ReceivedMessage message, List<String> systemNames, List<String> names) {
    var wire =
        Json.object()
            .with("MessageId", message.messageId())
            .with("ReceiptHandle", message.receiptHandle())
            .with("MD5OfBody", message.md5OfBody())
            .with("Body", message.body());
    var system = new LinkedHashMap<String, Json>();
    message
        .attributes()
        .forEach(
            (name, value) -> {
              if (systemNames.contains(name) || systemNames.contains("All")) {
                system.put(name, Json.of(value));
              }
            });
    if (!system.isEmpty()) {
      wire = wire.with("Attributes", new Json.Obj(system));
    }
    var wanted = new LinkedHashMap<String, MessageAttribute>();
    message
        .messageAttributes()
        .forEach(
            (name, value) -> {
              if (names.stream().anyMatch(pattern -> OutgoingMessage.wants(pattern, name))) {
                wanted.put(name, value);
              }
            });
    if (!wanted.isEmpty()) {
      wire =
          wire.with("MessageAttributes", OutgoingMessage.wire(wanted))
              .with("MD5OfMessageAttributes", Md5.of(wanted));
    }
    return wire;
  }

  private Json.Obj delete(String queue, Json.Obj entry) {
    // A handle that has been used up or superseded is no error on a standard queue.
    queues.delete(queue, handle(entry));
    return Json.object();
  }

  private Json.Obj changeVisibility(String queue, Json.Obj entry) {
    var visibility =
        SqsNumbers.within(entry, "VisibilityTimeout", 0, MAX_VISIBILITY_SECONDS)
            .orElseThrow(() -> missing("VisibilityTimeout"));
    var handle = handle(entry);
    if (!queues.changeVisibility(queue, handle, Duration.ofSeconds(visibility))) {
      throw invalid(
          "Value %s for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change."
              .formatted(handle));
    }
    return Json.object();
  }

  private static String handle(Json.Obj entry) {
    var handle = text(entry, "ReceiptHandle");
    if (!HANDLE.matcher(handle).matches()) {
      throw refusal(
          "ReceiptHandleIsInvalid", "The input receipt handle \"" + handle + "\" is not valid.");
    }
    return handle;
  }

  /** Runs each entry by itself: a refused one is reported beside those that went through. */
  private static Json.Obj batch(Json.Obj body, Function<Json.Obj, Json.Obj> each) {
    var successful = new ArrayList<Json>();
    var failed = new ArrayList<Json>();
    for (var entry : entries(body)) {
      var id = text(entry, "Id");
      try {
        successful.add(Json.object().with("Id", id).merged(each.apply(entry)));
      } catch (AwsError refusal) {
        failed.add(
            Json.object()
                .with("Id", id)
                .with("SenderFault", Json.TRUE)
                .with("Code", refusal.code().substring(refusal.code().indexOf('#') + 1))
                .with("Message", refusal.getMessage()));
      }
    }
    return Json.object()
        .with("Successful", Json.array(successful))
        .with("Failed", Json.array(failed));
  }

  private static List<Json.Obj> entries(Json.Obj body) {
    var entries = new ArrayList<Json.Obj>();
    body.list("Entries")
        .forEach(item -> entries.add(item instanceof Json.Obj entry ? entry : Json.object()));
    if (entries.isEmpty()) {
      throw refusal(
          "EmptyBatchRequest",
          "There should be at least one SendMessageBatchRequestEntry in the request.");
    }
    if (entries.size() > BATCH_ENTRIES) {
      throw refusal(
          "TooManyEntriesInBatchRequest",
          "Maximum number of entries per request are 10. You have sent %d."
              .formatted(entries.size()));
    }
    var ids = new HashSet<String>();
    for (var entry : entries) {
      var id = text(entry, "Id");
      if (!BATCH_ID.matcher(id).matches()) {
        throw refusal(
            "InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It"
                + " can be at most 80 letters long.");
      }
      if (!ids.add(id)) {
        throw refusal("BatchEntryIdsNotDistinct", "Id %s repeated.".formatted(id));
      }
    }
    return entries;
  }

  private Json.Obj attributes(Json.Obj body) {
    var queue = queue(body);
    var depth = queues.depths().get(queue.name());
    var all = new LinkedHashMap<String, Json>();
    all.put("QueueArn", Json.of(queue.arn()));
    all.put("ApproximateNumberOfMessages", Json.of(Integer.toString(depth.visible())));
    all.put("ApproximateNumberOfMessagesNotVisible", Json.of(Integer.toString(depth.inFlight())));
    all.put("ApproximateNumberOfMessagesDelayed", Json.of(Integer.toString(depth.delayed())));
    all.put("VisibilityTimeout", Json.of(Long.toString(queue.visibility().toSeconds())));
    all.put("DelaySeconds", Json.of(Long.toString(queue.delay().toSeconds())));
    all.put("MaximumMessageSize", Json.of(Integer.toString(OutgoingMessage.MAX_SIZE)));
    queue
        .redrive()
        .ifPresent(
            redrive ->
                all.put(
                    "RedrivePolicy",
                    Json.of(
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                            .formatted(
                                queues
                                    .find(redrive.deadLetterQueue())
                                    .map(QueueAttributes::arn)
                                    .orElse(redrive.deadLetterQueue()),
                                redrive.maxReceiveCount()))));
    var wanted = names(body, "AttributeNames", "AttributeNames");
    all.keySet().removeIf(name -> !wanted.contains("All") && !wanted.contains(name));
    return Json.object().with("Attributes", new Json.Obj(all));
  }

  /** Only back to where they came from, and at once: AWS takes its time. */
  private Json.Obj moveBack(Json.Obj body) {
    var arn = text(body, "SourceArn");
    if (body.text("DestinationArn").isPresent()) {
      throw refusal(
          "UnsupportedOperation", "The local stack moves dead letters only back to their queue.");
    }
    var queue = named(arn.substring(arn.lastIndexOf(':') + 1));
    return queues
        .moveBack(queue.name())
        .map(_ -> Json.object().with("TaskHandle", "moved-" + queue.name()))
        .orElseThrow(
            () ->
                refusal(
                    "InvalidParameterValue",
                    "Source queue must be configured as a Dead Letter Queue."));
  }

  private Json.Obj list(Json.Obj body) {
    var prefix = body.text("QueueNamePrefix").orElse("");
    return Json.object()
        .with(
            "QueueUrls",
            Json.texts(
                queues.settings().stream()
                    .filter(queue -> queue.name().startsWith(prefix))
                    .map(QueueAttributes::url)
                    .toList()));
  }

  private QueueAttributes queue(Json.Obj body) {
    var url = text(body, "QueueUrl");
    return named(url.substring(url.lastIndexOf('/') + 1));
  }

  private QueueAttributes named(String name) {
    return queues
        .find(name)
        .orElseThrow(() -> refusal("QueueDoesNotExist", "The specified queue does not exist."));
  }

  static String text(Json.Obj body, String key) {
    return body.text(key).filter(text -> !text.isEmpty()).orElseThrow(() -> missing(key));
  }

  static AwsError missing(String parameter) {
    return refusal("MissingParameter", "The request must contain the parameter " + parameter + ".");
  }

  static AwsError invalid(String sentence) {
    return refusal("InvalidParameterValue", sentence);
  }

  static AwsError refusal(String code, String sentence) {
    return new AwsError(400, "com.amazonaws.sqs#" + code, sentence);
  }
}
