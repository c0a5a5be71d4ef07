package dev.carillon.testing;

import dev.carillon.task.Task;

/** The queues of the deployment that carry tasks. */
enum Queue {
  FANOUT,
  STEPS,
  DELIVERY,
  WAKE;

  boolean holds(Task task) {
    return this == of(task);
  }

  static Queue of(Task task) {
    return switch (task) {
      case Task.Fanout _, Task.Cancel _, Task.Occur _ -> FANOUT;
      case Task.Advance _, Task.Signal _ -> STEPS;
      case Task.Deliver _ -> DELIVERY;
      case Task.Drain _, Task.Sweep _ -> WAKE;
    };
  }
}
