package dev.carillon.provider;

import dev.carillon.message.DeliveryStatus;
import java.util.Optional;

/** Asks a provider what became of a message it took. Pure, as {@link Provider} is. */
public interface StatusPolling {

  ProviderCall.Http ask(String externalId, ProviderSettings settings);

  /** What the answer says. */
  Poll read(ProviderResponse response);

  sealed interface Poll {
    /** Its last status; nothing more is asked. */
    record Known(DeliveryStatus status, Optional<String> reason) implements Poll {}

    /** Not decided yet, or not to be had now. */
    record Later() implements Poll {}

    /** The provider will not say: no such message, or not with this account. */
    record Never(String reason) implements Poll {}
  }
}
