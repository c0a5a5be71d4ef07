package dev.carillon.storage;

import dev.carillon.task.Task;

/** The queues, by who reads them. */
public enum TaskQueue {
  FANOUT("FANOUT_QUEUE_URL"),
  STEPS("STEPS_QUEUE_URL"),
  DELIVERY("DELIVERY_QUEUE_URL"),
  WAKE("WAKE_QUEUE_URL");

  private final String variable;

  TaskQueue(String variable) {
    this.variable = variable;
  }

  /** The environment variable that holds the queue's URL. */
  public String variable() {
    return variable;
  }

  public static TaskQueue of(Task task) {
    return switch (task) {
      case Task.Fanout _, Task.Cancel _, Task.Occur _ -> FANOUT;
      case Task.Advance _, Task.Signal _ -> STEPS;
      case Task.Deliver _ -> DELIVERY;
      case Task.Drain _, Task.Sweep _ -> WAKE;
    };
  }
}
