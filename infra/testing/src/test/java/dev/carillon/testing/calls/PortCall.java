package dev.carillon.testing.calls;

import dev.carillon.fetch.SendFetch;
import dev.carillon.functions.delivery.AskStatus;
import dev.carillon.functions.delivery.SendMessage;
import dev.carillon.functions.webhooks.SendWebhook;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.StatusPolling;
import dev.carillon.testing.engine.FakeOutside;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * A call that a function is about to make of a port or a provider.
 *
 * @param real what answers it
 */
public record PortCall(Class<?> port, Object real, Method method, Object[] arguments) {

  public String name() {
    return port.getSimpleName() + "." + method.getName();
  }

  /** Answers it as the port does, exceptions included. */
  public Object make() throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Makes the call or does not, and then dies. */
  public Object dying(boolean afterwards) throws Throwable {
    if (afterwards) {
      make();
    }
    throw new ProcessKilled();
  }

  /**
   * Makes the call, and the answer never comes. The network to providers and customers is not the
   * functions' own: what is lost there is something that they say, not an exception.
   */
  public Object unheard() throws Throwable {
    make();
    if (real instanceof SendMessage) {
      return new SendMessage.Sent(new DeliveryResult.Ambiguous("no_answer"));
    }
    if (real instanceof AskStatus) {
      return new StatusPolling.Poll.Later();
    }
    if (real instanceof SendFetch || real instanceof SendWebhook) {
      return new OutboundResult.TimedOut();
    }
    throw new IllegalStateException("The answer is lost");
  }

  /** Is turned away without effect. */
  public Object turnedAway() {
    if (real instanceof SendMessage) {
      return new SendMessage.Sent(new DeliveryResult.Deferred("throttled", Optional.empty()));
    }
    if (real instanceof AskStatus) {
      return new StatusPolling.Poll.Later();
    }
    if (real instanceof SendFetch || real instanceof SendWebhook) {
      return FakeOutside.json(503, "{}");
    }
    throw new IllegalStateException("Turned away");
  }
}
