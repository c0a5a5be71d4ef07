package dev.carillon.task;

/** The queues that carry tasks, each named after the function that reads it. */
public enum TaskQueue {
  FANOUT,
  STEPS,
  DELIVERY,
  WAKE,
  BROADCAST,
  WEBHOOKS
}
