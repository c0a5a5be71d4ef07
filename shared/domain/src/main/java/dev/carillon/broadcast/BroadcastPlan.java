package dev.carillon.broadcast;

import dev.carillon.workflow.VersionId;
import java.time.Instant;

/**
 * One sending that was asked for.
 *
 * @param number how many times this broadcast was asked to be sent by then, from 1; what was set
 *     for an earlier number counts for nothing
 * @param at when it is to be sent
 * @param version what is sent: the content as it was when somebody asked for it
 * @param audience the key of the audience that it goes to
 */
public record BroadcastPlan(int number, Instant at, VersionId version, String audience) {}
