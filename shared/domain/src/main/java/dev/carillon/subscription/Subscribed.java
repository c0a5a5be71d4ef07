package dev.carillon.subscription;

import java.time.Instant;

/**
 * A subscription as it is kept.
 *
 * @param insertedAt when the recipient subscribed; stays when it does so again
 * @param updatedAt when it last did
 */
public record Subscribed(Subscription subscription, Instant insertedAt, Instant updatedAt) {}
