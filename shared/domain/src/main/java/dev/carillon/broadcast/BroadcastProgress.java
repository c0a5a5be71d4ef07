package dev.carillon.broadcast;

import java.time.Instant;
import java.util.Optional;

/**
 * How far one part of a sending has got.
 *
 * @param part which of the audience's parts, from 0, less than {@link
 *     dev.carillon.audience.Audiences#PARTS}
 * @param pages how many pages of it have been handed to the queue
 * @param cursor where the next page begins; empty when there is none
 * @param members how many were reached in them
 * @param at when the last of them was
 */
public record BroadcastProgress(
    int part, int pages, Optional<String> cursor, long members, Instant at) {

  /** Whether everybody in the part has been reached. */
  public boolean over() {
    return cursor.isEmpty();
  }
}
