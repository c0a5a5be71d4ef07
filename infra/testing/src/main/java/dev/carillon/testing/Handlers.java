package dev.carillon.testing;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.api.ApiHandler;
import dev.carillon.callbacks.CallbacksHandler;
import dev.carillon.channel.ChannelType;
import dev.carillon.delivery.DeliveryHandler;
import dev.carillon.fanout.FanoutHandler;
import dev.carillon.feeds.FeedsHandler;
import dev.carillon.intake.IntakeHandler;
import dev.carillon.runtime.Ports;
import dev.carillon.steps.StepsHandler;
import dev.carillon.wake.WakeHandler;
import java.util.Map;

/**
 * The functions' handlers, as warm as their last invocation left them.
 *
 * @param readers by the queue of tasks that each reads
 */
record Handlers(
    RequestStreamHandler intake,
    RequestStreamHandler feeds,
    RequestStreamHandler api,
    Map<Queue, RequestStreamHandler> readers,
    RequestStreamHandler callbacks) {

  /** Says what the handlers are to be built on: the engine's own ports, or what stands between. */
  @FunctionalInterface
  interface Building {
    Handlers on(Ports ports, Surroundings surroundings);
  }

  static Handlers on(Ports ports, Surroundings surroundings) {
    return new Handlers(
        new IntakeHandler(ports),
        new FeedsHandler(ports),
        new ApiHandler(ports),
        Map.of(
            Queue.FANOUT,
            new FanoutHandler(ports),
            Queue.STEPS,
            new StepsHandler(ports, surroundings.outside()),
            Queue.DELIVERY,
            new DeliveryHandler(
                ports,
                Map.of(
                    ChannelType.EMAIL, surroundings.email(),
                    ChannelType.HTTP, surroundings.webhook())),
            Queue.WAKE,
            new WakeHandler(ports)),
        new CallbacksHandler(ports));
  }
}
