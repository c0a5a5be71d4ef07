package dev.carillon.testing;

import dev.carillon.fetch.Outside;
import dev.carillon.functions.delivery.Provider;

/** Whom the functions talk to beside their ports. */
record Surroundings(Provider email, Provider webhook, Outside outside) {}
