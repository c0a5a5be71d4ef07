package dev.carillon.testing;

import dev.carillon.fetch.SendFetch;
import dev.carillon.functions.delivery.Provider;

/** Whom the functions talk to beside their ports. */
record EngineEnvironment(Provider email, Provider webhook, SendFetch outside) {}
