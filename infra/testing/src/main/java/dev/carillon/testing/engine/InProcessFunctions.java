package dev.carillon.testing.engine;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryTasks;
import dev.carillon.memory.InMemoryTasks.Received;
import dev.carillon.memory.MutableClock;
import dev.carillon.storage.task.TaskCodec;
import dev.carillon.task.Task;
import dev.carillon.task.TaskQueue;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.TrackingEventDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Invokes the functions, with calls through the gateway and with tasks in batches from their
 * queues. A task whose function failed is there again after the visibility timeout, received once
 * more; after five times it is put aside.
 */
public final class InProcessFunctions {
  /** Six times the functions' timeout, as the deployment has it. */
  public static final Duration VISIBILITY = Duration.ofMinutes(6);

  public static final int MAX_RECEIVES = 5;

  private final InProcessGateway gateway;
  private final Handlers handlers;
  private final InMemoryTasks tasks;
  private final MutableClock clock;
  private final int batch;
  private final AtomicLong queueMessages = new AtomicLong();
  private final List<Task> deadLetters = new ArrayList<>();
  private volatile Optional<Invocation> current = Optional.empty();
  private volatile boolean again;
  private volatile long invocation;
  private Predicate<Task> lost = _ -> false;

  public InProcessFunctions(Handlers handlers, InMemoryTasks tasks, MutableClock clock, int batch) {
    this.gateway = new InProcessGateway(handlers);
    this.handlers = handlers;
    this.tasks = tasks;
    this.clock = clock;
    this.batch = batch;
  }

  /** Whatever the function throws comes out: then the caller has no answer. */
  public CallAnswer call(Call call) {
    Optional<Invocation> outer = enter(new Invocation.OfCall(call));
    CallAnswer answer;
    boolean twice;
    try {
      answer = gateway.answer(call);
    } finally {
      twice = leave(outer);
    }
    if (twice) {
      gateway.answer(call);
    }
    return answer;
  }

  /** Delivers what may be received now until nothing more may be. */
  public void deliver() {
    boolean idle;
    do {
      idle = true;
      for (TaskQueue queue : TaskQueue.values()) {
        List<Received> received = tasks.receive(task -> task.queue() == queue, batch);
        if (!received.isEmpty()) {
          idle = false;
          deliver(queue, received);
        }
      }
    } while (!idle);
  }

  private void deliver(TaskQueue queue, List<Received> received) {
    Instant hiddenUntil = clock.instant().plus(VISIBILITY);
    var live = new LinkedHashMap<String, Received>();
    for (Received one : received) {
      if (lost.test(one.task())) {
        tasks.acknowledge(one);
      } else if (one.receives() > MAX_RECEIVES) {
        deadLetters.add(one.task());
        tasks.acknowledge(one);
      } else {
        live.put("queue-message-" + queueMessages.incrementAndGet(), one);
      }
    }
    if (live.isEmpty()) {
      return;
    }
    Optional<Invocation> outer =
        enter(new Invocation.OfTask(queue, live.values().iterator().next().task()));
    Set<String> failed = invoke(queue, live);
    boolean twice = leave(outer);
    live.forEach(
        (id, one) -> {
          if (failed.contains(id)) {
            tasks.giveBack(one, Duration.between(clock.instant(), hiddenUntil));
          } else {
            tasks.acknowledge(one);
          }
          if (twice) {
            tasks.send(one.task());
          }
        });
  }

  private Set<String> invoke(TaskQueue queue, Map<String, Received> received) {
    var records = new ArrayList<Json>();
    received.forEach((id, one) -> records.add(record(id, one)));
    return invoke(handlers.readers().get(queue), records).orElse(received.keySet());
  }

  /**
   * Which of them failed: those that the function names; empty for all, when it ended otherwise.
   */
  private static Optional<Set<String>> invoke(RequestStreamHandler function, List<Json> records) {
    var out = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          InvocationJson.stream(Json.object().with("Records", Json.array(records))),
          out,
          Invocation.NO_CONTEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (VirtualMachineError _) {
      return Optional.empty();
    }
    return Optional.of(
        InvocationJson.object(out.toByteArray()).list("batchItemFailures").stream()
            .map(failure -> ((Json.Obj) failure).text("itemIdentifier").orElseThrow())
            .collect(Collectors.toSet()));
  }

  /**
   * What a provider reports goes through the queue of callbacks, which delivers it again until it
   * is taken.
   *
   * @throws IllegalStateException when it never is
   */
  public void callback(Json.Obj event) {
    for (int i = 0; i < MAX_RECEIVES; i++) {
      Optional<Invocation> outer = enter(new Invocation.OfCallback(event));
      boolean taken = take(event);
      if (leave(outer)) {
        take(event);
      }
      if (taken) {
        return;
      }
    }
    throw new IllegalStateException("Nobody takes the event " + InvocationJson.of(event));
  }

  /**
   * A click or an open goes through its queue, which delivers it again until it is taken.
   *
   * @throws IllegalStateException when it never is
   */
  public void tracked(TrackingEvent event) {
    for (int i = 0; i < MAX_RECEIVES; i++) {
      Optional<Invocation> outer = enter(new Invocation.OfTracking(event));
      boolean taken = take(event);
      if (leave(outer)) {
        take(event);
      }
      if (taken) {
        return;
      }
    }
    throw new IllegalStateException("Nobody takes the event " + event.id());
  }

  /** Lets a function record the click or open and says whether it got it done. */
  public boolean work(TrackingEvent event) {
    return take(event);
  }

  /** Lets a function record what a provider reports and says whether it got it done. */
  public boolean work(Json.Obj report) {
    return take(report);
  }

  private boolean take(TrackingEvent event) {
    return taken(handlers.engage(), TrackingEventDocument.write(event));
  }

  private boolean take(Json.Obj event) {
    return taken(handlers.callbacks(), event);
  }

  private boolean taken(RequestStreamHandler function, Json.Obj event) {
    var record =
        Json.object()
            .with("messageId", "queue-message-" + queueMessages.incrementAndGet())
            .with("body", InvocationJson.of(event))
            .with("attributes", Json.object().with("ApproximateReceiveCount", "1"));
    return invoke(function, List.of(record)).filter(Set::isEmpty).isPresent();
  }

  private Json record(String id, Received received) {
    return Json.object()
        .with("messageId", id)
        .with("body", TaskCodec.body(received.task()))
        .with(
            "attributes",
            Json.object()
                .with("ApproximateReceiveCount", Integer.toString(received.receives()))
                .with("SentTimestamp", Long.toString(clock.instant().toEpochMilli()))
                .with("MessageGroupId", received.task().group()))
        .with("eventSource", "aws:sqs");
  }

  private Optional<Invocation> enter(Invocation invocation) {
    Optional<Invocation> outer = current;
    current = Optional.of(invocation);
    this.invocation++;
    again = false;
    return outer;
  }

  private boolean leave(Optional<Invocation> outer) {
    boolean twice = again;
    current = outer;
    again = false;
    return twice;
  }

  /** What is being worked on right now; asked from within a function's call of a port. */
  public Invocation current() {
    return current.orElseThrow(() -> new IllegalStateException("No function is at work"));
  }

  /** How many invocations have begun: a number for the one that began last. */
  public long invocation() {
    return invocation;
  }

  /** Delivers the task at work once more after it is acknowledged, or makes the call once more. */
  public void repeatAfterwards() {
    again = true;
  }

  /** Runs a copy of the invocation at work to its end, right now, in the midst of it. */
  public void overtake(Invocation invocation) {
    Optional<Invocation> outer = enter(invocation);
    invoke(invocation);
    leave(outer);
  }

  /**
   * Lets a function work on that alone, right now. A task that it does not get done is there again
   * after the visibility timeout.
   */
  public void invoke(Invocation invocation) {
    switch (invocation) {
      case Invocation.OfCall(var call) -> gateway.answer(call);
      case Invocation.OfCallback(var event) -> take(event);
      case Invocation.OfTracking(var event) -> take(event);
      case Invocation.OfTask(var queue, var task) -> {
        if (!invoke(queue, Map.of("copy", new Received(task, 0, 1))).isEmpty()) {
          tasks.send(task, VISIBILITY);
        }
      }
    }
  }

  /** Lets a function work on the task and says whether it got it done; the queue is not told. */
  public boolean work(Received received) {
    return invoke(received.task().queue(), Map.of("alone", received)).isEmpty();
  }

  /** Lets a function answer the call; what it throws comes out. */
  public CallAnswer answer(Call call) {
    return gateway.answer(call);
  }

  /** From now on such tasks are lost. */
  public void lose(Predicate<Task> which) {
    lost = which;
  }

  /** What failed too often. */
  public List<Task> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** Puts back what failed too often, once more from the first time. */
  public void redrive() {
    deadLetters.forEach(tasks::send);
    deadLetters.clear();
  }
}
