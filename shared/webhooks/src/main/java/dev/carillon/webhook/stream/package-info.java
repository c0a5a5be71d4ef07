/** The stream of all events that a deployment may have. */
package dev.carillon.webhook.stream;
