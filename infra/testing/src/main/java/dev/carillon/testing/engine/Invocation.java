package dev.carillon.testing.engine;

import com.amazonaws.services.lambda.runtime.Context;
import dev.carillon.json.Json;
import dev.carillon.task.Task;
import dev.carillon.task.TaskQueue;
import dev.carillon.tracking.TrackingEvent;

/** What a function is working on. */
public sealed interface Invocation {
  /** No function of ours looks at the context. */
  Context NO_CONTEXT = null;

  record OfCall(Call call) implements Invocation {}

  record OfTask(TaskQueue queue, Task task) implements Invocation {}

  record OfCallback(Json.Obj event) implements Invocation {}

  /** A click or an open, as the queue of them holds it. */
  record OfTracking(TrackingEvent event) implements Invocation {}
}
