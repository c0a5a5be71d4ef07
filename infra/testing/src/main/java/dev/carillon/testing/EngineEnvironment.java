package dev.carillon.testing;

import dev.carillon.fetch.SendFetch;
import dev.carillon.functions.delivery.SendMessage;

/** Whom the functions talk to beside their ports. */
record EngineEnvironment(SendMessage email, SendMessage webhook, SendFetch outside) {}
