package dev.carillon.webhook;

import java.time.Instant;

/**
 * One call that offered an event to an endpoint.
 *
 * @param url where it went, which may have changed since
 * @param at when the request was made; what was signed and sent follows from it and the event
 * @param tookMillis until the answer, or until it was no longer waited for
 */
public record WebhookTry(String url, Instant at, WebhookAnswer answer, long tookMillis) {}
