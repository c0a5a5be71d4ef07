package dev.carillon.functions.delivery.workspaces;

import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import java.util.Optional;

/** Asks providers what sends nothing. */
@FunctionalInterface
public interface Exchange {
  /** Nobody is ever reached. */
  Exchange NONE = (_, _) -> Optional.empty();

  /**
   * Makes the call once; calling twice calls twice.
   *
   * @param provider its key
   * @return empty when no answer came
   */
  Optional<ProviderResponse> answer(ProviderCall.Http call, String provider);
}
