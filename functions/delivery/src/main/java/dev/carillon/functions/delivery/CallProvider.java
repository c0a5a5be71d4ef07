package dev.carillon.functions.delivery;

import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;

/** Makes calls to providers. */
public interface CallProvider {

  /** Makes the call once. Calling twice calls twice. Never throws for what the other side does. */
  Called call(ProviderCall call);

  sealed interface Called {
    record Answered(ProviderResponse response) implements Called {}

    /** Nothing was sent, and would not be the next time either. */
    record Refused(String reason) implements Called {}

    /** Nothing was sent: nobody could be reached. */
    record NotReached(String reason) implements Called {}

    /** It was sent, at least in part; whether the other side acted is not known. */
    record Unknown(String reason) implements Called {}
  }
}
