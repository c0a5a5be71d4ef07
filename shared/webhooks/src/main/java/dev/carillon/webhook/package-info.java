/**
 * Outbound webhooks: who hears of which event, what is sent and how it is signed, when it is tried
 * again, and when an endpoint is given up. Decisions only; calls are made and stored elsewhere.
 */
package dev.carillon.webhook;
