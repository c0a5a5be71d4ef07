package dev.carillon.testing.engine;

import dev.carillon.fetch.SendFetch;
import dev.carillon.functions.delivery.SendMessage;

/** Whom the functions talk to beside their ports. */
public record EngineEnvironment(SendMessage email, SendMessage webhook, SendFetch outside) {}
