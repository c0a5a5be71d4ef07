package dev.carillon.edge.access;

import dev.carillon.access.ApiKey;
import dev.carillon.environment.EnvironmentId;

/**
 * Who calls, as far as it was proven.
 *
 * @param environment that of the key, and the only one that the call may touch
 * @param key the kind of the API key
 */
public record Caller(EnvironmentId environment, ApiKey.Kind key) {}
