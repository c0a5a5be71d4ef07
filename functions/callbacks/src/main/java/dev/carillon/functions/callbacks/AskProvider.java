package dev.carillon.functions.callbacks;

import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import java.util.Optional;

/** Asks a provider what must be known before its report is believed, or confirms what it asks. */
@FunctionalInterface
interface AskProvider {

  /** The answer; empty when there is none. Asking twice is safe. */
  Optional<ProviderResponse> ask(ProviderCall.Http call);
}
