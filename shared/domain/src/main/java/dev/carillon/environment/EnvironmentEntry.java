package dev.carillon.environment;

import java.time.Instant;

/**
 * One environment of the deployment.
 *
 * @param id what keys of data begin with; never changes
 * @param slug what people call it; that of no other, and the id of no other
 * @param order from 0; content is promoted from each to the next greater one
 */
public record EnvironmentEntry(
    EnvironmentId id, String slug, String name, int order, Instant createdAt, Instant updatedAt) {}
