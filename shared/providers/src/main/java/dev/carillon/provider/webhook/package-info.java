/** Webhooks to a customer's own endpoint. */
package dev.carillon.provider.webhook;
