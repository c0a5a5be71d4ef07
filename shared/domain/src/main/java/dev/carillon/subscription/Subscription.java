package dev.carillon.subscription;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;

/**
 * Makes a recipient get what an object is notified of.
 *
 * @param object to what; never a user
 * @param recipient who; a user or another object
 * @param properties what templates see as {@code recipient.subscription}
 */
public record Subscription(RecipientId object, RecipientId recipient, Json.Obj properties) {}
