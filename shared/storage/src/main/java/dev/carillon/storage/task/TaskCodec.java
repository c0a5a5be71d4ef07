package dev.carillon.storage.task;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.task.BroadcastTask;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.task.WakeTask;
import dev.carillon.task.WebhooksTask;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Tasks as the bodies of queue messages: JSON in ASCII with a {@code type} that has a version, so
 * that what is in a queue when a new version is deployed can still be read.
 */
public final class TaskCodec {
  private TaskCodec() {}

  /** The body of the task; the same task always gives the same body. */
  public static String body(Task task) {
    return JsonText.queueBody(json(task));
  }

  /**
   * The task of a body that {@link #body} wrote, or that a schedule sends.
   *
   * @throws UnreadableTask when it is none; reading it again will not help
   */
  public static Task parse(String body) {
    try {
      if (JsonText.parse(body) instanceof Json.Obj object) {
        return parse(object);
      }
    } catch (MalformedJson e) {
      throw new UnreadableTask("A queue holds what is no task", e);
    }
    throw new UnreadableTask("A queue holds what is no task");
  }

  /**
   * The task of a body in a queue that takes only tasks of that kind.
   *
   * @throws UnreadableTask when it is none, or one of another queue
   */
  public static <T extends Task> T parse(Class<T> kind, Json.Obj body) {
    Task task = parse(body);
    if (!kind.isInstance(task)) {
      throw new UnreadableTask("A task of another queue: " + task.queue());
    }
    return kind.cast(task);
  }

  /** As {@link #parse(String)}, of a body that was read as JSON already. */
  public static Task parse(Json.Obj body) {
    try {
      return task(body);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UnreadableTask("A queue holds what is no task", e);
    }
  }

  private static Json.Obj json(Task task) {
    var fields = new LinkedHashMap<String, Json>();
    switch (task) {
      case FanoutTask of -> FanoutTaskCodec.write(fields, of);
      case StepsTask of -> StepsTaskCodec.write(fields, of);
      case DeliveryTask of -> DeliveryTaskCodec.write(fields, of);
      case BroadcastTask of -> BroadcastTaskCodec.write(fields, of);
      case WakeTask of -> WakeTaskCodec.write(fields, of);
      case WebhooksTask of -> WebhooksTaskCodec.write(fields, of);
    }
    return new Json.Obj(fields);
  }

  private static Task task(Json.Obj json) {
    String type = TaskFields.text(json, "type");
    return Optional.<Task>empty()
        .or(() -> FanoutTaskCodec.read(type, json))
        .or(() -> StepsTaskCodec.read(type, json))
        .or(() -> DeliveryTaskCodec.read(type, json))
        .or(() -> BroadcastTaskCodec.read(type, json))
        .or(() -> WakeTaskCodec.read(type, json))
        .or(() -> WebhooksTaskCodec.read(type, json))
        .orElseThrow(() -> new UnreadableTask("A queue holds a task of no known type"));
  }
}
