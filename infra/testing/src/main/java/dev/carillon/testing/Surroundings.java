package dev.carillon.testing;

import dev.carillon.delivery.Provider;
import dev.carillon.fetch.Outside;

/** Whom the functions talk to beside their ports. */
record Surroundings(Provider email, Provider webhook, Outside outside) {}
