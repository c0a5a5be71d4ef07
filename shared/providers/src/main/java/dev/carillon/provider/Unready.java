package dev.carillon.provider;

import java.util.Optional;

/** Why no request is made, and what a question that failed means for the message behind it. */
public final class Unready {
  private Unready() {}

  public static Preparation misconfigured(String reason) {
    return new Preparation.Refused(new DeliveryResult.Misconfigured(reason));
  }

  public static Preparation rejected(String reason) {
    return new Preparation.Refused(new DeliveryResult.Rejected(reason));
  }

  public static Preparation bounced(String reason) {
    return new Preparation.Refused(new DeliveryResult.Bounced(reason, false));
  }

  /** It bounces, and what it was to go to is none that could ever be reached. */
  public static Preparation dead(String reason) {
    return new Preparation.Refused(new DeliveryResult.Bounced(reason, true));
  }

  /**
   * The result of a message whose question came to this. A question sends nothing, so that an
   * unknown outcome of it is none of the message's; and a success without what was asked for is a
   * failure.
   */
  public static LookupResult failed(DeliveryResult result) {
    return new LookupResult.Failed(
        switch (result) {
          case DeliveryResult.Ambiguous(var reason) ->
              new DeliveryResult.Deferred(reason, Optional.empty());
          case DeliveryResult.Accepted _ ->
              new DeliveryResult.Deferred("the answer cannot be read", Optional.empty());
          case DeliveryResult.Deferred _,
              DeliveryResult.Bounced _,
              DeliveryResult.Misconfigured _,
              DeliveryResult.Rejected _ ->
              result;
        });
  }
}
