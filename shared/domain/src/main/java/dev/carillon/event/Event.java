package dev.carillon.event;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;

/**
 * Something that happened to a recipient and that a run of theirs may wait for.
 *
 * @param id names the happening: the same happening, told twice, has the same id
 * @param source what it is an event of, as {@link EventSources} spells it
 * @param data what conditions see below {@code event.}; flat, a few hundred bytes, no content
 */
public record Event(String id, RecipientId recipient, String source, Json.Obj data) {}
