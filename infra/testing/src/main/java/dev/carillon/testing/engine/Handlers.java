package dev.carillon.testing.engine;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.functions.api.ApiHandler;
import dev.carillon.functions.broadcast.BroadcastHandler;
import dev.carillon.functions.callbacks.CallbacksHandler;
import dev.carillon.functions.delivery.DeliveryHandler;
import dev.carillon.functions.engage.EngageHandler;
import dev.carillon.functions.fanout.FanoutHandler;
import dev.carillon.functions.feeds.FeedsHandler;
import dev.carillon.functions.intake.IntakeHandler;
import dev.carillon.functions.management.ManagementHandler;
import dev.carillon.functions.sockets.SocketsHandler;
import dev.carillon.functions.steps.StepsHandler;
import dev.carillon.functions.tracking.TrackingHandler;
import dev.carillon.functions.wake.WakeHandler;
import dev.carillon.functions.webhooks.WebhooksHandler;
import dev.carillon.runtime.Ports;
import dev.carillon.task.TaskQueue;
import java.util.Map;

/**
 * The functions' handlers, as warm as their last invocation left them.
 *
 * @param readers by the queue of tasks that each reads
 */
public record Handlers(
    RequestStreamHandler intake,
    RequestStreamHandler feeds,
    RequestStreamHandler management,
    RequestStreamHandler api,
    Map<TaskQueue, RequestStreamHandler> readers,
    RequestStreamHandler callbacks,
    RequestStreamHandler tracking,
    RequestStreamHandler engage,
    RequestStreamHandler sockets) {

  /** Says what the handlers are to be built on: the engine's own ports, or what stands between. */
  @FunctionalInterface
  public interface Building {
    Handlers on(Ports ports, EngineEnvironment surroundings);
  }

  public static Handlers on(Ports ports, EngineEnvironment surroundings) {
    return new Handlers(
        new IntakeHandler(ports),
        new FeedsHandler(ports),
        new ManagementHandler(ports),
        new ApiHandler(ports),
        Map.of(
            TaskQueue.FANOUT,
            new FanoutHandler(ports),
            TaskQueue.STEPS,
            new StepsHandler(ports, surroundings.outside()),
            TaskQueue.DELIVERY,
            new DeliveryHandler(
                ports,
                new FakeProviders(surroundings.email(), surroundings.webhook()),
                surroundings.statuses()),
            TaskQueue.WAKE,
            new WakeHandler(ports),
            TaskQueue.BROADCAST,
            new BroadcastHandler(ports),
            TaskQueue.WEBHOOKS,
            new WebhooksHandler(ports, surroundings.endpoints())),
        new CallbacksHandler(ports, ""),
        new TrackingHandler(ports),
        new EngageHandler(ports),
        new SocketsHandler(ports));
  }
}
