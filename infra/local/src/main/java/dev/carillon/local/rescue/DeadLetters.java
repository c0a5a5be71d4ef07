package dev.carillon.local.rescue;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The tasks of one deployment that failed five times. SQS itself moves them back, each once: a
 * second call finds none, or is refused while the first is at work.
 */
final class DeadLetters {
  private static final QueueAttributeName WAITING =
      QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
  private static final QueueAttributeName TAKEN =
      QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;

  /** A queue is called by its function; {@code Carillon-Staging-Steps} is another's. */
  private static final Pattern OF_ONE_FUNCTION = Pattern.compile("[A-Za-z]+");

  private final SqsClient sqs;
  private final String prefix;

  /**
   * @param prefix what the names of the deployment's queues begin with
   */
  DeadLetters(SqsClient sqs, String prefix) {
    this.sqs = sqs;
    this.prefix = prefix;
  }

  /**
   * What is buried.
   *
   * @param queue the name of the queue it came from
   * @param arn of the dead-letter queue
   * @param letters about how many there are, as SQS counts
   * @param waiting about how many tasks of the queue itself nobody works on
   * @param taken about how many somebody does
   */
  record Buried(String queue, String arn, int letters, int waiting, int taken) {}

  /** How the tasks of one queue fared. */
  sealed interface Outcome {
    record Started() implements Outcome {}

    /** SQS did not begin; nothing was moved by this call. */
    record Refused(String reason) implements Outcome {}
  }

  /** One for each queue of the deployment that has a dead-letter queue, empty ones too. */
  List<Buried> list() {
    var found = new ArrayList<Buried>();
    for (var url : sqs.listQueuesPaginator(it -> it.queueNamePrefix(prefix)).queueUrls()) {
      var name = afterLast(url, '/');
      if (!OF_ONE_FUNCTION.matcher(name.substring(prefix.length())).matches()) {
        continue;
      }
      var attributes =
          sqs.getQueueAttributes(
                  it ->
                      it.queueUrl(url)
                          .attributeNames(QueueAttributeName.REDRIVE_POLICY, WAITING, TAKEN))
              .attributes();
      Optional.ofNullable(attributes.get(QueueAttributeName.REDRIVE_POLICY))
          .flatMap(DeadLetters::target)
          .ifPresent(
              arn ->
                  found.add(
                      new Buried(
                          name,
                          arn,
                          letters(arn),
                          Integer.parseInt(attributes.get(WAITING)),
                          Integer.parseInt(attributes.get(TAKEN)))));
    }
    return List.copyOf(found);
  }

  private static Optional<String> target(String policy) {
    return JsonText.parse(policy) instanceof Json.Obj json
        ? json.text("deadLetterTargetArn")
        : Optional.empty();
  }

  private int letters(String arn) {
    var url = sqs.getQueueUrl(it -> it.queueName(afterLast(arn, ':'))).queueUrl();
    return Integer.parseInt(
        sqs.getQueueAttributes(it -> it.queueUrl(url).attributeNames(WAITING))
            .attributes()
            .get(WAITING));
  }

  /** Has SQS move them to the queue they came from. Calling it twice is safe. */
  Outcome moveBack(Buried buried) {
    try {
      sqs.startMessageMoveTask(it -> it.sourceArn(buried.arn()));
      return new Outcome.Started();
    } catch (SqsException e) {
      return new Outcome.Refused(e.awsErrorDetails().errorMessage());
    }
  }

  private static String afterLast(String text, char mark) {
    return text.substring(text.lastIndexOf(mark) + 1);
  }
}
