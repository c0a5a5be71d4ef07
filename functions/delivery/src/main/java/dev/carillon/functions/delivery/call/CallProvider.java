package dev.carillon.functions.delivery.call;

import dev.carillon.message.MessageId;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import java.util.Optional;

/** Makes calls to providers. */
public interface CallProvider {

  /**
   * Makes the call once. Calling twice calls twice. Never throws for what the other side does.
   *
   * @param purpose for an egress gateway alone
   */
  Called call(ProviderCall call, Purpose purpose);

  /**
   * What a call is for.
   *
   * @param provider its key
   * @param message what the call sends; empty for a question, which sends nothing
   */
  record Purpose(String provider, Optional<MessageId> message) {}

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
