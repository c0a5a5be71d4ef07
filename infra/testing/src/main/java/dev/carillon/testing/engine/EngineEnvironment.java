package dev.carillon.testing.engine;

import dev.carillon.fetch.SendFetch;
import dev.carillon.functions.delivery.Provider;

/** Whom the functions talk to beside their ports. */
public record EngineEnvironment(Provider email, Provider webhook, SendFetch outside) {}
